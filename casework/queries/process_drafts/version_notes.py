"""Beside each version of a process: why it was released, by which paragraph, and who approved it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.model import ProcessDraft, ProcessVersion

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


@dataclass(frozen=True)
class VersionNote:
    """`draft_of` is the process whose draft brought the version, when that was another one."""

    process_draft_id: UUID
    reason: str
    legal_basis: str
    approved_by: tuple[str, ...]
    draft_of: str | None


def version_notes(actor: Actor, process_id: str) -> dict[UUID, VersionNote]:
    """By the id of the version; none of a version that was deployed. Service accounts need the scope `processes:read`."""
    actor.require_scope("processes:read")
    with read() as session:
        rows = session.execute(
            select(ProcessVersion.id, ProcessDraft)
            .join(ProcessDraft, ProcessDraft.id == ProcessVersion.process_draft_id)
            .where(ProcessVersion.process_id == process_id)
        )
        return {row.id: _note(row.ProcessDraft, process_id) for row in rows}


def _note(draft: ProcessDraft, process_id: str) -> VersionNote:
    return VersionNote(
        process_draft_id=draft.id,
        reason=draft.reason,
        legal_basis=draft.legal_basis,
        approved_by=tuple(dict.fromkeys(one["name"] for one in draft.approvals)),
        draft_of=draft.process_id if draft.process_id != process_id else None,
    )
