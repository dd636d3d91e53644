"""Something that a process draft builds on was released anew, and somebody has looked at it: the draft lies over that now.

The files that the draft has changed stay as they are in it; all others are those of the new release.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError
from casework.i18n import message
from casework.model import ProcessDraftFile, ProcessDraftState
from casework.model.process_draft import OPEN
from casework.model.process_rights import require_owner
from casework.model.words import state_words
from casework.operations.process_drafts.locking import lock_draft
from casework.operations.process_drafts.return_process_draft import send_back
from casework.operations.process_history import lock_processes, note
from casework.operations.releasing import released_version
from casework.studio import released_folder
from casework.studio.workspace import checksum_of

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def rebase_process_draft(actor: Actor, *, process_draft_id: UUID) -> None:
    """Owners only. What was submitted or approved must be submitted again: it is not what was looked at any more."""
    require_owner(actor)
    at = clock.now()
    with transaction() as session:
        draft = lock_draft(session, process_draft_id)
        lock_processes(session)
        if draft.state not in OPEN:
            raise ConflictError(message("The process draft is already {state}.", state=state_words(draft.state)))
        if draft.state is not ProcessDraftState.DRAFT:
            reason = message("Something that the draft builds on was released anew.").text()
            send_back(session, draft, actor, at, reason=reason)
        version, released = (
            released_version(session, draft.process_id),
            released_folder(session, first=draft.process_id),
        )
        draft.based_on_id = version.id if version else None
        files = session.scalars(select(ProcessDraftFile).where(ProcessDraftFile.process_draft_id == draft.id))
        for file in files:
            file.base_checksum = checksum_of(released.content(file.kind, file.key))
        words = {"version": version.version if version else None}
        note(session, draft.process_id, "process_draft_rebased", actor, at, process_draft_id=draft.id, **words)
