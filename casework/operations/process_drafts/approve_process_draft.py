"""Somebody else approves a process draft: a process owner, and a team leader too where one of the law's deadlines is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError
from casework.i18n import message
from casework.model import ProcessDraftState
from casework.model.process_rights import approves_as, has_changed
from casework.model.words import state_words
from casework.operations.process_drafts.locking import lock_draft
from casework.operations.process_drafts.submit_process_draft import refuse_stale
from casework.operations.process_drafts.telling import tell_those_who_made_it
from casework.operations.process_history import note
from casework.studio import needs_leader, workspace_of

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor, ProcessDraft


def approve_process_draft(actor: Actor, *, process_draft_id: UUID, comment: str = "") -> bool:
    """Give the actor's approval; True when nothing more is needed and it may be released.

    Refuses (ForbiddenError) whoever has made, changed or submitted it, and who has no role whose approval is still needed;
    (ConflictError) a draft that is not submitted, and one under which something else was released.
    """
    at = clock.now()
    with transaction() as session:
        draft = lock_draft(session, process_draft_id)
        if draft.state is not ProcessDraftState.SUBMITTED:
            raise ConflictError(message("The process draft is already {state}.", state=state_words(draft.state)))
        space = workspace_of(session, process_draft_id)
        needed = needed_parts(leader=needs_leader(space))
        parts = _parts(actor, draft, needed)
        refuse_stale(space)
        signed = [{"id": str(actor.id), "name": actor.name, "as": part, "at": at.isoformat()} for part in sorted(parts)]
        draft.approvals = [*draft.approvals, *signed]
        is_enough = needed <= {one["as"] for one in draft.approvals}
        if is_enough:
            draft.approve()
        draft.decided_at, draft.decided_by_id, draft.decided_by = at, actor.id, actor.name
        draft.decision_reason = comment.strip()[:2000]
        words = {"as": sorted(parts), "comment": draft.decision_reason, "is_enough": is_enough}
        note(session, draft.process_id, "process_draft_approved", actor, at, process_draft_id=draft.id, **words)
        if is_enough:
            tell_those_who_made_it(session, draft, at, but=actor.id)
        return is_enough


def needed_parts(*, leader: bool) -> frozenset[str]:
    """Whose approvals a draft needs."""
    return frozenset({"owner", "leader"} if leader else {"owner"})


def _parts(actor: Actor, draft: ProcessDraft, needed: frozenset[str]) -> frozenset[str]:
    if has_changed(actor, draft):
        raise ForbiddenError(message("You have changed it or asked for it yourself: somebody else must approve it."))
    parts = approves_as(actor) & (needed - {one["as"] for one in draft.approvals})
    if not parts:
        raise ForbiddenError(message("You do not have the role for this."))
    return parts
