"""The answer of a field as a page shows it: as typed text, as chosen options, as the parts of a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casework.config import TIME_ZONE
from casework.forms.answer import as_answer
from casework.forms.clean import DATE_PARTS, NO, TIME_PART, YES
from casework.forms.component import Component, ComponentType
from casework.forms.rules import scale_ends
from casework.forms.text_view import NO as SAID_NO
from casework.forms.text_view import YES as SAID_YES
from casework.forms.text_view import answer_text, moment_text
from casework.forms.view_model import ChoiceView, FieldView, PartView
from casework.forms.written import number_read, number_said, time_said
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.forms.drawing import Drawing
    from casework.forms.survey import Place

LINES = 3
_NOT_ANSWERED = message("Not answered")
_PART_WORDS = {"day": message("Day"), "month": message("Month"), "year": message("Year"), "time": message("Time")}
_PART_LENGTHS = {"day": 2, "month": 2, "year": 4, "time": 5}


def filled(drawn: FieldView, place: Place, drawing: Drawing) -> FieldView:
    """The field with the answer at `place` in it."""
    component, answer = place.component, place.answer
    match drawn.kind:
        case "output":
            value = as_answer(place.value) if component.type is ComponentType.EXPRESSION else answer
            return replace(drawn, value=answer_text(component, value, drawing.language, drawing.context))
        case "scale" | "yesno" | "radios" | "select" | "checks" | "files":
            return _with_choices(drawn, component, answer, drawing)
        case "date" | "datetime":
            parts = tuple(_parts(drawn, _plain(answer), drawing))
            return replace(drawn, parts=parts, target=parts[0].id)
        case "longtext":
            return replace(drawn, value=_plain(answer), lines=LINES)
    return _with_text(drawn, component, answer, drawing)


def _with_text(drawn: FieldView, component: Component, answer: Any, drawing: Drawing) -> FieldView:
    if component.type is ComponentType.NUMBER:
        value = _typed_back(answer, drawing.language) if _is_number(answer) else _plain(answer)
        mode = "numeric" if component.rules.decimals == 0 else "decimal"
        return replace(drawn, value=value, size="short", input_mode=mode)
    if component.type is ComponentType.DATETIME:
        return replace(drawn, value=moment_text("time", _plain(answer), drawing.language), size="short")
    return replace(drawn, value=_plain(answer))


def _plain(answer: Any) -> str:
    return answer if isinstance(answer, str) else ""


def _is_number(answer: Any) -> bool:
    return isinstance(answer, (int, float)) and not isinstance(answer, bool)


def _typed_back(answer: float, language: str) -> str:
    """The number so that posting it gives it back: `1.125` would be read as a thousand and more, `1.1250` is not."""
    said = number_said(answer, language)
    return said if number_read(said) == answer else f"{said}0"


def _with_choices(drawn: FieldView, component: Component, answer: Any, drawing: Drawing) -> FieldView:
    offered = list(_offered(drawn, component, answer, drawing))
    chosen = {str(value) for value in answer} if isinstance(answer, list) else {_posted(answer)}
    choices = tuple(
        ChoiceView(f"{drawn.id}--{count}", value, label, value in chosen)
        for count, (value, label) in enumerate(offered)
    )
    is_one_input = drawn.kind in {"select", "files"}
    may_clear = drawn.kind in {"scale", "yesno", "radios"} and not drawn.is_required
    return replace(
        drawn,
        choices=choices,
        clear=ChoiceView(f"{drawn.id}--none", "", drawing.text(_NOT_ANSWERED), is_chosen=False) if may_clear else None,
        target=drawn.id if is_one_input or not choices else choices[0].id,
        ends=(drawing.text(component.words("low")), drawing.text(component.words("high"))),
    )


def _offered(drawn: FieldView, component: Component, answer: Any, drawing: Drawing) -> Iterator[tuple[str, str]]:
    """(value, label) of each option; for files those that are attached already."""
    if drawn.kind == "scale":
        low, high = scale_ends(component)
        yield from ((str(number), str(number)) for number in range(low, high + 1))
    elif drawn.kind == "yesno":
        yield from ((YES, drawing.text(SAID_YES)), (NO, drawing.text(SAID_NO)))
    else:
        options = drawing.context.options(component) or ()
        names = {option.value: drawing.text(option.label) for option in options}
        attached = answer if isinstance(answer, list) else []
        shown = attached if drawn.kind == "files" else names
        yield from ((str(value), names.get(str(value), str(value))) for value in shown)


def _posted(answer: Any) -> str:
    """How the answer is posted when it is chosen."""
    if isinstance(answer, bool):
        return YES if answer else NO
    return "" if answer is None else str(answer)


def _parts(drawn: FieldView, answer: str, drawing: Drawing) -> Iterator[PartView]:
    texts = _part_texts(drawn.kind, answer, drawing.language)
    for part in (*DATE_PARTS, TIME_PART) if drawn.kind == "datetime" else DATE_PARTS:
        label = drawing.text(_PART_WORDS[part])
        name = f"{drawn.name}:{part}"
        yield PartView(part, f"{drawn.id}--{part}", name, label, texts[part], _PART_LENGTHS[part])


def _part_texts(kind: str, answer: str, language: str) -> dict[str, str]:
    """The parts of a kept date or instant; of what could not be read, the parts as they were typed."""
    try:
        if kind == "date":
            day, moment = date.fromisoformat(answer), ""
        else:
            local = datetime.fromisoformat(answer).astimezone(TIME_ZONE)
            day, moment = local.date(), time_said(local, language)
    except (ValueError, OverflowError):
        written, _, moment = answer.partition("kl.")
        texts = [*(text.strip() for text in written.split(".", 2)), "", "", ""]
        return {"day": texts[0], "month": texts[1], "year": texts[2], "time": moment.strip()}
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year), "time": moment}
