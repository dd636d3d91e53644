"""How much is in an inbox: by view and by group, exact, in one statement that reads an index and nothing else.

The index is read in disjoint ranges of time, so that each task is counted once, with no comparison for each of the views.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    String,
    bindparam,
    case,
    func,
    literal_column,
    select,
    union_all,
)

from casework.model import END_OF_TIME, UserTask
from casework.queries.columns import IS_ACTIVE
from casework.queries.inbox_scan import KEPT, Filters, Kind, scan
from casework.queries.inbox_views import Group, Look, View

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.queries.inbox_scan import Branch, Scan


@dataclass(frozen=True)
class Range:
    """Tasks due from `start` (None: ever) until before `end` (None: without a deadline)."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True)
class Tally:
    """How many tasks of one branch are due in a range, how many of them are assigned, how many are in no other branch."""

    due: Range
    kind: Kind
    all: int
    assigned: int
    alone: int

    def in_view(self, look: Look, view: View) -> int:
        """Count those that a view shows; less than none where the view of today shows them no more."""
        if self.kind in (Kind.ASIDE, Kind.RETURNED):
            return self._put_aside(look, view)
        match view:
            case View.UNCLAIMED:
                return self.all - self.assigned if self.kind is Kind.UNIT else 0
            case View.WAITING:
                return self.all if self.kind is Kind.WAITING else 0
            case View.MINE:
                return self.all if self.kind is Kind.MINE else 0
            case View.ASIDE:
                return 0
            case View.COVERED:
                return self.all if self.kind is Kind.COVERED else 0
        return self.alone if _is_within(self.due, look, view) else 0

    def _put_aside(self, look: Look, view: View) -> int:
        is_today = _is_within(self.due, look, View.TODAY)
        if self.kind is Kind.ASIDE:
            return self.all if view is View.ASIDE else -self.all if view is View.TODAY and is_today else 0
        is_overdue = self.due.start is None
        return self.all if view is View.TODAY and not is_today and not is_overdue else 0


def inbox_counts(
    session: Session, actor: Actor, filters: Filters, look: Look
) -> tuple[dict[str, int], dict[Group, int]]:
    """Give counts by view, and by group within the view that is looked at."""
    tallies = list(_tallies(session, actor, filters, look))
    views = {view.value: sum(tally.in_view(look, view) for tally in tallies) for view in View}
    groups = dict.fromkeys(Group, 0)
    for tally in tallies:
        groups[_group(tally.due, look)] += tally.in_view(look, look.view)
    return views, groups


def _tallies(session: Session, actor: Actor, filters: Filters, look: Look) -> Iterable[Tally]:
    edges = sorted({*look.ends.values(), look.soon_ends})
    ranges = [Range(None, edges[0]), *(Range(*pair) for pair in pairwise(edges)), Range(END_OF_TIME, None)]
    statement = _counting(actor, filters, len(edges))
    if statement is None:
        return
    bounds = {f"edge_{number}": edge for number, edge in enumerate(edges)}
    rows = session.execute(statement, {**bounds, "today": look.today})
    for number, kind, everything, assigned, alone in rows:
        yield Tally(ranges[int(number)], Kind(kind), everything, assigned, alone)


@lru_cache(maxsize=KEPT)
def _counting(actor: Actor, filters: Filters, edges: int) -> CompoundSelect[Any] | None:
    """The statement; building it takes longer than running it on most inboxes."""
    found = scan(actor, filters)
    units = [branch for branch in found.sums if branch.kind is Kind.UNIT]
    counted = [_in_range(found, branch, number, edges) for branch in units for number in range(edges + 1)]
    counted += [_by_range(found, branch, edges) for branch in (*found.sums, *found.asides) if branch not in units]
    return union_all(*counted) if counted else None


def _in_range(found: Scan, branch: Branch, number: int, edges: int) -> Select[int, str, int, int, int]:
    """One range of a unit's tasks, of which there may be very many: an index answers it."""
    within = [UserTask.inbox_at >= _edge(number - 1)] if number > 0 else []
    within += [UserTask.inbox_at < _edge(number)] if number < edges else []
    return _counted(found, branch, literal_column(str(number))).where(*within)


def _by_range(found: Scan, branch: Branch, edges: int) -> Select[int, str, int, int, int]:
    """All ranges of what is somebody's own or awaited, of which there are few."""
    until: list[Any] = [(UserTask.inbox_at < _edge(number), literal_column(str(number))) for number in range(edges)]
    return _counted(found, branch, case(*until, else_=literal_column(str(edges)))).group_by(literal_column("1"))


def _counted(found: Scan, branch: Branch, number: ColumnElement[int]) -> Select[int, str, int, int, int]:
    alone = func.count() if branch.alone is None else func.count(case((branch.alone, 1)))
    kind = literal_column(f"'{branch.kind.value}'", String)
    return select(number, kind, func.count(), func.count(UserTask.assignee_id), alone).where(
        branch.condition, IS_ACTIVE, *found.conditions
    )


def _edge(number: int) -> BindParameter[datetime]:
    return bindparam(f"edge_{number}", type_=UserTask.inbox_at.type)


def _is_within(due: Range, look: Look, view: View) -> bool:
    if view is View.OVERDUE:
        return due.start is None
    ends = {View.TODAY: look.ends[Group.TODAY], View.SOON: look.soon_ends}
    if view in ends:
        return due.start is not None and due.end is not None and due.end <= ends[view]
    return True


def _group(due: Range, look: Look) -> Group:
    return Group.OVERDUE if due.start is None else look.group_of(due.start)
