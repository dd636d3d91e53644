"""The released files with those of a process draft laid over them: what would be, if it were released now."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.config import settings
from casework.engine.drawing import executable_in
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import ArtifactKind, ProcessDraft, ProcessDraftFile, ProcessVersion, ProcessVersionState
from casework.studio.bundles import using
from casework.studio.checking import known_beside
from casework.studio.released_files import active_lanes, released_folder

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.engine import Known
    from casework.studio.files import FileKey, Folder


@dataclass(frozen=True)
class DraftFile:
    """A file of the draft. `is_stale`: what it was changed from is not the released one any more."""

    kind: ArtifactKind
    key: str
    content: bytes
    revision: int
    saved_at: datetime
    saved_by: str
    is_stale: bool


@dataclass(frozen=True)
class Workspace:
    """`released` is the folder without the draft; `changed` are the files that differ from it.

    `is_stale`: another version of the process, or of a changed file, has been released since somebody looked.
    """

    process_id: str
    folder: Folder
    released: Folder
    changed: frozenset[FileKey]
    known: Known
    files: tuple[DraftFile, ...] = ()
    is_stale: bool = False
    #: The released versions by process id.
    versions: dict[str, int] = field(default_factory=dict)

    @property
    def used_by(self) -> list[str]:
        """The processes that get a new version, because they use a changed file."""
        return using(self.folder, self.changed) if self.changed else []

    def scenario_keys(self) -> list[str]:
        """The files of scenarios that the draft concerns: beside its own process, and beside those that use what it changes."""
        processes = (self.process_id, *self.used_by)
        return list(dict.fromkeys(key for one in processes for key in self.folder.scenarios_beside(one)))

    @property
    def checksum(self) -> bytes:
        """SHA-256 over everything that may run: whoever has tried it knows whether it is still the same."""
        words = sorted(f"{file.kind.value}:{file.key}:{file.checksum.hex()}" for file in self.folder.files())
        return hashlib.sha256("\n".join(words).encode()).digest()


def workspace_of(session: Session, process_draft_id: UUID | None) -> Workspace:
    """The workspace of a process draft; without one, the released state as it is. Refuses what is not there."""
    if process_draft_id is None:
        released = released_folder(session)
        return Workspace("", released, released, frozenset(), _known(session, released), versions=_versions(session))
    draft = session.get(ProcessDraft, process_draft_id)
    if draft is None:
        raise NotFoundError(message("There is no such process draft."))
    released = released_folder(session, first=draft.process_id)
    files = tuple(_files(session, draft.id, released))
    folder = released
    for file in files:
        processes = executable_in(released.name(file.kind, file.key), file.content) if _is_diagram(file) else ()
        folder = folder.with_file(file.kind, file.key, file.content, processes)
    changed = frozenset((f.kind, f.key) for f in files if f.content != released.content(f.kind, f.key))
    return Workspace(
        process_id=draft.process_id,
        folder=folder,
        released=released,
        changed=changed,
        known=_known(session, folder),
        files=files,
        is_stale=_released_version(session, draft.process_id) != draft.based_on_id
        or any(file.is_stale for file in files),
        versions=_versions(session),
    )


def _files(session: Session, process_draft_id: UUID, released: Folder) -> list[DraftFile]:
    columns: Any = (
        ProcessDraftFile.kind,
        ProcessDraftFile.key,
        ProcessDraftFile.content,
        ProcessDraftFile.revision,
        ProcessDraftFile.saved_at,
        ProcessDraftFile.saved_by,
        ProcessDraftFile.base_checksum,
    )
    rows = session.execute(
        select(*columns)
        .where(ProcessDraftFile.process_draft_id == process_draft_id)
        .order_by(ProcessDraftFile.kind, ProcessDraftFile.key)
    )
    return [
        DraftFile(
            kind=row.kind,
            key=row.key,
            content=row.content,
            revision=row.revision,
            saved_at=row.saved_at,
            saved_by=row.saved_by,
            is_stale=row.base_checksum != checksum_of(released.content(row.kind, row.key)),
        )
        for row in rows
    ]


def checksum_of(content: bytes | None) -> bytes | None:
    """SHA-256; None of what is not there."""
    return None if content is None else hashlib.sha256(content).digest()


def _is_diagram(file: DraftFile) -> bool:
    return file.kind is ArtifactKind.DIAGRAM


def _known(session: Session, folder: Folder) -> Known:
    return known_beside(folder, settings().processes, active_lanes(session))


def _released_version(session: Session, process_id: str) -> UUID | None:
    is_released = ProcessVersion.state == ProcessVersionState.RELEASED
    return session.scalar(select(ProcessVersion.id).where(ProcessVersion.process_id == process_id, is_released))


def _versions(session: Session) -> dict[str, int]:
    is_released = ProcessVersion.state == ProcessVersionState.RELEASED
    rows = session.execute(select(ProcessVersion.process_id, ProcessVersion.version).where(is_released))
    return {row.process_id: row.version for row in rows}
