"""A process owner begins to change a process: a draft over its released version. Nothing is copied until a file is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import ProcessDraft, ProcessVersion
from casework.model.process_draft import OPEN
from casework.model.process_rights import require_owner
from casework.operations.process_history import lock_processes, note
from casework.operations.releasing import released_version

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor


def start_process_draft(actor: Actor, *, process_id: str) -> UUID:
    """Give the id of the open draft of a process; without one, begin it. Owners only.

    Refuses a process of which there is no version (NotFoundError). A retired process is drafted from its last version.
    """
    require_owner(actor)
    with transaction() as session:
        lock_processes(session)
        if (known := open_draft(session, process_id)) is not None:
            return known
        version = released_version(session, process_id) or _last(session, process_id)
        if version is None:
            raise NotFoundError(message("There is no such process."))
        at = clock.now()
        draft = ProcessDraft(
            process_id=process_id,
            name=version.name,
            name_en=version.name_en,
            based_on_id=version.id,
            created_at=at,
            created_by_id=actor.id,
            created_by=actor.name,
        )
        session.add(draft)
        session.flush()
        note(
            session, process_id, "process_draft_started", actor, at, process_draft_id=draft.id, version=version.version
        )
        return draft.id


def open_draft(session: Session, process_id: str) -> UUID | None:
    """The id of the open draft of a process."""
    return session.scalar(
        select(ProcessDraft.id).where(ProcessDraft.process_id == process_id, ProcessDraft.state.in_(OPEN))
    )


def _last(session: Session, process_id: str) -> ProcessVersion | None:
    of_process = select(ProcessVersion).where(ProcessVersion.process_id == process_id)
    return session.scalars(of_process.order_by(ProcessVersion.version.desc()).limit(1)).first()
