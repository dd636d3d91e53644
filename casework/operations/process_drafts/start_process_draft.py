"""A process owner begins to change a process: a draft over its released version. Nothing is copied until a file is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import ProcessDraft, ProcessVersion, ProcessVersionState
from casework.model.process_draft import OPEN
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.save_draft_file import keep_file
from casework.operations.process_history import lock_processes, note
from casework.operations.releasing import released_version
from casework.studio import released_folder
from casework.studio.going_back import files_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor


def start_process_draft(actor: Actor, *, process_id: str, from_version: int | None = None) -> UUID:
    """Give the id of the open draft of a process; without one, begin it. Owners only.

    `from_version` lays the files of that version into a new draft, where they differ from the released ones. Refuses a process
    or version that is not there (NotFoundError). A retired process is drafted from its last version.
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
            based_on_id=version.id if version.state is ProcessVersionState.RELEASED else None,
            created_at=at,
            created_by_id=actor.id,
            created_by=actor.name,
            authors=[],
        )
        session.add(draft)
        session.flush()
        note(
            session, process_id, "process_draft_started", actor, at, process_draft_id=draft.id, version=version.version
        )
        _lay_in(session, draft, _laid_in(session, process_id, version, from_version), by=(actor, at))
        return draft.id


def open_draft(session: Session, process_id: str) -> UUID | None:
    """The id of the open draft of a process."""
    return session.scalar(
        select(ProcessDraft.id).where(ProcessDraft.process_id == process_id, ProcessDraft.state.in_(OPEN))
    )


def _laid_in(
    session: Session, process_id: str, version: ProcessVersion, from_version: int | None
) -> ProcessVersion | None:
    """The version whose files go into the draft; a retired process would have none otherwise."""
    if from_version is None:
        return version if version.state is ProcessVersionState.RETIRED else None
    wanted = ProcessVersion.process_id == process_id, ProcessVersion.version == from_version
    found = session.scalars(select(ProcessVersion).where(*wanted)).one_or_none()
    if found is None:
        raise NotFoundError(message("There is no such process."))
    return found


def _lay_in(
    session: Session, draft: ProcessDraft, version: ProcessVersion | None, *, by: tuple[Actor, datetime]
) -> None:
    if version is None:
        return
    released = released_folder(session, first=draft.process_id)
    for (kind, key), content in files_of(session, version.id):
        if released.content(kind, key) != content:
            keep_file(session, draft, (kind, key, content), 0, by=by)


def _last(session: Session, process_id: str) -> ProcessVersion | None:
    of_process = select(ProcessVersion).where(ProcessVersion.process_id == process_id)
    return session.scalars(of_process.order_by(ProcessVersion.version.desc()).limit(1)).first()
