"""Locks a process draft, for whoever changes anything of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.errors import ConflictError, NotFoundError
from casework.i18n import message
from casework.model import ProcessDraft, ProcessDraftState
from casework.model.words import state_words

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session


def lock_draft(session: Session, process_draft_id: UUID) -> ProcessDraft:
    """The draft, locked. NotFoundError when there is none."""
    query = select(ProcessDraft).where(ProcessDraft.id == process_draft_id).with_for_update()
    draft = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if draft is None:
        raise NotFoundError(message("There is no such process draft."))
    return draft


def lock_changeable(session: Session, process_draft_id: UUID) -> ProcessDraft:
    """The same, where files may be changed; else ConflictError."""
    draft = lock_draft(session, process_draft_id)
    if draft.state is not ProcessDraftState.DRAFT:
        raise ConflictError(message("The process draft is already {state}.", state=state_words(draft.state)))
    return draft
