"""Starts a process on a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import clock
from casework.database import transaction
from casework.model.visibility import sees_whole_case
from casework.operations.turns import StartedInstance, lock_case, start_instance

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def start_process(
    actor: Actor,
    *,
    case_id: UUID,
    process_id: str,
    variables: dict[str, Any] | None = None,
    facts: dict[str, Any] | None = None,
    start_message: str | None = None,
) -> StartedInstance:
    """Start the released version of a process on a case that the actor sees whole (else NotFoundError).

    `facts` become facts of the case first. A process that gets stuck at once has started, with an incident.
    """
    at = clock.now()
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        return start_instance(
            session,
            case,
            process_id,
            actor=actor,
            at=at,
            variables=variables,
            facts=facts,
            start_message=start_message,
        )
