"""Which tasks stand in somebody's inbox, as index scans: one for each unit, one for what was given to the reader, one for what
each unit waits for. Each branch is sorted by its own index, so a page costs the same however much lies behind it.

Every branch names a unit, the actor, or a colleague for whom the actor stands in today, so that nothing else can come in
(`visibility.sees_task` holds for each).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, literal, not_, or_, select, tuple_, union

from casework.model import Case, Person, ProcessInstance, UserTask
from casework.model.visibility import is_covered
from casework.queries.columns import IS_ACTIVE, contains

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from sqlalchemy import CompoundSelect

    from casework.model import Actor


@dataclass(frozen=True)
class Filters:
    """What the reader chose beside the view; None: everything."""

    unit: str | None = None
    process: str | None = None
    due_class: str | None = None
    text: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """On `UserTask`; the unit is no condition, it chooses the scans, and what is named is looked for in these."""
        found: list[ColumnElement[bool]] = []
        if self.due_class:
            found.append(UserTask.due_class == self.due_class)
        if self.process:
            of_process = select(ProcessInstance.id).where(ProcessInstance.process_id == self.process)
            found.append(UserTask.instance_id.in_(of_process))
        return found

    def of_named(self, branches: Iterable[Branch]) -> list[ColumnElement[bool]]:
        """On `UserTask`, when there is a text: the case has it in its number or the child's name. Looked for once, among the
        tasks of the branches alone.
        """
        if not self.text:
            return []
        named = or_(contains(Person.name, self.text), contains(Case.number, self.text))
        within = or_(false(), *(branch.condition for branch in branches))
        found = (
            select(Case.id)
            .select_from(UserTask)
            .join(Case, Case.id == UserTask.case_id)
            .join(Person, Person.id == Case.child_id)
            .where(within, IS_ACTIVE, named)
            .cte("named")
        )
        return [UserTask.case_id.in_(select(found.c.id))]


#: Statements kept, each for one actor and one choice of filters: building one costs more than running it.
KEPT = 2048
#: The day of the look.
TODAY = bindparam("today", type_=UserTask.follow_up_on.type)
#: Sort keys greater than those of the last row: one range of the index.
_AFTER = tuple_(UserTask.inbox_at, UserTask.id) > tuple_(
    bindparam("after_at", type_=UserTask.inbox_at.type), bindparam("after_id", type_=UserTask.id.type)
)


class Kind(StrEnum):
    """Why a task is in an inbox."""

    UNIT = "unit"  #: It lies with a unit where the reader works.
    MINE = "mine"  #: It was given to the reader, wherever it lies.
    COVERED = "covered"  #: It was given to a colleague for whom the reader stands in.
    ASIDE = "aside"  #: The reader has put it aside until a later day. It is in another branch, too.
    RETURNED = "returned"  #: The reader had put it aside, and the day has come. It is in another branch, too.
    WAITING = "waiting"  #: Another unit does it, on a case of the reader's units.


@dataclass(frozen=True)
class Branch:
    """One scan. `alone` says which of it no other branch holds (None: all of it): pages drop doubles, counts need to know."""

    kind: Kind
    condition: ColumnElement[bool]
    alone: ColumnElement[bool] | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether another unit does what is in it."""
        return self.kind is Kind.WAITING


@dataclass(frozen=True)
class Scan:
    """The branches of one inbox with its filters: `branches` for pages, each sorted by one index; `sums` for counting;
    `asides` count what leaves the view of today and what comes back to it, from `:today` on.
    """

    branches: tuple[Branch, ...]
    sums: tuple[Branch, ...]
    conditions: list[ColumnElement[bool]] = field(default_factory=list)
    asides: tuple[Branch, ...] = ()

    def page(
        self, view: Callable[[Kind], ColumnElement[bool]], *, has_after: bool, kinds: Collection[Kind] = tuple(Kind)
    ) -> CompoundSelect[Any]:
        """The first `:limit` of each branch of these kinds, after `:after_at` and `:after_id`: id, inbox_at, is_waiting."""
        wanted = [branch for branch in self.branches if branch.kind in kinds] or [Branch(Kind.UNIT, false())]
        return union(*(self._first(branch, view(branch.kind), has_after=has_after) for branch in wanted))

    def _first(self, branch: Branch, view: ColumnElement[bool], *, has_after: bool) -> Select[Any]:
        later = [_AFTER] if has_after else []
        first = (
            select(UserTask.id, UserTask.inbox_at, literal(branch.is_waiting).label("is_waiting"))
            .where(branch.condition, IS_ACTIVE, view, *self.conditions, *later)
            .order_by(UserTask.inbox_at, UserTask.id)
            .limit(bindparam("limit"))
            .subquery()
        )
        return select(first)


def scan(actor: Actor, filters: Filters) -> Scan:
    """The branches for everything that waits for the actor and the units where the actor works.

    A leader's inbox holds the leader's own work; what lies in the units beneath comes with `filters.unit`.
    """
    if actor.sees_all_cases:
        everything = Branch(Kind.UNIT, UserTask.unit_id == filters.unit if filters.unit else UserTask.unit_id != "")
        return _filtered(filters, Scan((everything,), (everything,)))
    reader = actor if actor.kind == "employee" else None
    if filters.unit is not None:
        units = [filters.unit] if filters.unit in actor.all_units else []
        mine = [and_(UserTask.assignee_id == reader.id, UserTask.unit_id.in_(units))] if reader else []
        own = [Branch(Kind.MINE, condition, false()) for condition in mine]
        found = Scan((*_of_units(units, None), *own), (*_sums(units, None), *own), asides=_asides(mine))
        return _filtered(filters, found)
    units, mine = sorted(actor.units), [UserTask.assignee_id == reader.id] if reader else []
    own = [Branch(Kind.MINE, condition) for condition in mine]
    covered = [Branch(Kind.COVERED, is_covered(replace(actor, covers=frozenset({one})))) for one in actor.covers]
    branches = (*_of_units(units, reader), *own, *covered)
    return _filtered(filters, Scan(branches, _sums(units, reader), asides=_asides(mine)))


def _filtered(filters: Filters, found: Scan) -> Scan:
    return replace(found, conditions=[*filters.conditions(), *filters.of_named(found.branches)])


def _asides(mine: list[ColumnElement[bool]]) -> tuple[Branch, ...]:
    """Of what the reader has taken; few, so that an index of their own would cost more than it saves."""
    aside = [Branch(Kind.ASIDE, and_(condition, UserTask.follow_up_on > TODAY)) for condition in mine]
    returned = [Branch(Kind.RETURNED, and_(condition, UserTask.follow_up_on <= TODAY)) for condition in mine]
    return (*aside, *returned)


def _of_units(units: list[str], reader: Actor | None) -> tuple[Branch, ...]:
    """One for each unit, so that each is sorted by the index already."""
    own = [Branch(Kind.UNIT, UserTask.unit_id == unit) for unit in units]
    awaited = [and_(UserTask.awaited_by_unit_id == unit, _lies_elsewhere(units, reader)) for unit in units]
    return (*own, *(Branch(Kind.WAITING, condition) for condition in awaited))


def _sums(units: list[str], reader: Actor | None) -> tuple[Branch, ...]:
    """Few, because counting needs no order."""
    found = []
    if units:
        awaited = and_(UserTask.awaited_by_unit_id.in_(units), _lies_elsewhere(units, reader))
        lies_there = UserTask.unit_id.in_(units) if len(units) > 1 else UserTask.unit_id == units[0]
        found = [Branch(Kind.UNIT, lies_there), Branch(Kind.WAITING, awaited)]
    if reader:
        found.append(Branch(Kind.MINE, UserTask.assignee_id == reader.id, UserTask.unit_id.not_in(units)))
    if reader and reader.covers:
        found.append(Branch(Kind.COVERED, is_covered(reader), UserTask.unit_id.not_in(units)))
    return tuple(found)


def _lies_elsewhere(units: list[str], reader: Actor | None) -> ColumnElement[bool]:
    """What waits at the reader, or at whom the reader stands in for, is the reader's own, and nothing to wait for."""
    elsewhere: ColumnElement[bool] = UserTask.unit_id.not_in(units)
    if reader is None:
        return elsewhere
    others = [UserTask.assignee_id.is_distinct_from(reader.id)]
    if reader.covers:
        others.append(or_(UserTask.assignee_id.is_(None), not_(is_covered(reader))))
    return and_(elsewhere, *others)
