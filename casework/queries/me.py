"""Who is signed in, and the numbers in the page's head: tasks, hand-offs, incidents, notifications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from casework.database import read
from casework.model import (
    Case,
    Employee,
    Handoff,
    HandoffState,
    Incident,
    IncidentState,
    Notification,
    Unit,
)
from casework.model.visibility import sees_incident
from casework.queries.inbox_scan import Filters, scan
from casework.queries.names import UnitName, unit_name

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ScalarSelect

    from casework.model import Actor


@dataclass(frozen=True)
class Me:
    """`handoffs` are those that wait for an answer of ours; `incidents` those that the actor may see."""

    id: UUID | None
    name: str
    title: str
    language: str
    units: tuple[UnitName, ...]
    roles: tuple[str, ...]
    is_team_leader: bool
    tasks: int
    handoffs: int
    incidents: int
    unread: int

    @property
    def unit(self) -> UnitName | None:
        """Where the actor works; of several the first by name."""
        return self.units[0] if self.units else None


def me(actor: Actor) -> Me:
    """Give names and numbers with two statements."""
    with read() as session:
        numbers = session.execute(
            select(
                _tasks(actor).label("tasks"),
                _handoffs(actor).label("handoffs"),
                _incidents(actor).label("incidents"),
                _unread(actor).label("unread"),
                select(Employee.title).where(Employee.id == actor.id).scalar_subquery().label("title"),
            )
        ).one()
        units = session.execute(
            select(Unit.id, Unit.name, Unit.name_en).where(Unit.id.in_(sorted(actor.units))).order_by(Unit.name)
        ).all()
    return Me(
        id=actor.id,
        name=actor.name,
        title=numbers.title or "",
        language=actor.language,
        units=tuple(unit_name(row.id, row.name, row.name_en) for row in units),
        roles=tuple(sorted(role.value for role in actor.roles)),
        is_team_leader=actor.is_team_leader,
        tasks=numbers.tasks,
        handoffs=numbers.handoffs,
        incidents=numbers.incidents,
        unread=numbers.unread,
    )


def _tasks(actor: Actor) -> ScalarSelect[int]:
    return select(func.count()).select_from(scan(actor, Filters()).everything().subquery()).scalar_subquery()


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
