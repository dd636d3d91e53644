"""Find a case, a child or a task by number, name, or a whole CPR number; never by a part of a number.

What was searched for is for the door to record: `SearchResult.text` is fit for that, its CPR number masked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import or_, select, true

from casework import clock
from casework.database import read
from casework.model import Case, UserTask
from casework.queries.case_rows import case_rows, select_cases
from casework.queries.case_search import fit_for_record, is_about, whole_number
from casework.queries.columns import contains
from casework.queries.inbox_scan import Filters, scan
from casework.queries.task_rows import select_task_rows, task_row

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.queries.case_rows import CaseRow
    from casework.queries.task_rows import InboxRow

#: Shorter words find half the municipality.
SHORTEST = 2


@dataclass(frozen=True)
class SearchResult:
    """`text` as it was searched for, with a CPR number masked."""

    text: str
    cases: tuple[CaseRow, ...]
    tasks: tuple[InboxRow, ...]


def search(actor: Actor, text: str, *, limit: int = 10) -> SearchResult:
    """Find among what the actor may see. A whole CPR number finds the child's case and cases of its relatives."""
    text, number = text.strip(), whole_number(text)
    said = fit_for_record(text)
    if len(text) < SHORTEST:
        return SearchResult(said, (), ())
    now = clock.now()
    with read() as session:
        chosen = select_cases(actor).where(is_about(text)).order_by(Case.opened_at.desc(), Case.id.desc()).limit(limit)
        rows = case_rows(session, session.execute(chosen).all(), now)
        tasks = () if number else _tasks(session, actor, text, limit, now)
    return SearchResult(said, rows, tasks)


def _tasks(session: Session, actor: Actor, text: str, limit: int, now: datetime) -> tuple[InboxRow, ...]:
    found = scan(actor, Filters())
    named = or_(
        contains(UserTask.name, text), contains(UserTask.name_en, text), *Filters(text=text).of_named(found.branches)
    )
    found = replace(found, conditions=[named])
    chosen = found.page(lambda _: true(), has_after=False).subquery()
    first = select(chosen).order_by(chosen.c.inbox_at, chosen.c.id).limit(limit).subquery()
    return tuple(task_row(row, actor, now) for row in session.execute(select_task_rows(first), {"limit": limit}))
