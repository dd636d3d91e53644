"""Files in the forms of a try-out: only their names are sent and kept; files of these names are invented where it is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.web.attachments import PREFIX
from casework.forms import Option
from casework.forms.component import FILES, ComponentType
from casework.forms.paths import get, put
from casework.forms.words import words
from casework.scenarios.attaching import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.datastructures import MultiDict

    from casework.forms import Form
    from casework.queries.task_page import TaskPage


def with_files(answers: dict[str, Any], posted: MultiDict[str, str]) -> dict[str, Any]:
    """The answers with the files that were chosen: a form that is not sent as `multipart` sends their names."""
    for name in posted:
        path = name.removeprefix(PREFIX)
        chosen = [file_name(one) for one in posted.getlist(name) if one.strip()]
        if path != name and chosen:
            put(answers, path, list(dict.fromkeys([*(get(answers, path) or []), *chosen])))
    return answers


def choices_with_files(page: TaskPage, answers: dict[str, Any]) -> dict[str, tuple[Option, ...]]:
    """What can be chosen in the form, files by their names too."""
    if page.form is None:
        return page.choices
    known = page.choices.get(FILES, ())
    named = dict.fromkeys(_named(answers, _questions(page.form))) if _questions(page.form) else ()
    new = [Option(name, words(name, name)) for name in named if name not in {one.value for one in known}]
    return {**page.choices, FILES: (*known, *new)}


def _questions(form: Form) -> set[str]:
    return {path.rpartition(".")[2] for path, one in form.fields if one.type is ComponentType.FILEPICKER}


def _named(answers: Any, questions: set[str]) -> Iterator[str]:
    match answers:
        case dict():
            for key, value in answers.items():
                if key in questions and isinstance(value, list):
                    yield from (one for one in value if isinstance(one, str))
                else:
                    yield from _named(value, questions)
        case list():
            for one in answers:
                yield from _named(one, questions)
