"""Find a case, a child or a task by number, name, or a whole CPR number; never by a part of a number.

What was searched for is for the door to record: `SearchResult.text` is fit for that, its CPR number masked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select, true

from casework import clock, cpr, crypto
from casework.database import read
from casework.errors import InvalidError
from casework.model import Case, Person, Relation, UserTask
from casework.queries.case_rows import case_rows, select_cases
from casework.queries.columns import contains
from casework.queries.inbox_scan import Filters, Scan, scan
from casework.queries.task_rows import select_task_rows, task_row

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
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
    text = text.strip()
    number = _number(text)
    said = cpr.mask(number) if number else text
    if len(text) < SHORTEST:
        return SearchResult(said, (), ())
    now = clock.now()
    with read() as session:
        found = _of_person(number) if number else or_(contains(Case.number, text), contains(Person.name, text))
        chosen = select_cases(actor).where(found).order_by(Case.opened_at.desc(), Case.id.desc()).limit(limit)
        rows = case_rows(session, session.execute(chosen).all(), now)
        tasks = () if number else _tasks(session, actor, text, limit, now)
    return SearchResult(said, rows, tasks)


def _number(text: str) -> str | None:
    try:
        return cpr.normalise(text)
    except InvalidError:
        return None


def _of_person(number: str) -> ColumnElement[bool]:
    index = crypto.blind_index(number, "person.cpr")
    related = (
        select(Relation.case_id).join(Person, Person.id == Relation.person_id).where(Person.cpr_index == index)
    ).correlate(None)
    return or_(Person.cpr_index == index, Case.id.in_(related))


def _tasks(session: Session, actor: Actor, text: str, limit: int, now: datetime) -> tuple[InboxRow, ...]:
    named = or_(contains(UserTask.name, text), contains(UserTask.name_en, text), *Filters(text=text).conditions())
    found = Scan(scan(actor, Filters()).branches, [named])
    chosen = found.page(_both, None, limit).subquery()
    first = select(chosen).order_by(chosen.c.inbox_at, chosen.c.id).limit(limit).subquery()
    return tuple(task_row(row, actor, now) for row in session.execute(select_task_rows(first)))


def _both(*, is_waiting: bool) -> ColumnElement[bool]:  # noqa: ARG001  our own tasks and those that we wait for
    return true()
