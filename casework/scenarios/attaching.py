"""Files that a scenario attaches to a question: told by their names, `bilag: [udtalelse.pdf]`, and invented by what plays it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from casework.forms.component import ComponentType
from casework.model import SYSTEM
from casework.operations.attach_file import attach_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.forms import Form

#: As long as the name of a real one may be.
_LONGEST = 120


def file_name(text: str) -> str:
    """The name as an answer may say it: without a path, in one word."""
    last = re.split(r"[/\\]", text.strip())[-1]
    return re.sub(r"[^\w.:-]+", "_", last)[-_LONGEST:] or "_"


def attached(task_id: UUID, form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with references to files of these names, which are attached to the task now. Nobody's file is read."""
    asked = {name: path for path, one in form.fields if one.type is ComponentType.FILEPICKER for name in _names(path)}
    return {
        name: _attached(task_id, asked.get(name, name), value, set(asked.values())) for name, value in answers.items()
    }


def _names(path: str) -> set[str]:
    """A step may say only the last part."""
    return {path, path.rpartition(".")[2]}


def _attached(task_id: UUID, path: str, value: Any, asked: set[str]) -> Any:
    if re.sub(r"\.\d+(?=\.|$)", ".*", path) in asked:
        names = value if isinstance(value, list) else [value]
        return [_reference(task_id, path, str(name)) for name in names if name]
    match value:
        case dict():
            return {name: _attached(task_id, f"{path}.{name}", inner, asked) for name, inner in value.items()}
        case list():
            return [_attached(task_id, f"{path}.{place}", inner, asked) for place, inner in enumerate(value)]
    return value


def _reference(task_id: UUID, path: str, name: str) -> str:
    with suppress(ValueError):
        return str(UUID(name))  # attached already
    content = f"Prøve: {name}\n".encode()
    return str(attach_file(SYSTEM, task_id=task_id, path=path, name=name, content=content).id)
