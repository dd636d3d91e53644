"""Takes what a process draft says of one file back: it is the released file again, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, NotFoundError
from casework.i18n import message
from casework.model import ProcessDraftFile
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.locking import lock_changeable
from casework.operations.process_history import note

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor, ArtifactKind


def take_back_draft_file(actor: Actor, *, process_draft_id: UUID, kind: ArtifactKind, key: str) -> None:
    """Owners only. Refuses a file that the draft has not changed (NotFoundError), and who does not hold it (ConflictError)."""
    require_owner(actor)
    at = clock.now()
    with transaction() as session:
        draft = lock_changeable(session, process_draft_id)
        if draft.is_held_by_another(actor.id, at):
            raise ConflictError(message("{name} is changing this process draft just now.", name=draft.held_by))
        kept = session.get(ProcessDraftFile, (draft.id, kind, key))
        if kept is None:
            raise NotFoundError(message("The process draft has not changed this file."))
        session.delete(kept)
        words = {"file": key, "file_kind": kind.value}
        note(session, draft.process_id, "process_draft_file_taken_back", actor, at, process_draft_id=draft.id, **words)
