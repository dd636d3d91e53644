"""Units to choose in a form: a field with `"valuesKey": "unit.anbringelsessted"` offers the active units of that lane.

Several lanes are joined by `+`: `unit.udfoerer+anbringelsessted`. A field whose `fact` is `unit.<lane>` then says which unit
answers for that lane on this case: the fact `enheder` (`casework.model.case_facts`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.forms import Option
from casework.forms.words import words
from casework.model import Unit
from casework.model.case_facts import UNIT_PREFIX

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from casework.forms import Form


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


def _lanes(key: str) -> list[str]:
    return key.removeprefix(UNIT_PREFIX).split("+")
