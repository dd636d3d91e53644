"""Files that come with a form: `upload:<path>` of a multipart form, each taken or refused by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.signed_in import actor
from casework.errors import InvalidError
from casework.forms.paths import get, put
from casework.operations.attach_file import LARGEST, attach_file

if TYPE_CHECKING:
    from uuid import UUID

    from werkzeug.datastructures import FileStorage, MultiDict

    from casework.i18n import Message

PREFIX = "upload:"


def attach_all(task_id: UUID, answers: dict[str, Any], files: MultiDict[str, FileStorage]) -> dict[str, list[Message]]:
    """Take what is attached and name it in `answers`; gives what was refused, by field. The rest is kept all the same."""
    wrong: dict[str, list[Message]] = {}
    for name, file in files.items(multi=True):
        path = name.removeprefix(PREFIX)
        if path == name or not file.filename:
            continue
        try:
            content = file.stream.read(LARGEST + 1)
            taken = attach_file(actor(), task_id=task_id, path=path, name=file.filename, content=content)
        except InvalidError as error:
            wrong.setdefault(path, []).extend(error.fields.get(path, [error.message]))
            continue
        before = get(answers, path) or []
        if str(taken.id) not in before:
            put(answers, path, [*before, str(taken.id)])
    return wrong
