"""Writes journal entries: who did what when on a case, each chained to the one before by its hash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.model import JournalEntry

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor, Case


def record(
    session: Session,
    case: Case,
    kind: str,
    actor: Actor,
    at: datetime,
    *,
    instance_id: UUID | None = None,
    user_task_id: UUID | None = None,
    **details: Any,
) -> JournalEntry:
    """Add the next entry of a case whose row the caller has locked. `kind` is a past tense; `details` hold JSON values only.

    No case text and no CPR number belongs into `details`: a reason that somebody gives is kept as it was given.
    """
    entry = JournalEntry(
        case_id=case.id,
        number=case.journal_length + 1,
        kind=kind,
        at=at,
        actor=actor.name,
        actor_id=actor.id,
        instance_id=instance_id,
        user_task_id=user_task_id,
        details=details,
    )
    entry.hash = entry.computed_hash(case.journal_head)
    case.journal_length, case.journal_head = entry.number, entry.hash
    session.add(entry)
    return entry
