"""Releases approved process drafts on their day, at the municipality's midnight. The workers look each minute.

What cannot be released then is sent back with the reason, and those who made it are told: it is tried once, not each minute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.calendar import day_of
from casework.database import read, transaction
from casework.errors import CaseworkError, InvalidError
from casework.model import SYSTEM, ProcessDraft, ProcessDraftState
from casework.operations.process_drafts.locking import lock_draft
from casework.operations.process_drafts.release_process_draft import release_process_draft
from casework.operations.process_drafts.return_process_draft import send_back

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from casework.operations.process_drafts.release_process_draft import ScenarioFailures


def release_due_drafts(scenario_failures: ScenarioFailures) -> int:
    """Release each draft whose day has come; gives how many were released or sent back."""
    due = _due()
    for process_draft_id in due:
        try:
            release_process_draft(SYSTEM, process_draft_id=process_draft_id, scenario_failures=scenario_failures)
        except CaseworkError as error:
            _send_back(process_draft_id, error)
    return len(due)


def _due() -> Sequence[UUID]:
    approved, today = ProcessDraft.state == ProcessDraftState.APPROVED, day_of(clock.now())
    with read() as session:
        query = select(ProcessDraft.id).where(approved, ProcessDraft.effective_on <= today)
        return session.scalars(query.order_by(ProcessDraft.effective_on, ProcessDraft.id)).all()


def _send_back(process_draft_id: UUID, error: CaseworkError) -> None:
    """Unless another worker has released it meanwhile."""
    more = error.fields.values() if isinstance(error, InvalidError) else ()
    sentences = [error.message.text(), *(sentence.text() for found in more for sentence in found)]
    with transaction() as session:
        draft = lock_draft(session, process_draft_id)
        if draft.state is ProcessDraftState.APPROVED:
            send_back(session, draft, SYSTEM, clock.now(), reason=" ".join(dict.fromkeys(sentences)))
