"""Every look at a child's file is on record: who, what, when. Called by the doors, which alone know that somebody looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.model import AccessEntry, AccessKind

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor

#: Longer words of a search are cut: a log is no place for case text.
MAX_DETAIL = 200


def log_access(
    actor: Actor,
    *,
    kind: str,
    subject: str,
    subject_id: UUID | None = None,
    case_id: UUID | None = None,
    person_id: UUID | None = None,
    detail: str = "",
) -> None:
    """Write one entry. `kind` is one of `AccessKind`; `detail` never holds a CPR number (searches come masked)."""
    with transaction() as session:
        session.add(
            AccessEntry(
                at=clock.now(),
                kind=AccessKind(kind),
                actor=actor.name,
                actor_id=actor.id,
                case_id=case_id,
                person_id=person_id,
                subject=subject,
                subject_id=subject_id,
                detail=detail[:MAX_DETAIL],
            )
        )
