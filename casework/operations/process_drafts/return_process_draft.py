"""A process draft is sent back to those who made it, with a reason: by who decides about it, or by an owner who wants it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError
from casework.i18n import message
from casework.model import ProcessDraftState
from casework.model.process_rights import approves_as
from casework.operations.process_drafts.locking import lock_draft
from casework.operations.process_drafts.reasons import said
from casework.operations.process_drafts.telling import tell_those_who_made_it
from casework.operations.process_history import note

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor, ProcessDraft


def return_process_draft(actor: Actor, *, process_draft_id: UUID, reason: str) -> None:
    """It may be changed again, and whatever approval it had is gone. Owners and team leaders.

    Refuses a draft that is neither submitted nor approved (ConflictError), and no reason (InvalidError).
    """
    if not approves_as(actor):
        raise ForbiddenError(message("You do not have the role for this."))
    texts = said(reason=reason)
    at = clock.now()
    with transaction() as session:
        draft = lock_draft(session, process_draft_id)
        if draft.state is ProcessDraftState.DRAFT:
            raise ConflictError(message("The process draft can be changed already."))
        send_back(session, draft, actor, at, reason=texts["reason"])


def send_back(session: Session, draft: ProcessDraft, actor: Actor, at: datetime, *, reason: str) -> None:
    """The same for a draft that is locked."""
    draft.send_back()
    draft.decided_at, draft.decided_by_id, draft.decided_by, draft.decision_reason = at, actor.id, actor.name, reason
    note(session, draft.process_id, "process_draft_returned", actor, at, process_draft_id=draft.id, reason=reason)
    tell_those_who_made_it(session, draft, at, but=actor.id)
