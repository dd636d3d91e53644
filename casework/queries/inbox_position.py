"""Where a task stands in somebody's inbox: "opgave 5 af 42", and which comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, case, func, literal, or_, select, true

from casework.database import read
from casework.model import UserTask
from casework.queries.columns import IS_ACTIVE
from casework.queries.inbox_scan import Branch, Filters, Scan, scan

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor


@dataclass(frozen=True)
class Position:
    """`number` of `of`, in the order of the inbox; `next_id` is None at its end."""

    number: int
    of: int
    next_id: UUID | None


def inbox_position(actor: Actor, task_id: UUID) -> Position | None:
    """Give it for a task in the actor's inbox; None for any other task."""
    inbox = scan(actor, Filters())
    with read() as session:
        at = session.scalar(select(UserTask.inbox_at).where(UserTask.id == task_id, IS_ACTIVE, _in(inbox.branches)))
        if at is None:
            return None
        number, of = _count(session, inbox, at, task_id)
        following = inbox.page(lambda _: true(), has_after=True).subquery()
        nearest = select(following.c.id).order_by(following.c.inbox_at, following.c.id).limit(1)
        following_id = session.scalar(nearest, {"after_at": at, "after_id": task_id, "limit": 1})
        return Position(number, of, following_id)


def _in(branches: tuple[Branch, ...]) -> ColumnElement[bool]:
    return or_(*(branch.condition for branch in branches))


def _count(session: Session, inbox: Scan, at: datetime, task_id: UUID) -> tuple[int, int]:
    """Count what is not after it. The id is compared too: tasks of one instance often share a deadline."""
    earlier = or_(
        UserTask.inbox_at < literal(at, UserTask.inbox_at.type),
        (UserTask.inbox_at == literal(at, UserTask.inbox_at.type)) & (UserTask.id <= task_id),
    )
    row = session.execute(
        select(func.count(case((earlier, 1))), func.count()).where(IS_ACTIVE, _in(inbox.branches))
    ).one()
    return row[0], row[1]
