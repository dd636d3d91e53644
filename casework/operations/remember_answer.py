"""The answer to a request with an `Idempotency-Key`: begun before the work, finished after it, given again to the same request.

Between the two the work commits on its own. A server killed in between leaves a begun request; after `ABANDONED` it may
be tried again, and the work itself is safe to repeat (versions, dedupe keys).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, InvalidError
from casework.i18n import message
from casework.model import IdempotencyKey

if TYPE_CHECKING:
    from casework.model import Actor

ABANDONED = timedelta(minutes=1)
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Answer:
    """What was answered."""

    status: int
    body: Any


def begin_request(actor: Actor, *, key: str, fingerprint: bytes) -> Answer | None:
    """None: do it, then `finish_request`. Else the earlier answer. Refuses another request under the same key."""
    at = clock.now()
    with transaction() as session:
        session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < at - KEPT))
        earlier = session.get(IdempotencyKey, (actor.id, key), with_for_update=True)
        if earlier is None:
            session.add(IdempotencyKey(actor_id=actor.id, key=key, fingerprint=fingerprint, created_at=at))
            return None
        if earlier.fingerprint != fingerprint:
            wrong = message("This Idempotency-Key was used for another request.")
            raise InvalidError(wrong, {"Idempotency-Key": [wrong]})
        if earlier.status is not None:
            return Answer(earlier.status, earlier.body)
        if earlier.created_at > at - ABANDONED:
            raise ConflictError(message("The same request is being worked on. Ask again in a moment."))
        earlier.created_at = at
        return None


def finish_request(actor: Actor, *, key: str, status: int, body: Any) -> None:
    """Keep the answer for whoever asks the same again."""
    with transaction() as session:
        if row := session.get(IdempotencyKey, (actor.id, key)):
            row.status, row.body = status, body


def forget_request(actor: Actor, *, key: str) -> None:
    """The work failed on our side: the same request may be tried anew."""
    with transaction() as session:
        if row := session.get(IdempotencyKey, (actor.id, key)):
            session.delete(row)
