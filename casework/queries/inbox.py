"""What waits for somebody and for the units where they work, the nearest deadline first: the page that people live on.

Three statements: a page of rows, all counts, the choices of the filters. Rows and counts come from the same conditions and
the same transaction, so they agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import CompoundSelect, bindparam, literal, select, union_all

from casework import clock
from casework.database import read
from casework.forms.words import words
from casework.model import ProcessVersion, ProcessVersionState, Unit
from casework.queries.cursors import read_cursor, write_cursor
from casework.queries.inbox_counts import inbox_counts
from casework.queries.inbox_scan import KEPT, Filters, scan
from casework.queries.inbox_views import Group, Look, View, group_words, view_condition, view_kinds
from casework.queries.names import unit_name
from casework.queries.task_rows import select_task_rows, task_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from casework.forms.words import Words
    from casework.i18n import Message
    from casework.model import Actor
    from casework.queries.columns import AnySelect
    from casework.queries.names import UnitName
    from casework.queries.task_rows import InboxRow

#: More rows than this are no page.
MOST_ROWS = 200


@dataclass(frozen=True)
class InboxGroup:
    """A day or a week. `count` is all of it in this view; `rows` are those on this page."""

    key: str
    name: Message
    count: int
    rows: tuple[InboxRow, ...]


@dataclass(frozen=True)
class InboxPage:
    """One page. `counts` by view, with the filters applied; `units` and `processes` are what can be filtered by;
    `stands_in_for` names the colleagues whose tasks are among them.
    """

    view: str
    now: datetime
    rows: tuple[InboxRow, ...]
    groups: tuple[InboxGroup, ...]
    counts: dict[str, int]
    next_cursor: str | None
    units: tuple[UnitName, ...]
    processes: tuple[tuple[str, Words], ...]
    stands_in_for: tuple[str, ...]


def inbox(
    actor: Actor,
    *,
    view: str = View.ALL,
    unit: str | None = None,
    process: str | None = None,
    due_class: str | None = None,
    text: str | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> InboxPage:
    """Give one page of the inbox. An unknown view is `all`; a unit that the actor does not work in or lead gives nothing."""
    look = Look(View(view) if view in set(View) else View.ALL, clock.now())
    after = read_cursor(cursor, type(look.now), UUID)
    limit = max(1, min(limit, MOST_ROWS))
    filters = Filters(unit, process, due_class, text.strip() if text else None)
    with read() as session:
        rows = _rows(session, actor, filters, look, after, limit + 1)
        counts, sizes = inbox_counts(session, actor, filters, look)
        units, processes = _choices(session, actor)
    page = tuple(task_row(row, actor, look.now) for row in rows[:limit])
    last = rows[limit - 1] if len(rows) > limit else None
    return InboxPage(
        view=look.view.value,
        now=look.now,
        rows=page,
        groups=_groups(page, [row.inbox_at for row in rows], sizes, look),
        counts=counts,
        next_cursor=write_cursor(last.inbox_at, last.id) if last else None,
        units=units,
        processes=processes,
        stands_in_for=tuple(sorted(cover.name for cover in actor.covers)),
    )


def _rows(  # noqa: PLR0917  whose, what, when, from where, how many
    session: Session, actor: Actor, filters: Filters, look: Look, after: tuple[Any, ...] | None, limit: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    keys = {"after_at": after[0], "after_id": after[1]} if after else {}
    statement = _paging(actor, filters, look.view, has_after=after is not None)
    return session.execute(statement, {"limit": limit, **keys, **look.bounds()}).all()


@lru_cache(maxsize=KEPT)
def _paging(actor: Actor, filters: Filters, view: View, *, has_after: bool) -> AnySelect:
    chosen = (
        scan(actor, filters)
        .page(view_condition(view, actor.id), has_after=has_after, kinds=view_kinds(view))
        .subquery()
    )
    first = select(chosen).order_by(chosen.c.inbox_at, chosen.c.id).limit(bindparam("limit")).subquery()
    return select_task_rows(first)


def _groups(
    rows: tuple[InboxRow, ...], inbox_ats: list[datetime], sizes: dict[Group, int], look: Look
) -> tuple[InboxGroup, ...]:
    placed = [(look.group_of(at), row) for at, row in zip(inbox_ats, rows, strict=False)]
    return tuple(
        InboxGroup(group.value, group_words(group, look.now), sizes[group], inside)
        for group in Group
        if (inside := tuple(row for place, row in placed if place is group))
    )


def _choices(session: Session, actor: Actor) -> tuple[tuple[UnitName, ...], tuple[tuple[str, Words], ...]]:
    named = sorted(session.execute(_choosing(actor)).all(), key=lambda row: row.name)
    return (
        tuple(unit_name(row.id, row.name, row.name_en) for row in named if row.kind == "unit"),
        tuple((row.id, words(row.name, row.name_en)) for row in named if row.kind == "process"),
    )


@lru_cache(maxsize=KEPT)
def _choosing(actor: Actor) -> CompoundSelect[Any]:
    of_units = select(literal("unit").label("kind"), Unit.id, Unit.name, Unit.name_en)
    if not actor.sees_all_cases:
        of_units = of_units.where(Unit.id.in_(sorted(actor.all_units)))
    of_processes = select(
        literal("process"), ProcessVersion.process_id, ProcessVersion.name, ProcessVersion.name_en
    ).where(ProcessVersion.state == ProcessVersionState.RELEASED, ProcessVersion.is_startable)
    return union_all(of_units, of_processes)
