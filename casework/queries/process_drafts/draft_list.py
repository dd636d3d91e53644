"""The process drafts that are open, and whom each of them waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.forms.words import words
from casework.model import ProcessDraft, ProcessDraftState
from casework.model.process_draft import OPEN
from casework.model.process_rights import approves_as, has_changed, sees_drafts

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from casework.forms.words import Words
    from casework.model import Actor


@dataclass(frozen=True)
class DraftRow:
    """`is_mine_to_approve`: the reader may look at it with an eye to approving it."""

    id: UUID
    process_id: str
    name: Words
    state: str
    created_at: datetime
    created_by: str
    submitted_at: datetime | None
    submitted_by: str
    effective_on: date | None
    is_new_process: bool
    is_mine_to_approve: bool


def draft_list(actor: Actor) -> tuple[DraftRow, ...]:
    """By name; none for who may not see drafts."""
    if not sees_drafts(actor):
        return ()
    with read() as session:
        drafts = session.scalars(select(ProcessDraft).where(ProcessDraft.state.in_(OPEN)).order_by(ProcessDraft.name))
        return tuple(_row(actor, draft) for draft in drafts)


def _row(actor: Actor, draft: ProcessDraft) -> DraftRow:
    waits = draft.state is ProcessDraftState.SUBMITTED
    return DraftRow(
        id=draft.id,
        process_id=draft.process_id,
        name=words(draft.name, draft.name_en),
        state=draft.state.value,
        created_at=draft.created_at,
        created_by=draft.created_by,
        submitted_at=draft.submitted_at,
        submitted_by=draft.submitted_by,
        effective_on=draft.effective_on,
        is_new_process=draft.based_on_id is None,
        is_mine_to_approve=waits and bool(approves_as(actor)) and not has_changed(actor, draft),
    )
