"""Units to choose in a form: a field with `"valuesKey": "unit.anbringelsessted"` offers the active units of that lane.

Several lanes are joined by `+`: `unit.udfoerer+anbringelsessted`. A field whose `fact` is `unit.<lane>` then says which unit
answers for that lane on this case: the fact `enheder` (`casework.model.case_facts`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.forms import Option
from casework.forms.words import words
from casework.model import Unit
from casework.model.case_facts import UNIT_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from casework.forms import Component, Form


def unit_choices(session: Session, form: Form, *, is_past: bool = False) -> dict[str, tuple[Option, ...]]:
    """Give the options by `valuesKey`, in the order of their names; empty for forms that ask for no unit.

    `is_past`: also units that no longer are, or no longer answer for the lane, so that an old answer keeps its name.
    """
    asked = {c.options_key for _, c in form.walk() if c.options_key.startswith(UNIT_PREFIX)}
    if not asked:
        return {}
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.name_en, Unit.lane, Unit.is_active).order_by(Unit.name)
    ).all()
    return {
        key: tuple(
            Option(row.id, words(row.name, row.name_en))
            for row in rows
            if is_past or (row.is_active and row.lane in _lanes(key))
        )
        for key in asked
    }


def with_choices(form: Form, choices: Mapping[str, tuple[Option, ...]]) -> Form:
    """The form with these options written into its fields, for who fills it in without a page."""
    return replace(form, components=_offering(form.components, choices)) if choices else form


def _offering(components: tuple[Component, ...], choices: Mapping[str, tuple[Option, ...]]) -> tuple[Component, ...]:
    return tuple(
        replace(
            one,
            options=choices.get(one.choices_name, one.options),
            components=_offering(one.components, choices),
        )
        for one in components
    )


def _lanes(key: str) -> list[str]:
    return key.removeprefix(UNIT_PREFIX).split("+")
