"""What an owner has asked for is not done: somebody who could agree says no, or who asked takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import ForbiddenError
from casework.i18n import message
from casework.model.process_rights import approves_as
from casework.operations.process_drafts.asking import DECIDED, locked_request
from casework.operations.process_drafts.reasons import said
from casework.operations.process_drafts.telling import tell_about
from casework.operations.process_history import note

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def decline_process_request(actor: Actor, *, request_id: UUID, reason: str) -> None:
    """With a reason, which stands in the history; who asked is told. Refuses (ForbiddenError) others."""
    texts = said(reason=reason)
    at = clock.now()
    with transaction() as session:
        request = locked_request(session, request_id)
        is_own = actor.id is not None and actor.id == request.asked_by_id
        if not is_own and not approves_as(actor):
            raise ForbiddenError(message("You do not have the role for this."))
        request.decline(actor.id, actor.name, at)
        note(
            session,
            request.process_id,
            "process_request_withdrawn" if is_own else "process_request_declined",
            actor,
            at,
            reason=texts["reason"],
        )
        if request.asked_by_id is not None and not is_own:
            tell_about(session, request.process_id, DECIDED, at, [request.asked_by_id])
