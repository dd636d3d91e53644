"""How units, employees and children are named in lists and on pages. CPR numbers leave here masked only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework import calendar, cpr
from casework.forms.words import Words, words

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID


@dataclass(frozen=True)
class UnitName:
    """A unit, as `Modtagelsen Nord`."""

    id: str
    name: Words


@dataclass(frozen=True)
class EmployeeName:
    """An employee, by name."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Child:
    """The child of a case. `age` in whole years today; `masked_cpr` as `140314-••••`, None when no number is known."""

    id: UUID
    name: str
    birth_date: date | None
    age: int | None
    #: The address must not be seen by everybody.
    is_protected: bool
    masked_cpr: str | None


def unit_name(id: str, danish: str, english: str) -> UnitName:  # noqa: A002  it is an id
    """Name a unit from its columns."""
    return UnitName(id, words(danish, english))


def employee_name(id: UUID | None, name: str | None) -> EmployeeName | None:  # noqa: A002  it is an id
    """Name an employee from the columns of an outer join."""
    return EmployeeName(id, name or "") if id else None


def child_of(row: Any, now: datetime) -> Child:
    """Read the columns of `casework.queries.columns.CHILD`."""
    return Child(
        id=row.child_id,
        name=row.child_name,
        birth_date=row.child_birth_date,
        age=calendar.age_on(row.child_birth_date, calendar.day_of(now)) if row.child_birth_date else None,
        is_protected=row.child_is_protected,
        masked_cpr=masked(row.child_birth_date) if row.child_has_cpr else None,
    )


def masked(birth_date: date | None) -> str:
    """Give the mask of a number from its birth date, so that a list opens no sealed value."""
    return cpr.mask(f"{birth_date:%d%m%y}" if birth_date else "••••••")
