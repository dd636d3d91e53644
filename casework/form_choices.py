"""Everything a form offers to choose among that stands in no form: the units of a lane, and colleagues.

A field with the widget `employee` offers everybody who works in a unit. One whose `fact` is `team.coordinator` makes that
colleague the case's coordinator (`casework.operations.record_team`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.forms import Option
from casework.forms.words import words
from casework.model import Employee, Membership, Unit
from casework.unit_choices import unit_choices

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from casework.forms import Form
    from casework.forms.words import Words

#: The widget, and the name of its choices.
EMPLOYEE = "employee"


def form_choices(session: Session, form: Form, *, is_past: bool = False) -> dict[str, tuple[Option, ...]]:
    """Give the options by the name of their list; empty for forms that ask for neither.

    `is_past`: also what can no longer be chosen, so that an old answer keeps its name.
    """
    choices = unit_choices(session, form, is_past=is_past)
    if any(component.widget == EMPLOYEE for _, component in form.walk()):
        choices[EMPLOYEE] = colleagues(session, is_past=is_past)
    return choices


def colleagues(session: Session, *, is_past: bool = False) -> tuple[Option, ...]:
    """By name, each once, with the unit where they work: two may have one name."""
    query = (
        select(Employee.id, Employee.name, Unit.name.label("unit"), Unit.name_en.label("unit_en"))
        .outerjoin(Membership, Membership.employee_id == Employee.id)
        .outerjoin(Unit, Unit.id == Membership.unit_id)
        .order_by(Employee.name, Employee.id, Unit.id)
    )
    if not is_past:
        query = query.where(Employee.is_active, Unit.id.is_not(None))
    first = {row.id: row for row in reversed(session.execute(query).all())}
    found = sorted(first.values(), key=lambda row: (row.name, row.id))
    return tuple(Option(str(row.id), words(row.name) if is_past else _at(row.name, row)) for row in found)


def _at(name: str, row: Row[UUID, str, str, str]) -> Words:
    return words(f"{name}, {row.unit}", f"{name}, {row.unit_en}")
