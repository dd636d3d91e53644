"""Which tasks stand in somebody's inbox, as index scans: one for each unit, one for what is assigned elsewhere, one for what
the units wait for. Each branch is sorted by its own index, so a page costs the same however much lies behind it.

Every branch names a unit or the actor, so that nothing else can come in (`visibility.sees_task` holds for each).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import ColumnElement, Select, and_, false, literal, not_, or_, select, tuple_, union_all

from casework.model import Case, Person, ProcessInstance, UserTask
from casework.queries.columns import IS_ACTIVE, contains

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import CompoundSelect

    from casework.model import Actor


class ViewCondition(Protocol):
    """The condition of a view on `UserTask`, for branches of our own tasks and for those of tasks that we wait for."""

    def __call__(self, *, is_waiting: bool) -> ColumnElement[bool]:
        """Give it for one of the two."""


@dataclass(frozen=True)
class Filters:
    """What the reader chose beside the view; None: everything."""

    unit: str | None = None
    process: str | None = None
    due_class: str | None = None
    text: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """On `UserTask`; the unit is no condition, it chooses the scans."""
        found: list[ColumnElement[bool]] = []
        if self.due_class:
            found.append(UserTask.due_class == self.due_class)
        if self.process:
            of_process = select(ProcessInstance.id).where(ProcessInstance.process_id == self.process)
            found.append(UserTask.instance_id.in_(of_process))
        if self.text:
            named = or_(contains(Person.name, self.text), contains(Case.number, self.text))
            found.append(UserTask.case_id.in_(select(Case.id).join(Person, Person.id == Case.child_id).where(named)))
        return found


@dataclass(frozen=True)
class Branch:
    """One scan: the condition that an index answers, and whether another unit does the task."""

    condition: ColumnElement[bool]
    is_waiting: bool = False


@dataclass(frozen=True)
class Scan:
    """The branches of one inbox with its filters."""

    branches: tuple[Branch, ...]
    conditions: list[ColumnElement[bool]] = field(default_factory=list)

    def page(self, view: ViewCondition, after: tuple[datetime, UUID] | None, limit: int) -> CompoundSelect[Any]:
        """The first `limit` of each branch after a cursor: id, inbox_at, is_waiting."""
        return union_all(*(self._first(branch, view, after, limit) for branch in self.branches))

    def everything(self) -> CompoundSelect[Any]:
        """All of it, for counting: inbox_at, assignee_id, is_waiting."""
        return union_all(
            *(
                select(UserTask.inbox_at, UserTask.assignee_id, literal(branch.is_waiting).label("is_waiting")).where(
                    branch.condition, IS_ACTIVE, *self.conditions
                )
                for branch in self.branches
            )
        )

    def _first(
        self, branch: Branch, view: ViewCondition, after: tuple[datetime, UUID] | None, limit: int
    ) -> Select[Any]:
        later = [] if after is None else [_after(*after)]
        in_view = view(is_waiting=branch.is_waiting)
        first = (
            select(UserTask.id, UserTask.inbox_at, literal(branch.is_waiting).label("is_waiting"))
            .where(branch.condition, IS_ACTIVE, in_view, *self.conditions, *later)
            .order_by(UserTask.inbox_at, UserTask.id)
            .limit(limit)
            .subquery()
        )
        return select(first)


def scan(actor: Actor, filters: Filters) -> Scan:
    """The branches for everything that waits for the actor and the units where the actor works.

    A leader's inbox holds the leader's own work; what lies in the units beneath comes with `filters.unit`.
    """
    return Scan(tuple(_branches(actor, filters.unit)), filters.conditions())


def _branches(actor: Actor, unit: str | None) -> list[Branch]:
    if actor.sees_all_cases:
        return [Branch(UserTask.unit_id == unit if unit else UserTask.unit_id != "")]
    if unit is not None:
        return _of_units([unit]) if unit in actor.all_units else [Branch(false())]
    units = sorted(actor.units)
    elsewhere = and_(UserTask.assignee_id == actor.id, not_(UserTask.unit_id.in_(units)))
    return [*_of_units(units, besides=actor.id), *([Branch(elsewhere)] if actor.kind == "employee" else [])] or [
        Branch(false())
    ]


def _of_units(units: list[str], besides: UUID | None = None) -> list[Branch]:
    """Units' own tasks, and what they wait for; what waits at `besides` is that one's own."""
    waiting: ColumnElement[bool] = not_(UserTask.unit_id.in_(units))
    if besides is not None:
        waiting = and_(waiting, UserTask.assignee_id.is_distinct_from(besides))
    own = [Branch(UserTask.unit_id == unit) for unit in units]
    return own + [Branch(and_(UserTask.awaited_by_unit_id == unit, waiting), is_waiting=True) for unit in units]


def _after(inbox_at: datetime, task_id: UUID) -> ColumnElement[bool]:
    """Sort keys greater than these: one range of the index."""
    return tuple_(UserTask.inbox_at, UserTask.id) > tuple_(
        literal(inbox_at, UserTask.inbox_at.type), literal(task_id, UserTask.id.type)
    )
