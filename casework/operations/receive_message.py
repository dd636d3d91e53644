"""A message comes in for a case, from another system or from a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import clock
from casework.database import transaction
from casework.errors import InvalidError, LimitError
from casework.i18n import message
from casework.model.visibility import sees_whole_case
from casework.operations.turns import Received, deliver, lock_case

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor

#: Names and keys; and how many values a payload may have.
LONGEST, MOST_VALUES = 200, 100


def receive_message(
    actor: Actor,
    *,
    case_id: UUID,
    name: str,
    payload: dict[str, Any] | None = None,
    correlation: str = "",
    dedupe_key: str | None = None,
) -> Received:
    """Deliver a message to whoever awaits it on the case, start what starts with it, or keep it until somebody awaits it.

    `payload` holds flags, dates and ids, never case text. The same `dedupe_key` again changes nothing and is answered as
    before. Refuses cases that the actor does not see whole (NotFoundError).
    """
    _check(name, payload or {}, correlation, dedupe_key)
    at = clock.now()
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        return deliver(
            session,
            case,
            name,
            actor=actor,
            at=at,
            payload=payload,
            correlation=correlation,
            dedupe_key=dedupe_key,
        )


def _check(name: str, payload: dict[str, Any], correlation: str, dedupe_key: str | None) -> None:
    if not name.strip():
        raise InvalidError(message("The message has no name."), {"name": [message("The message has no name.")]})
    if max(len(name), len(correlation), len(dedupe_key or "")) > LONGEST:
        raise LimitError(message("Names and keys have at most {limit} characters.", limit=LONGEST))
    if len(payload) > MOST_VALUES or any(len(str(value)) > LONGEST * 10 for value in payload.values()):
        raise LimitError(message("A message holds flags, dates and ids, and no long text."))
