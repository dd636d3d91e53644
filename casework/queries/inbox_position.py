"""Where a task stands in somebody's inbox: "opgave 5 af 42", and which comes next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, case, func, or_, select, true

from casework.database import read
from casework.model import UserTask
from casework.queries.columns import IS_ACTIVE
from casework.queries.inbox_scan import KEPT, Filters, scan

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor
    from casework.queries.columns import AnySelect


@dataclass(frozen=True)
class Position:
    """`number` of `of`, in the order of the inbox; `next_id` is None at its end."""

    number: int
    of: int
    next_id: UUID | None


def inbox_position(actor: Actor, task_id: UUID) -> Position | None:
    """Give it for a task in the actor's inbox; None for any other task."""
    is_there, counted, nearest = _statements(actor)
    with read() as session:
        at = session.scalar(is_there, {"of_task": task_id})
        if at is None:
            return None
        place = {"after_at": at, "after_id": task_id}
        number, of = session.execute(counted, place).one()
        return Position(number, of, session.scalar(nearest, {**place, "limit": 1}))


@lru_cache(maxsize=KEPT)
def _statements(actor: Actor) -> tuple[AnySelect, AnySelect, AnySelect]:
    """Whether it is there; how many are not after it, and how many in all; which comes next.

    The id is compared too: tasks of one instance often share a deadline.
    """
    inbox = scan(actor, Filters())
    is_in = IS_ACTIVE, or_(*(branch.condition for branch in inbox.branches))
    at, task_id = bindparam("after_at", type_=UserTask.inbox_at.type), bindparam("after_id", type_=UserTask.id.type)
    earlier = or_(UserTask.inbox_at < at, and_(UserTask.inbox_at == at, UserTask.id <= task_id))
    following = inbox.page(lambda _: true(), has_after=True).subquery()
    return (
        select(UserTask.inbox_at).where(UserTask.id == bindparam("of_task"), *is_in),
        select(func.count(case((earlier, 1))), func.count()).where(*is_in),
        select(following.c.id).order_by(following.c.inbox_at, following.c.id).limit(1),
    )
