"""Messages that nobody awaited: kept, shown, and delivered or discarded by a person (`casework.operations`)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import bindparam, literal, or_, select, tuple_

from casework.database import read
from casework.forms.words import words
from casework.model import (
    Case,
    MessageState,
    ProcessInstance,
    ProcessMessage,
    ProcessVersion,
    Subscription,
    SubscriptionState,
)
from casework.model.visibility import sees_incident
from casework.queries.columns import KEPT, OF_CASE
from casework.queries.cursors import read_cursor, write_cursor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from casework.forms.words import Words
    from casework.model import Actor
    from casework.queries.columns import AnySelect

MOST_ROWS = 200


@dataclass(frozen=True)
class KeptMessage:
    """One message. `awaited_by` names the processes on the case that wait for one of this name now."""

    id: UUID
    case_id: UUID
    case_number: str
    name: str
    correlation: str
    sender: str
    received_at: datetime
    payload: dict[str, Any]
    state: str
    awaited_by: tuple[Words, ...]


@dataclass(frozen=True)
class MessageList:
    """One page, oldest first: what has waited longest needs somebody most."""

    rows: tuple[KeptMessage, ...]
    next_cursor: str | None


def messages(actor: Actor, *, case_id: UUID | None = None, cursor: str | None = None, limit: int = 50) -> MessageList:
    """Give one page of kept messages, of cases that the actor sees whole; administrators see those of all cases."""
    after = read_cursor(cursor, datetime, UUID)
    limit = max(1, min(limit, MOST_ROWS))
    with read() as session:
        return message_list(session, actor, case_id, after, limit)


def message_list(
    session: Session, actor: Actor, case_id: UUID | None, after: tuple[Any, ...] | None, limit: int
) -> MessageList:
    """Do the same inside another query."""
    chosen = _kept(actor, of_case=case_id is not None)
    if after:
        chosen = chosen.where(_is_after(*after))
    rows = session.execute(chosen, {"most": limit + 1, **({"of_case": case_id} if case_id else {})}).all()
    waiting = _waiting(session, rows)
    return MessageList(
        rows=tuple(_row(row, waiting) for row in rows[:limit]),
        next_cursor=write_cursor(rows[limit - 1].received_at, rows[limit - 1].id) if len(rows) > limit else None,
    )


@lru_cache(maxsize=KEPT)
def _kept(actor: Actor, *, of_case: bool) -> AnySelect:
    return (
        select(*(column for column in ProcessMessage.__table__.c), Case.number)
        .join(Case, Case.id == ProcessMessage.case_id)
        .where(ProcessMessage.state == MessageState.KEPT, sees_incident(actor))
        .where(*([ProcessMessage.case_id == OF_CASE] if of_case else []))
        .order_by(ProcessMessage.received_at, ProcessMessage.id)
        .limit(bindparam("most"))
    )


def _waiting(session: Session, rows: Sequence[Any]) -> dict[tuple[UUID, str], list[Words]]:
    found: dict[tuple[UUID, str], list[Words]] = defaultdict(list)
    if not rows:
        return found
    wanted = or_(
        *(
            (Subscription.case_id == row.case_id)
            & (Subscription.name == row.name)
            & Subscription.correlation.in_(["", row.correlation])
            for row in rows
        )
    )
    subscribed = session.execute(
        select(Subscription.case_id, Subscription.name, ProcessVersion.name.label("title"), ProcessVersion.name_en)
        .join(ProcessInstance, ProcessInstance.id == Subscription.instance_id)
        .join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
        .where(Subscription.state == SubscriptionState.WAITING, Subscription.kind == "message", wanted)
    )
    for row in subscribed:
        found[row.case_id, row.name].append(words(row.title, row.name_en))
    return found


def _row(row: Any, waiting: dict[tuple[UUID, str], list[Words]]) -> KeptMessage:
    return KeptMessage(
        id=row.id,
        case_id=row.case_id,
        case_number=row.number,
        name=row.name,
        correlation=row.correlation,
        sender=row.sender,
        received_at=row.received_at,
        payload=row.payload,
        state=row.state.value,
        awaited_by=tuple(waiting[row.case_id, row.name]),
    )


def _is_after(received_at: datetime, message_id: UUID) -> Any:
    return tuple_(ProcessMessage.received_at, ProcessMessage.id) > tuple_(
        literal(received_at, ProcessMessage.received_at.type), literal(message_id, ProcessMessage.id.type)
    )
