"""A process owner asks somebody else to approve a draft, and says why it is wanted and by which paragraph or practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.calendar import day_of
from casework.database import read, transaction
from casework.errors import ConflictError, InvalidError
from casework.i18n import message
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.locking import lock_changeable
from casework.operations.process_drafts.reasons import said
from casework.operations.process_drafts.telling import tell_approvers
from casework.operations.process_history import note
from casework.studio import needs_leader, refuse_errors, workspace_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from casework.model import Actor
    from casework.studio import Workspace


def submit_process_draft(
    actor: Actor, *, process_draft_id: UUID, reason: str, legal_basis: str, effective_on: date | None = None
) -> None:
    """From now on nobody changes it, until it is approved or sent back. Owners only; those who may approve it are told.

    Refuses (InvalidError) missing reasons, a day that is not ahead, errors, and a draft that changes nothing;
    (ConflictError) one that somebody else has open, and one under which something else was released.
    """
    require_owner(actor)
    texts = said(reason=reason, legal_basis=legal_basis)
    at = clock.now()
    if effective_on is not None and effective_on <= day_of(at):
        wrong = message("The day must be ahead.")
        raise InvalidError(wrong, {"effective_on": [wrong]})
    with read() as session:
        space = workspace_of(session, process_draft_id)
    refuse_stale(space)
    refuse_errors(space)
    with transaction() as session:
        draft = lock_changeable(session, process_draft_id)
        if draft.is_held_by_another(actor.id, at):
            raise ConflictError(message("{name} is changing this process draft just now.", name=draft.held_by))
        refuse_another(space, workspace_of(session, process_draft_id))
        draft.submit()
        draft.hold(None, "", None)
        draft.reason, draft.legal_basis, draft.effective_on = texts["reason"], texts["legal_basis"], effective_on
        draft.submitted_at, draft.submitted_by_id, draft.submitted_by = at, actor.id, actor.name
        draft.decision_reason = ""
        words = {**texts, "effective_on": effective_on.isoformat() if effective_on else None}
        note(session, draft.process_id, "process_draft_submitted", actor, at, process_draft_id=draft.id, **words)
        tell_approvers(session, draft, at, with_leaders=needs_leader(space))


def refuse_stale(space: Workspace) -> None:
    """Refuse a draft under which something was released since somebody looked, and one that changes nothing."""
    if space.is_stale:
        raise ConflictError(message("Something that the draft builds on was released anew. Look at it first."))
    if not space.changed:
        raise InvalidError(message("The process draft changes nothing."))


def refuse_another(before: Workspace, now: Workspace) -> None:
    """Refuse what has changed since it was checked."""
    if before.checksum != now.checksum or before.versions != now.versions:
        raise ConflictError(message("Something was changed meanwhile. Try again."))
