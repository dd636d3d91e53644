"""Rows added and removed with plain submit buttons: `add:foraeldre`, `remove:foraeldre.1`. Works without JavaScript."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from casework.forms.paths import get, put
from casework.forms.survey import MAX_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casework.forms.component import Form

_BUTTON = re.compile(r"(?P<what>add|remove):(?P<path>\w+(?:\.\w+)*)", re.ASCII)


def change_rows(form: Form, answers: Mapping[str, Any], posted: Iterable[str]) -> dict[str, Any] | None:
    """Give the answers after the row button among the names in `posted` was pressed; None when none was."""
    found = next((found for name in posted if (found := _BUTTON.fullmatch(str(name)))), None)
    if found is None:
        return None
    changed = deepcopy(dict(answers))
    if found["what"] == "add":
        _add(form, changed, found["path"])
    else:
        _remove(form, changed, *_row(found["path"]))
    return changed


def _add(form: Form, answers: dict[str, Any], path: str) -> None:
    rows = get(answers, path) or []
    outer = re.match(r"(.*)\.(\d+)\.\w+$", path)
    has_place = outer is None or isinstance(get(answers, f"{outer[1]}.{outer[2]}"), dict)
    if _is_list(form, path) and isinstance(rows, list) and len(rows) < MAX_ROWS and has_place:
        put(answers, path, [*rows, {}])


def _remove(form: Form, answers: dict[str, Any], path: str, index: int) -> None:
    rows = get(answers, path)
    if _is_list(form, path) and isinstance(rows, list) and 0 <= index < len(rows):
        put(answers, path, rows[:index] + rows[index + 1 :])


def _row(path: str) -> tuple[str, int]:
    rows, _, number = path.rpartition(".")
    return rows, int(number) if number.isdecimal() else -1


def _is_list(form: Form, path: str) -> bool:
    pattern = re.sub(r"\.\d+(?=\.|$)", ".*", path)
    return any(known == pattern and component.is_list for known, component in form.fields)
