"""Answers as text, to be read and not changed: journal, case file, letters. A CPR number stays hidden here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casework.forms.component import CHOOSES_MANY, CHOOSES_ONE, Component, ComponentType, Form, Option
from casework.forms.context import Context
from casework.forms.cpr import masked
from casework.forms.paths import get, has, is_blank
from casework.forms.survey import ROW, Place, survey
from casework.forms.written import amount_said, date_said, instant_said, time_kept, time_said
from casework.i18n import DEFAULT_LANGUAGE, message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

YES, NO = message("Yes"), message("No")


@dataclass(frozen=True)
class Line:
    """One question and its answer. `text` is empty when it was not answered; `words`: the child's own."""

    path: str
    label: str
    text: str
    words: bool = False


@dataclass(frozen=True)
class Part:
    """A heading (empty at the top) and the answers under it; `level` 1 is a group of the form, rows lie deeper."""

    heading: str
    level: int
    lines: tuple[Line, ...]


def text_view(
    form: Form,
    answers: Mapping[str, Any],
    language: str = DEFAULT_LANGUAGE,
    *,
    choices: Mapping[str, Sequence[Option]] | None = None,
) -> tuple[Part, ...]:
    """Give the answers of a submission (of `settle`) with their labels, in the order of the form.

    What was not asked (hidden then) is left out; `choices` name the colleagues and other options that stand elsewhere.
    """
    context = Context(choices=choices or {})
    parts: list[tuple[str, int, list[Line]]] = [("", 0, [])]
    for place in survey(form, answers, context).places:
        heading = _heading(place, answers, language)
        if heading is not None:
            parts.append((heading, _level(place), []))
        elif place.holds_answer and has(answers, place.path) and not _is_apart(place):
            text = answer_text(place.component, get(answers, place.path), language, context)
            words = place.component.properties.get("words") == "true"
            parts[-1][2].append(Line(place.path, place.component.label.text(language), text, words))
    return tuple(Part(heading, level, tuple(lines)) for heading, level, lines in parts if lines)


def _is_apart(place: Place) -> bool:
    """What nobody reads, and what was only shown beside the questions and is not among the answers."""
    return place.component.is_silent or (place.component.is_readonly and is_blank(place.answer))


def _heading(place: Place, answers: Mapping[str, Any], language: str) -> str | None:
    """The heading that begins at this place; None when none does."""
    if place.component is ROW and place.parent:
        return None if is_blank(get(answers, place.path)) else row_name(place.parent.component, place.path, language)
    if place.component.type is ComponentType.GROUP:
        return place.component.label.text(language)
    return None


def row_name(component: Component, path: str, language: str) -> str:
    """What a row is called: `Forælder 2`."""
    name = component.words("item") or component.label
    return f"{name.text(language)} {int(path.rpartition('.')[2]) + 1}"


def _level(place: Place) -> int:
    return 1 + (_level(place.parent) if place.parent else 0)


def answer_text(component: Component, answer: Any, language: str, context: Context) -> str:
    """One answer in words; empty when there is none. What is no proper answer is shown as it is."""
    if is_blank(answer):
        return ""
    if component.is_masked:
        return masked(str(answer))
    if isinstance(answer, bool):
        return (YES if answer else NO).text(language)
    if component.type in CHOOSES_ONE | CHOOSES_MANY | {ComponentType.FILEPICKER} or component.widget == "employee":
        return _option_texts(component, answer, language, context)
    if isinstance(answer, (int, float)):
        return amount_said(answer, language)
    if component.is_list and isinstance(answer, list):
        return "; ".join(_row_text(component, row, language, context) for row in answer if isinstance(row, dict))
    if isinstance(answer, list):
        return ", ".join(str(item) for item in answer)
    text = str(answer)
    if component.type is ComponentType.EXPRESSION:  # a day that was worked out
        return moment_text("date", text, language)
    return moment_text(component.subtype, text, language) if component.type is ComponentType.DATETIME else text


def _row_text(component: Component, row: Mapping[str, Any], language: str, context: Context) -> str:
    said = (
        (inner.label.text(language), answer_text(inner, get(row, inner.key), language, context))
        for inner in component.components
        if inner.key
    )
    return ", ".join(f"{label}: {text}" for label, text in said if text)


def _option_texts(component: Component, answer: Any, language: str, context: Context) -> str:
    labels = {option.value: option.label.text(language) for option in context.options(component) or ()}
    values = answer if isinstance(answer, list) else [answer]
    return ", ".join(labels.get(str(value), str(value)) for value in values)


def moment_text(subtype: str, answer: str, language: str) -> str:
    """A kept date, time or instant as people write it; unchanged when it is none."""
    try:
        match subtype:
            case "date":
                return date_said(date.fromisoformat(answer), language)
            case "time":
                return time_said(time_kept(answer), language)
        return instant_said(datetime.fromisoformat(answer), language)
    except ValueError:
        return answer
