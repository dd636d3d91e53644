"""Nobody wants a process draft any more. It stays in the history, with its files, and another may be begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError
from casework.i18n import message
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.locking import lock_draft
from casework.operations.process_drafts.reasons import said
from casework.operations.process_history import note

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def discard_process_draft(actor: Actor, *, process_draft_id: UUID, reason: str) -> None:
    """Owners only, with a reason. Refuses (ConflictError) a draft that somebody else has open, or that is not open any more."""
    require_owner(actor)
    texts = said(reason=reason)
    at = clock.now()
    with transaction() as session:
        draft = lock_draft(session, process_draft_id)
        if draft.is_held_by_another(actor.id, at):
            raise ConflictError(message("{name} is changing this process draft just now.", name=draft.held_by))
        draft.discard()
        draft.hold(None, "", None)
        note(session, draft.process_id, "process_draft_discarded", actor, at, process_draft_id=draft.id, **texts)
