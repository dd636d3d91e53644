"""Whether what somebody looks at has changed since: short texts that differ when the page would, without making the page.

They are asked every few seconds by every page that is open, so each is a look into one index.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import bindparam, select

from casework import clock
from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Case, UserTask
from casework.model.visibility import sees_task, sees_whole_case
from casework.queries.cursors import read_cursor
from casework.queries.inbox_counts import inbox_counts
from casework.queries.inbox_scan import KEPT, Filters, scan
from casework.queries.inbox_views import Look, View, view_condition, view_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from casework.model import Actor
    from casework.queries.columns import AnySelect
    from casework.queries.inbox import InboxPage


@dataclass(frozen=True)
class TaskStamp:
    """`stamp` changes with claim, give back, pass on, complete. `foreign_draft`: the version of the draft if somebody else than
    the reader has saved it last, else 0.
    """

    stamp: str
    foreign_draft: int


def stamp_of(page: InboxPage) -> str:
    """Give the stamp of an inbox that has just been asked for: `inbox_stamp` gives the same until something changes."""
    rows = ((row.task_id, row.version, row.due.at is not None and row.due.at < page.now) for row in page.rows)
    return _inbox(rows, page.counts, page.now)


def inbox_stamp(actor: Actor, view: str, filters: Mapping[str, str], cursor: str | None, limit: int) -> str:
    """Give it for the page of the inbox with these filters that begins at the cursor."""
    look = Look(View(view) if view in set(View) else View.ALL, clock.now())
    after = read_cursor(cursor, type(look.now), UUID)
    chosen = Filters(**{name: value.strip() for name, value in filters.items()})
    keys = {"after_at": after[0], "after_id": after[1]} if after else {}
    with read() as session:
        statement = _paging(actor, chosen, look.view, has_after=after is not None)
        rows = session.execute(statement, {"limit": limit, **keys, **look.bounds()}).all()
        counts, _ = inbox_counts(session, actor, chosen, look)
    return _inbox(((row.id, row.version, row.inbox_at < look.now) for row in rows), counts, look.now)


def case_stamp(actor: Actor, case_id: UUID) -> str:
    """Give it for a case that the reader sees whole: whatever happens on it is a journal entry. NotFoundError for others."""
    with read() as session:
        length = session.scalar(select(Case.journal_length).where(Case.id == case_id, sees_whole_case(actor)))
    if length is None:
        raise NotFoundError(message("There is no such case."))
    return str(length)


def task_stamp(actor: Actor, task_id: UUID) -> TaskStamp:
    """Give it for a task that the reader sees; NotFoundError for others."""
    with read() as session:
        row = session.execute(
            select(UserTask.version, UserTask.draft_version, UserTask.draft_by_id)
            .join(Case, Case.id == UserTask.case_id)
            .where(UserTask.id == task_id, sees_task(actor))
        ).one_or_none()
    if row is None:
        raise NotFoundError(message("There is no such task."))
    is_foreign = row.draft_by_id is not None and row.draft_by_id != actor.id
    return TaskStamp(str(row.version), row.draft_version if is_foreign else 0)


def _inbox(rows: Iterable[tuple[UUID, int, bool]], counts: Mapping[str, int], now: datetime) -> str:
    """With the hour, after which "in 4 h 26 min" is too old."""
    seen = repr(([(str(task_id), version, late) for task_id, version, late in rows], dict(counts), f"{now:%Y%m%d%H}"))
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


@lru_cache(maxsize=KEPT)
def _paging(actor: Actor, filters: Filters, view: View, *, has_after: bool) -> AnySelect:
    of_view, kinds = view_condition(view, actor.id), view_kinds(view)
    chosen = scan(actor, filters).page(of_view, has_after=has_after, kinds=kinds).subquery()
    first = select(chosen).order_by(chosen.c.inbox_at, chosen.c.id).limit(bindparam("limit")).subquery()
    return (
        select(UserTask.id, UserTask.version, UserTask.inbox_at)
        .join(first, first.c.id == UserTask.id)
        .order_by(UserTask.inbox_at, UserTask.id)
    )
