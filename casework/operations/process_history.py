"""Writes the history of a process: who did what when and why, each entry chained to the one before by its hash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.model import ProcessHistory, ProcessHistoryEntry

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor


def lock_processes(session: Session) -> None:
    """Whoever changes what is released holds all processes: what is released together must fit together."""
    session.execute(select(ProcessHistory.process_id).order_by(ProcessHistory.process_id).with_for_update()).all()


def note(
    session: Session,
    process_id: str,
    kind: str,
    actor: Actor,
    at: datetime,
    *,
    process_draft_id: UUID | None = None,
    **details: Any,
) -> None:
    """Add the next entry. `kind` is a past tense; `details` hold JSON values only. Locks the process."""
    history = session.get(ProcessHistory, process_id, with_for_update=True)
    if history is None:
        history = ProcessHistory(process_id=process_id, length=0, head=b"")
        session.add(history)
        session.flush()
    entry = ProcessHistoryEntry(
        process_id=process_id,
        number=history.length + 1,
        kind=kind,
        at=at,
        actor=actor.name,
        actor_id=actor.id,
        process_draft_id=process_draft_id,
        details=details,
    )
    entry.hash = entry.computed_hash(history.head)
    history.length, history.head = entry.number, entry.hash
    session.add(entry)
