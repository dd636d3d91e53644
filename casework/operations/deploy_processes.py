"""Releases processes: reads a folder of diagrams, decisions and forms, checks all of it, and freezes what has changed.

A version pins the exact files of everything it uses: called processes, decisions, forms. Nothing is written when one of the
files has an error.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import read, transaction
from casework.errors import ConflictError, ForbiddenError
from casework.i18n import message
from casework.model import Artifact, ArtifactKind, PinnedArtifact, Role
from casework.operations.process_history import lock_processes
from casework.operations.releasing import Releasing, released_version
from casework.studio import active_lanes, bundles, checked, known_beside, read_folder

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.studio import Bundle, File, FileKey

MAY_RELEASE = frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Deployed:
    """The released version of a process; `is_new`: it was released now."""

    process_id: str
    version: int
    is_new: bool


def deploy_processes(actor: Actor, *, folder: Path, forms: Path, overwrite: bool = False) -> list[Deployed]:
    """Release every process of `folder` (`**/*.bpmn`, with the `*.dmn` beside them) with the `*.form` of `forms`.

    Running instances stay on their version. Refuses errors of lint (InvalidError; `fields` maps `file:element` to what is
    wrong), so also a lane that no unit answers for, and a job, letter or called process that does not exist. Deploying the
    same again releases nothing. Refuses too (ConflictError) to put files back that were changed in a process draft since, as a
    folder would that nobody has exported to; unless `overwrite`.
    """
    if actor.kind != "system" and not actor.roles & MAY_RELEASE:
        raise ForbiddenError(message("You do not have the role for this."))
    found = read_folder(folder, forms)
    with read() as session:
        lanes = active_lanes(session)
    made = bundles(checked(found, known_beside(found, folder, lanes)))
    with transaction() as session:
        lock_processes(session)
        if not overwrite:
            _refuse_undoing(session, made)
        releasing = Releasing(session, actor, clock.now())
        released = [releasing.release(bundle) for bundle in made]
        return [Deployed(version.process_id, version.version, is_new) for version, is_new in released]


def _refuse_undoing(session: Session, made: list[Bundle]) -> None:
    """A file that is an older one than the file which a released draft has brought."""
    undone: dict[str, None] = {}
    for bundle in made:
        present = released_version(session, bundle.process_id)
        if present is None or present.process_draft_id is None or present.checksum == bundle.checksum:
            continue
        pinned = _pinned(session, present.id)
        for file in bundle.files:
            before = pinned.get((file.kind, file.key))
            if before is not None and before[1] != file.checksum and _version(session, file) < before[0]:
                undone[file.path] = None
    if undone:
        sentence = message(
            "These files were changed in a process draft since: {files}. Export them first, or deploy with --overwrite.",
            files=list(undone),
        )
        raise ConflictError(sentence)


def _pinned(session: Session, version_id: UUID) -> dict[FileKey, tuple[int, bytes]]:
    """Number and checksum of each file that a version runs by."""
    rows = session.execute(
        select(Artifact.kind, Artifact.key, Artifact.version, Artifact.checksum)
        .join(PinnedArtifact, PinnedArtifact.artifact_id == Artifact.id)
        .where(PinnedArtifact.process_version_id == version_id, Artifact.kind != ArtifactKind.SCENARIO)
    )
    return {(row.kind, row.key): (row.version, row.checksum) for row in rows}


def _version(session: Session, file: File) -> float:
    """The number under which the file is kept; one that is not is newer than all."""
    same = Artifact.kind == file.kind, Artifact.key == file.key, Artifact.checksum == file.checksum
    return session.scalar(select(Artifact.version).where(*same)) or math.inf
