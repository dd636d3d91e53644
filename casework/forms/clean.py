"""Answers from what a browser posts or another system sends. Never refuses: what cannot be read stays as it was written,
so that the person sees it again, and `validate` says what is wrong with it.

A field that was posted empty becomes None; one that was not posted at all is left out. Radios and lists are accompanied by
an empty hidden input of the same name, so that "nothing chosen" can be told from "not asked".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from casework.errors import InvalidError
from casework.forms.answer import as_answer, tidy
from casework.forms.component import ASKED, CHOOSES_MANY, Component, ComponentType, Form
from casework.forms.cpr import cpr_read
from casework.forms.paths import joined
from casework.forms.shape import shaped
from casework.forms.written import date_read, instant_read, number_read, time_read
from casework.i18n import message

YES, NO = "ja", "nej"
#: The inputs of a date, appended to its name: `modtagetTid:day`.
DATE_PARTS = ("day", "month", "year")
TIME_PART = "time"


def clean(form: Form, posted: Mapping[str, Any], *, is_draft: bool = False) -> dict[str, Any]:
    """Read posted fields: names are paths, values lists of texts (or one text, or anything with `getlist`).

    With `is_draft` a field whose clash with another person is still open on the page (`base:<path>` is posted with it) is
    left out, so that saving by itself never decides between two people.
    """
    fields = _lists(posted)
    if is_draft:
        undecided = {name.removeprefix("base:") for name in fields if name.startswith("base:")}
        fields = {name: texts for name, texts in fields.items() if not _is_in(name.partition(":")[0], undecided)}
    return _clean(form.components, fields, _rows_by_list(fields), "")


def _is_in(path: str, paths: Iterable[str]) -> bool:
    return any(path == outer or path.startswith(f"{outer}.") for outer in paths)


def _lists(posted: Mapping[str, Any]) -> dict[str, list[str]]:
    getlist = getattr(posted, "getlist", None)
    raw = {str(name): getlist(name) if getlist else posted[name] for name in posted}
    return {
        name: [text for text in (value if isinstance(value, list | tuple) else [value]) if isinstance(text, str)]
        for name, value in raw.items()
    }


def _rows_by_list(fields: Iterable[str]) -> dict[str, list[int]]:
    """The numbers of the rows that were posted, by list path, in order."""
    rows: dict[str, set[int]] = {}
    for name in fields:
        for found in re.finditer(r"\.(\d{1,6})(?=\.|$)", name, re.ASCII):
            rows.setdefault(name[: found.start()], set()).add(int(found[1]))
    return {path: sorted(numbers) for path, numbers in rows.items()}


def _clean(
    components: Iterable[Component], fields: Mapping[str, list[str]], rows: Mapping[str, list[int]], prefix: str
) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for component in components:
        path = joined(prefix, component.key)
        if component.is_list:
            if path in rows or path in fields:
                answers[component.key] = [
                    _clean(component.components, fields, rows, f"{path}.{index}") for index in rows.get(path, [])
                ]
        elif component.components:
            inner = _clean(component.components, fields, rows, path)
            if inner:
                answers.update({component.key: inner} if component.key else inner)
        elif component.type in ASKED and not component.is_readonly:
            _clean_field(component, fields, path, answers)
    return answers


def _clean_field(component: Component, fields: Mapping[str, list[str]], path: str, answers: dict[str, Any]) -> None:
    texts = _posted(component, fields, path)
    if texts is None:
        return
    written = [text for text in (tidy(text) for text in texts) if text]
    if component.type in CHOOSES_MANY or component.type is ComponentType.FILEPICKER:
        answers[component.key] = _in_order(component, written)
    else:
        answers[component.key] = _typed(component, written[-1]) if written else None


def _posted(component: Component, fields: Mapping[str, list[str]], path: str) -> list[str] | None:
    if path in fields or component.type is not ComponentType.DATETIME:
        return fields.get(path)
    parts = [fields[name][-1].strip() if fields.get(name) else "" for name in (f"{path}:{p}" for p in DATE_PARTS)]
    moment = next(iter(fields.get(f"{path}:{TIME_PART}", [])), "").strip()
    if not any(f"{path}:{part}" in fields for part in (*DATE_PARTS, TIME_PART)):
        return None
    day = ".".join(parts) if any(parts) else ""
    return [f"{day} kl. {moment}" if moment else day]


def _in_order(component: Component, chosen: list[str]) -> list[str]:
    """Without doubles, in the order of the options; what is no option comes last."""
    order = {option.value: place for place, option in enumerate(component.options)}
    return sorted(dict.fromkeys(chosen), key=lambda value: order.get(value, len(order)))


def _typed(component: Component, text: str) -> Any:
    match component.type:
        case ComponentType.NUMBER:
            number = number_read(text)
            return text if number is None else number
        case ComponentType.CHECKBOX:
            return {YES: True, NO: False}.get(text, text)
        case ComponentType.DATETIME:
            read = {"date": date_read, "time": time_read, "datetime": instant_read}[component.subtype]
            return read(text) or text
    return (cpr_read(text)[0] or text) if component.is_masked else text


def clean_json(form: Form, answers: object) -> dict[str, Any]:
    """Read the answers another system sent as JSON. Refuses what is no object; keeps unknown fields for `validate` to name.

    Dates and times are ISO 8601 there; instants need an offset.
    """
    if not isinstance(answers, Mapping):
        raise InvalidError(message("The answers must be an object with one entry for each field."))
    return _clean_json(form.components, answers)


def _clean_json(components: Iterable[Component], answers: Mapping[str, Any]) -> dict[str, Any]:
    cleaned = dict(answers)
    for key, component in _by_key(components):
        answer = cleaned.pop(key, None) if component.is_readonly else cleaned.get(key)
        if component.is_list and isinstance(answer, list):
            cleaned[key] = [
                _clean_json(component.components, row) if isinstance(row, Mapping) else row for row in answer
            ]
        elif component.components and isinstance(answer, Mapping):
            cleaned[key] = _clean_json(component.components, answer)
        elif key in cleaned and component.type in ASKED:
            cleaned[key] = _canonical(component, answer)
    return cleaned


def _by_key(components: Iterable[Component]) -> Iterable[tuple[str, Component]]:
    for component in components:
        if component.key:
            yield component.key, component
        else:
            yield from _by_key(component.components)


def _canonical(component: Component, answer: Any) -> Any:
    if isinstance(answer, str):
        answer = tidy(answer) or None
    elif isinstance(answer, list):
        answer = [tidy(value) if isinstance(value, str) else value for value in answer]
    if answer is None or component.type in CHOOSES_MANY:
        return answer
    value, wrong = shaped(component, answer, None)
    return answer if wrong else as_answer(value)
