"""What a filled form tells the process and the case: the values of fields that name a variable or a fact."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casework.forms.component import Component, ComponentType, Form
from casework.forms.context import Context
from casework.forms.paths import get, has, put
from casework.forms.survey import ROW, Place, survey

if TYPE_CHECKING:
    from collections.abc import Mapping


def results(form: Form, answers: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give (variables, facts) as Python values, from answers that `settle` gave.

    Only what was shown counts; what was left empty is None. A field in rows gives a list, one value for each row; a list
    that names a fact gives its rows as objects, one that names a variable the same without free text and CPR numbers: those
    stay in the form.
    """
    places = survey(form, answers, Context()).places
    told = [place for place in places if place.component is not ROW and has(answers, place.path)]
    return _by_name(told, places, answers, "variable"), _by_name(told, places, answers, "fact")


def _by_name(told: list[Place], places: list[Place], answers: Mapping[str, Any], purpose: str) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for place in told:
        name = getattr(place.component, purpose)
        if not name:
            continue
        value = _value(place, places if purpose == "fact" else [p for p in places if _decides(p.component)], answers)
        if place.row is None:
            named[name] = value
        else:
            named.setdefault(name, []).append(value)
    return named


def _decides(component: Component) -> bool:
    """Whether the flow may know it as part of a row: it decides by dates, choices and numbers, never by free text."""
    return not component.is_free_text and not component.is_masked


def _value(place: Place, places: list[Place], answers: Mapping[str, Any]) -> Any:
    if place.component.is_list:
        return _rows(place, places, answers)
    if place.component.type is ComponentType.EXPRESSION:
        return _restored(get(answers, place.path))
    return place.value


def _rows(place: Place, places: list[Place], answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows: dict[str, Any] = {"rows": [{} for _ in get(answers, place.path) or []]}
    for inner in places:
        if not inner.path.startswith(f"{place.path}.") or not has(answers, inner.path):
            continue
        if inner.component.is_list:
            put(rows, f"rows{inner.path[len(place.path) :]}", [{} for _ in get(answers, inner.path) or []])
        elif inner.holds_answer:
            put(rows, f"rows{inner.path[len(place.path) :]}", inner.value)
    return list(rows["rows"])


def _restored(value: Any) -> Any:
    """A calculated day or instant as what it was before it was kept as text."""
    for reader in (date.fromisoformat, datetime.fromisoformat):
        try:
            restored = reader(value)
        except (TypeError, ValueError):
            continue
        if restored.isoformat() == value and getattr(restored, "tzinfo", True) is not None:
            return restored
    return value
