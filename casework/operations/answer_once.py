"""A request under an `Idempotency-Key`: what it does and what it was answered are kept in one transaction.

A server killed at any moment leaves both or neither, so the same request again never does the thing twice. What was refused
changed nothing and is not kept: it may be mended and sent again under the same key.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from casework import clock
from casework.database import one_transaction
from casework.errors import ConflictError, InvalidError
from casework.i18n import message
from casework.model import IdempotencyKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from casework.model import Actor

#: Longer than a sender's queue may stand still over the holidays.
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Answer:
    """What was answered; `is_again`: it was not done now, but at the first request."""

    status: int
    body: Any
    is_again: bool = False


def answer_once(actor: Actor, *, key: str, request: bytes, work: Callable[[], Answer]) -> Answer:
    """Do `work` (operations, which become one transaction with the answer), or give the answer that was given before.

    Refuses another `request` (method, address and body) under the same key (InvalidError), and one that is being worked on
    at this moment (ConflictError; on SQLite it waits instead, and then gives the answer).
    """
    fingerprint = hashlib.sha256(request).digest()
    with one_transaction() as session:
        _forget_old_ones(session, fingerprint)
        _take_turns(session, actor, key)
        earlier = session.get(IdempotencyKey, (actor.id, key))
        if earlier is not None:
            return _again(earlier, fingerprint)
        answer = work()
        kept = {"status": answer.status, "body": answer.body, "created_at": clock.now()}
        session.add(IdempotencyKey(actor_id=actor.id, key=key, fingerprint=fingerprint, **kept))
        return answer


def _again(earlier: IdempotencyKey, fingerprint: bytes) -> Answer:
    if earlier.fingerprint != fingerprint:
        wrong = message("This Idempotency-Key was used for another request.")
        raise InvalidError(wrong, {"Idempotency-Key": [wrong]})
    return Answer(earlier.status, earlier.body, is_again=True)


def _take_turns(session: Session, actor: Actor, key: str) -> None:
    if session.get_bind().dialect.name != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(f"{actor.id}:{key}".encode()).digest()[:8], signed=True)
    if not session.scalar(select(func.pg_try_advisory_xact_lock(number))):
        raise ConflictError(message("The same request is being worked on. Ask again in a moment."))


def _forget_old_ones(session: Session, fingerprint: bytes) -> None:
    """One request in 256 clears away; before anything is locked, so that nobody waits for somebody who waits."""
    if fingerprint[0] == 0:
        session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < clock.now() - KEPT))
