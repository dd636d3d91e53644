"""Releases processes: reads a folder of diagrams, decisions and forms, checks all of it, and freezes what has changed.

A version pins the exact files of everything it uses: called processes, decisions, forms. Nothing is written when one of the
files has an error.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from casework import clock
from casework.database import read, transaction
from casework.errors import ForbiddenError
from casework.i18n import message
from casework.model import (
    Artifact,
    ArtifactKind,
    PinnedArtifact,
    ProcessVersion,
    ProcessVersionState,
    Role,
    StartMessage,
    StartTimer,
    Unit,
)
from casework.operations.deploying import Bundle, read_bundles

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.operations.deploying import File

MAY_RELEASE = frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Deployed:
    """The released version of a process; `is_new`: it was released now."""

    process_id: str
    version: int
    is_new: bool


def deploy_processes(actor: Actor, *, folder: Path, forms: Path) -> list[Deployed]:
    """Release every process of `folder` (`**/*.bpmn`, with the `*.dmn` beside them) with the `*.form` of `forms`.

    Running instances stay on their version. Refuses errors of lint (InvalidError; `fields` maps `file:element` to what is
    wrong), so also a lane that no unit answers for, and a job, letter or called process that does not exist. Deploying the
    same again releases nothing.
    """
    if actor.kind != "system" and not actor.roles & MAY_RELEASE:
        raise ForbiddenError(message("You do not have the role for this."))
    bundles = read_bundles(folder, forms, _lanes())
    at = clock.now()
    with transaction() as session:
        artifacts = _Artifacts(session, at)
        return [_release(artifacts, bundle, actor.name) for bundle in bundles]


def _lanes() -> frozenset[str]:
    """Those that an active unit answers for: in any other lane, a task would lie in nobody's inbox."""
    with read() as session:
        found = session.scalars(select(Unit.lane).where(Unit.lane.is_not(None), Unit.is_active))
        return frozenset(lane for lane in found if lane)


@dataclass
class _Artifacts:
    """The same file is kept once, whoever pins it."""

    session: Session
    at: datetime
    known: dict[tuple[ArtifactKind, str, bytes], UUID] = field(default_factory=dict)

    def id_of(self, file: File) -> UUID:
        """Asked for once, however many processes use the file."""
        key = (file.kind, file.key, file.checksum)
        if key not in self.known:
            self.known[key] = self._kept(file)
        return self.known[key]

    def _kept(self, file: File) -> UUID:
        same = Artifact.kind == file.kind, Artifact.key == file.key
        known = self.session.scalar(select(Artifact.id).where(*same, Artifact.checksum == file.checksum))
        if known:
            return known
        last = self.session.scalar(select(func.max(Artifact.version)).where(*same)) or 0
        words = {"kind": file.kind, "key": file.key, "checksum": file.checksum, "content": file.content}
        artifact = Artifact(**words, version=last + 1, created_at=self.at)
        self.session.add(artifact)
        self.session.flush()
        return artifact.id


def _release(artifacts: _Artifacts, bundle: Bundle, by: str) -> Deployed:
    session, checksum = artifacts.session, _checksum(bundle)
    newest = session.scalars(
        select(ProcessVersion)
        .where(ProcessVersion.process_id == bundle.process_id)
        .order_by(ProcessVersion.version.desc())
        .limit(1)
    ).first()
    if newest and newest.checksum == checksum and newest.state is ProcessVersionState.RELEASED:
        return Deployed(bundle.process_id, newest.version, is_new=False)
    if newest:
        newest.retire()
    version = ProcessVersion(
        process_id=bundle.process_id,
        version=newest.version + 1 if newest else 1,
        name=bundle.name,
        name_en=bundle.name_en,
        checksum=checksum,
        is_startable=bundle.is_startable,
        released_at=artifacts.at,
        released_by=by,
    )
    session.add(version)
    session.flush()
    for file in bundle.files:
        artifact_id = artifacts.id_of(file)
        is_main = file.key == bundle.process_id and file.kind is ArtifactKind.DIAGRAM
        session.add(PinnedArtifact(process_version_id=version.id, artifact_id=artifact_id, is_main=is_main))
    _add_starts(session, bundle, version.id)
    session.flush()
    return Deployed(bundle.process_id, version.version, is_new=True)


def _add_starts(session: Session, bundle: Bundle, version_id: UUID) -> None:
    for element_id, name in bundle.start_messages:
        session.add(StartMessage(process_version_id=version_id, element_id=element_id, name=name))
    for element in bundle.start_timers:
        words = {"expression": element.expression, "late": element.timer.late, "is_single": element.timer.single}
        session.add(StartTimer(process_version_id=version_id, element_id=element.id, **words))


def _checksum(bundle: Bundle) -> bytes:
    words = sorted(f"{file.kind.value}:{file.key}:{file.checksum.hex()}" for file in bundle.files)
    return hashlib.sha256("\n".join(words).encode()).digest()
