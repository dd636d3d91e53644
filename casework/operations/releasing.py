"""Freezes bundles as versions, for whoever releases: a deployed folder, an approved process draft, an earlier version again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from casework.model import (
    Artifact,
    ArtifactKind,
    PinnedArtifact,
    ProcessVersion,
    ProcessVersionState,
    StartMessage,
    StartTimer,
)
from casework.operations.process_history import note

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.studio import Bundle, File


@dataclass
class Releasing:
    """One release of several processes: by whom, when, from which draft. The same file is kept once, whoever pins it."""

    session: Session
    actor: Actor
    at: datetime
    process_draft_id: UUID | None = None
    #: For the history: what everybody who reads it should know.
    details: dict[str, Any] = field(default_factory=dict)
    known: dict[tuple[ArtifactKind, str, bytes], UUID] = field(default_factory=dict)

    def release(self, bundle: Bundle) -> tuple[ProcessVersion, bool]:
        """The version that is released now, and whether it is new: the same files again are no new version."""
        present = released_version(self.session, bundle.process_id)
        if present and present.checksum == bundle.checksum:
            self._pin_scenarios(present, bundle)
            for file in bundle.files:
                self._artifact(file)  # it may lie elsewhere now
            return present, False
        if present:
            present.retire()
        version = self._freeze(bundle)
        words = {"version": version.version, "before": present.version if present else None, **self.details}
        draft = {"process_draft_id": self.process_draft_id}
        note(self.session, bundle.process_id, "process_version_released", self.actor, self.at, **draft, **words)
        return version, True

    def _freeze(self, bundle: Bundle) -> ProcessVersion:
        last = select(func.max(ProcessVersion.version)).where(ProcessVersion.process_id == bundle.process_id)
        version = ProcessVersion(
            process_id=bundle.process_id,
            version=(self.session.scalar(last) or 0) + 1,
            name=bundle.name,
            name_en=bundle.name_en,
            checksum=bundle.checksum,
            is_startable=bundle.is_startable,
            released_at=self.at,
            released_by=self.actor.name,
            process_draft_id=self.process_draft_id,
        )
        self.session.add(version)
        self.session.flush()
        for file in bundle.files:
            self._pin(version.id, file, is_main=(file.kind, file.key) == (ArtifactKind.DIAGRAM, bundle.process_id))
        _add_starts(self.session, bundle, version.id)
        self.session.flush()
        return version

    def _pin(self, version_id: UUID, file: File, *, is_main: bool) -> None:
        pinned = PinnedArtifact(process_version_id=version_id, artifact_id=self._artifact(file), is_main=is_main)
        self.session.add(pinned)

    def _pin_scenarios(self, version: ProcessVersion, bundle: Bundle) -> None:
        """Scenarios may change without a new version: nothing runs by them."""
        wanted = {self._artifact(file) for file in bundle.files if file.kind is ArtifactKind.SCENARIO}
        of_version = PinnedArtifact.process_version_id == version.id
        pinned = set(
            self.session.scalars(
                select(PinnedArtifact.artifact_id)
                .join(Artifact, Artifact.id == PinnedArtifact.artifact_id)
                .where(of_version, Artifact.kind == ArtifactKind.SCENARIO)
            )
        )
        if gone := pinned - wanted:
            self.session.execute(delete(PinnedArtifact).where(of_version, PinnedArtifact.artifact_id.in_(gone)))
        for artifact_id in sorted(wanted - pinned):
            self.session.add(PinnedArtifact(process_version_id=version.id, artifact_id=artifact_id, is_main=False))

    def _artifact(self, file: File) -> UUID:
        """Asked for once, however many processes use the file."""
        key = (file.kind, file.key, file.checksum)
        if key not in self.known:
            self.known[key] = self._kept(file)
        return self.known[key]

    def _kept(self, file: File) -> UUID:
        same = Artifact.kind == file.kind, Artifact.key == file.key
        known = self.session.scalars(select(Artifact).where(*same, Artifact.checksum == file.checksum)).first()
        if known:
            known.path = file.path or known.path
            return known.id
        last = self.session.scalar(select(func.max(Artifact.version)).where(*same)) or 0
        words = {"kind": file.kind, "key": file.key, "checksum": file.checksum, "content": file.content}
        artifact = Artifact(**words, path=file.path, version=last + 1, created_at=self.at)
        self.session.add(artifact)
        self.session.flush()
        return artifact.id


def released_version(session: Session, process_id: str) -> ProcessVersion | None:
    """The version of a process that new instances start on."""
    is_released = ProcessVersion.state == ProcessVersionState.RELEASED
    return session.scalars(select(ProcessVersion).where(ProcessVersion.process_id == process_id, is_released)).first()


def _add_starts(session: Session, bundle: Bundle, version_id: UUID) -> None:
    for element_id, name in bundle.start_messages:
        session.add(StartMessage(process_version_id=version_id, element_id=element_id, name=name))
    for element in bundle.start_timers:
        words = {"expression": element.expression, "late": element.timer.late, "is_single": element.timer.single}
        session.add(StartTimer(process_version_id=version_id, element_id=element.id, **words))
