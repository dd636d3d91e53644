"""Somebody stands in for a colleague from day to day: works on what the colleague has been given, under the own name.

A substitute reaches what was given to the absent colleague and is still open, no more: neither the colleague's cases nor the
colleague's other rights. What lies in a unit where the colleague works needs a substitute of that unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, ForeignKey, Index, and_, exists, func, literal, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, aliased, mapped_column

from casework.database import Base, new_row_id
from casework.model.employee import Membership, Role
from casework.model.unit import Unit

if TYPE_CHECKING:
    from sqlalchemy import Select

#: An employee, or the column of a query that names one.
Id = UUID | InstrumentedAttribute[UUID]


class Substitution(Base):
    """From the first to the last day, both included, or until it was ended. Rows are never deleted: they say who could see."""

    __tablename__ = "substitution"
    __table_args__ = (Index(None, "substitute_id", "last_day"), Index(None, "absent_id", "last_day"))

    id: Mapped[UUID] = new_row_id()
    absent_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    substitute_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    #: Days in the municipality.
    first_day: Mapped[date]
    last_day: Mapped[date]
    #: As it was given, may be empty.
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    created_by_id: Mapped[UUID | None]
    #: Ended before its last day was over.
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]

    def end(self, by: str, at: datetime) -> None:
        """From now on nobody stands in by it; ending it again changes nothing."""
        if self.ended_at is None:
            self.ended_at, self.ended_by = at, by


@dataclass(frozen=True)
class Cover:
    """For whom somebody stands in today. `closed_units`: where the colleague works and the substitute does not."""

    absent_id: UUID
    name: str
    closed_units: frozenset[str] = frozenset()


def counts_on(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """A condition on `Substitution`: it holds on that day."""
    return and_(Substitution.first_day <= day, Substitution.last_day >= day, Substitution.ended_at.is_(None))


def reaches(employee_id: Id, unit_id: str) -> ColumnElement[bool]:
    """Whether the employee works in the unit, or leads it or one above it."""
    reached = aliased(Unit)
    return exists(_reaching(employee_id, reached).where(reached.id == unit_id))


def is_colleague(employee_id: Id, absent_id: UUID) -> ColumnElement[bool]:
    """Whether the employee works in or leads a unit where the other works."""
    reached, theirs = aliased(Unit), aliased(Membership)
    shared = _reaching(employee_id, reached).join(theirs, theirs.unit_id == reached.id)
    return exists(shared.where(theirs.employee_id == absent_id))


def may_cover(substitute_id: Id, absent_id: UUID, unit_id: str) -> ColumnElement[bool]:
    """Whether a substitute reaches what was given to the colleague in that unit; the same as `Actor.cover_of`."""
    theirs = aliased(Membership)
    works_there = exists().where(theirs.employee_id == absent_id, theirs.unit_id == unit_id)
    return or_(reaches(substitute_id, unit_id), and_(not_(works_there), is_colleague(substitute_id, absent_id)))


def _reaching(employee_id: Id, reached: Any) -> Select[Any]:
    """From an employee to the units that are reached, without nesting: an inner query would not know the outer one's rows."""
    membership, own = aliased(Membership), aliased(Unit)
    is_beneath = func.substr(reached.path, 1, func.length(own.path)) == own.path
    leads = and_(membership.role == Role.TEAM_LEADER, is_beneath)
    return (
        select(literal(1))
        .select_from(membership)
        .join(own, own.id == membership.unit_id)
        .join(reached, or_(reached.id == own.id, leads))
        .where(membership.employee_id == employee_id)
    )
