"""Who is signed in, and the numbers in the page's head: tasks, hand-offs, incidents, notifications."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, literal, select, union_all

from casework.database import read
from casework.model import (
    Case,
    Employee,
    Handoff,
    HandoffState,
    Incident,
    IncidentState,
    Notification,
    Role,
    Unit,
)
from casework.model.visibility import sees_incident
from casework.queries.columns import IS_ACTIVE
from casework.queries.inbox_scan import KEPT, Filters, scan
from casework.queries.names import UnitName, unit_name

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ScalarSelect

    from casework.model import Actor
    from casework.queries.columns import AnySelect

#: Lanes whose units take notifications in.
_INTAKE = ("modtagelse", "doegnvagt")


@dataclass(frozen=True)
class Counts:
    """What waits: `handoffs` for an answer of ours, `incidents` as far as the actor may see them, `unread` notifications."""

    tasks: int
    handoffs: int
    incidents: int
    unread: int


@dataclass(frozen=True)
class Me:
    """Who is signed in. `roles` are those that count everywhere and those in any unit, as `team_leader`.

    `takes_in`: works in or leads a unit that takes notifications in (`operations.receive_notification`). `first_view`: what the
    inbox opens with, as `Employee.first_view`.
    """

    employee_id: UUID | None
    name: str
    title: str
    language: str
    units: tuple[UnitName, ...]
    roles: tuple[str, ...]
    takes_in: bool
    first_view: str
    counts: Counts

    @property
    def unit(self) -> UnitName | None:
        """Where the actor works; of several the first by name."""
        return self.units[0] if self.units else None


def me(actor: Actor) -> Me:
    """Give names and numbers with two statements."""
    numbers, names = _statements(actor)
    with read() as session:
        row, units = session.execute(numbers).one(), session.execute(names).all()
    return Me(
        employee_id=actor.id,
        name=actor.name,
        title=row.title or "",
        language=actor.language,
        units=tuple(unit_name(one.id, one.name, one.name_en) for one in units),
        roles=_roles(actor),
        takes_in=row.takes_in,
        first_view=row.first_view or "",
        counts=Counts(int(row.tasks), row.handoffs, row.incidents, row.unread),
    )


@lru_cache(maxsize=KEPT)
def _statements(actor: Actor) -> tuple[AnySelect, AnySelect]:
    """Numbers, and names of units; every page of the actor asks them."""
    numbers: AnySelect = select(
        _tasks(actor).label("tasks"),
        _handoffs(actor).label("handoffs"),
        _incidents(actor).label("incidents"),
        _unread(actor).label("unread"),
        *(
            select(column).where(Employee.id == actor.id).scalar_subquery().label(column.key)
            for column in (Employee.title, Employee.first_view)
        ),
        exists().where(Unit.id.in_(sorted(actor.all_units)), Unit.lane.in_(_INTAKE)).label("takes_in"),
    )
    names = select(Unit.id, Unit.name, Unit.name_en).where(Unit.id.in_(sorted(actor.units))).order_by(Unit.name)
    return numbers, names


def _roles(actor: Actor) -> tuple[str, ...]:
    in_units = {Role.TEAM_LEADER} if actor.is_team_leader else {Role.CASEWORKER} if actor.units else set()
    return tuple(sorted(role.value for role in actor.roles | in_units))


def _tasks(actor: Actor) -> ScalarSelect[int]:
    """Each branch counted by its own index; a task is in one of them."""
    counted = [
        select(func.count().label("count")).where(
            branch.condition, IS_ACTIVE, *([] if branch.alone is None else [branch.alone])
        )
        for branch in scan(actor, Filters()).sums
    ]
    if not counted:
        return select(literal(0)).scalar_subquery()
    numbers = union_all(*counted).subquery()
    return select(func.sum(numbers.c.count)).scalar_subquery()


def _handoffs(actor: Actor) -> ScalarSelect[int]:
    """Offers that one of our units must answer, and questions about our own."""
    units = sorted(actor.units)
    return (
        select(func.count())
        .select_from(Handoff)
        .where(
            (Handoff.to_unit_id.in_(units) & (Handoff.state == HandoffState.OFFERED))
            | (Handoff.from_unit_id.in_(units) & (Handoff.state == HandoffState.MORE_ASKED))
        )
        .scalar_subquery()
    )


def _incidents(actor: Actor) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(Incident)
        .join(Case, Case.id == Incident.case_id)
        .where(Incident.state == IncidentState.OPEN, sees_incident(actor))
        .scalar_subquery()
    )


def _unread(actor: Actor) -> ScalarSelect[int]:
    mine = Notification.employee_id == actor.id
    return select(func.count()).select_from(Notification).where(mine, Notification.read_at.is_(None)).scalar_subquery()
