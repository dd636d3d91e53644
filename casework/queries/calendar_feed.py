"""The own deadlines for a calendar program: what is open, with a date, and the reader's own. No case text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.calendar import day_of
from casework.database import read
from casework.errors import NotFoundError
from casework.forms.words import words
from casework.i18n import message
from casework.model import CalendarLink, Case, UserTask
from casework.model.visibility import sees_task
from casework.queries.columns import IS_ACTIVE
from casework.queries.due_words import is_whole_day
from casework.queries.load_actor import load_actor

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from casework.forms.words import Words
    from casework.model import Actor

#: More would be no calendar; who has more has another problem, which the overview shows.
MOST = 1000


@dataclass(frozen=True)
class CalendarEntry:
    """One deadline: a day where all of it may be used, else a moment. `name` is that of the task in its diagram."""

    task_id: UUID
    name: Words
    case_number: str
    due: date | datetime


@dataclass(frozen=True)
class CalendarFeed:
    """What the calendar program is told, in the language of the employee."""

    language: str
    now: datetime
    entries: tuple[CalendarEntry, ...]


def calendar_feed(token: str) -> CalendarFeed:
    """Give the open tasks with a deadline that the link's employee has now, as far as they may be seen now.

    NotFoundError for a token that nobody has or had, and for an employee who no longer works here.
    """
    digest = hashlib.sha256(token.encode()).digest()
    standing = CalendarLink.token_hash == digest, CalendarLink.ended_at.is_(None)
    with read() as session:
        employee_id = session.scalar(select(CalendarLink.employee_id).where(*standing))
    if employee_id is None:
        raise NotFoundError(message("There is nothing here that you may see."))
    actor = load_actor(employee_id)
    return CalendarFeed(actor.language, clock.now(), _entries(actor))


def calendar_link_made(actor: Actor) -> datetime | None:
    """Say since when the actor has had a link; None without one."""
    own = CalendarLink.employee_id == actor.id, CalendarLink.ended_at.is_(None)
    with read() as session:
        return session.scalar(select(CalendarLink.created_at).where(*own))


def _entries(actor: Actor) -> tuple[CalendarEntry, ...]:
    query = (
        select(UserTask.id, UserTask.name, UserTask.name_en, UserTask.due_at, Case.number)
        .join(Case, Case.id == UserTask.case_id)
        .where(UserTask.assignee_id == actor.id, IS_ACTIVE, UserTask.due_at.is_not(None), sees_task(actor))
        .order_by(UserTask.inbox_at, UserTask.id)
        .limit(MOST)
    )
    with read() as session:
        rows = session.execute(query).all()
    return tuple(
        CalendarEntry(row.id, words(row.name, row.name_en), row.number, _due(row.due_at)) for row in rows if row.due_at
    )


def _due(at: datetime) -> date | datetime:
    return day_of(at) if is_whole_day(at) else at
