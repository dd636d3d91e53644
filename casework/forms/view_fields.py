"""One field as a page draws it: its kind, its ids, and what is said about it. The answer in it is for `view_values`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casework.forms.component import Component, ComponentType
from casework.forms.conditions import required
from casework.forms.view_clash import draw_clash
from casework.forms.view_model import FieldKind, FieldView
from casework.forms.view_values import filled
from casework.i18n import message

if TYPE_CHECKING:
    from casework.forms.drawing import Drawing
    from casework.forms.survey import Place

_KINDS: dict[ComponentType, FieldKind] = {
    ComponentType.TEXTFIELD: "text",
    ComponentType.TEXTAREA: "longtext",
    ComponentType.NUMBER: "text",
    ComponentType.CHECKBOX: "yesno",
    ComponentType.RADIO: "radios",
    ComponentType.SELECT: "select",
    ComponentType.CHECKLIST: "checks",
    ComponentType.TAGLIST: "checks",
    ComponentType.FILEPICKER: "files",
    ComponentType.EXPRESSION: "output",
}
_MOMENTS: dict[str, FieldKind] = {"date": "date", "datetime": "datetime", "time": "text"}


def draw_field(place: Place, drawing: Drawing) -> FieldView:
    """Draw the field at `place`."""
    component, path = place.component, place.path
    drawn = FieldView(
        kind=_kind(component, drawing),
        path=path,
        id=drawing.id(path),
        name=path,
        label=drawing.text(component.label),
        target=drawing.id(path),
        hint=drawing.text(component.hint),
        error=drawing.error(path),
        is_required=required(place),
        placeholder=_placeholder(component, drawing),
        source=_source(place, drawing),
        law=drawing.laws.get(component.properties.get("law", ""), ""),
        words=component.properties.get("words") == "true",
        steers=bool(drawing.steering & {component.key, "this", "parent"}),
    )
    return _clashing(_described(filled(drawn, place, drawing)), component, drawing)


def _kind(component: Component, drawing: Drawing) -> FieldKind:
    if drawing.is_readonly or component.is_readonly:
        return "output"
    if component.widget == "employee":
        return "select" if drawing.context.options(component) is not None else "text"
    if component.type is ComponentType.NUMBER and component.widget == "scale":
        return "scale"
    return _MOMENTS[component.subtype] if component.type is ComponentType.DATETIME else _KINDS[component.type]


def _placeholder(component: Component, drawing: Drawing) -> str:
    said = message("Choose a colleague") if component.widget == "employee" else message("Choose")
    return drawing.text(said)


def _source(place: Place, drawing: Drawing) -> str:
    """Where the answer comes from, as long as it is still what was filled in."""
    prefilled = drawing.known.get(place.path)
    return drawing.text(prefilled.source) if prefilled and prefilled.value == place.answer else ""


def _described(drawn: FieldView) -> FieldView:
    """Tie hint, legal basis, source and error to the field, in the order in which they stand."""
    said = {"hint": drawn.hint, "law": drawn.law, "error": drawn.error, "source": drawn.source}
    return replace(drawn, described_by=" ".join(f"{drawn.id}--{name}" for name, text in said.items() if text))


def _clashing(drawn: FieldView, component: Component, drawing: Drawing) -> FieldView:
    clash = draw_clash(component, drawn.path, drawing)
    return replace(drawn, clash=clash, described_by=f"{clash.id} {drawn.described_by}".strip()) if clash else drawn
