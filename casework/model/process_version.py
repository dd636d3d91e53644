"""Processes as released: frozen versions, and the exact files that each of them pins."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, new_row_id


class ArtifactKind(StrEnum):
    """What a file is."""

    DIAGRAM = "diagram"  #: BPMN; key is the process id.
    DECISION = "decision"  #: DMN; key is the file's definitions id.
    FORM = "form"  #: form-js; key is the form's id, as `F02`.
    SCENARIO = "scenario"  #: Walks that must come out as they say; key is the file's name. Nothing runs by it.


class Artifact(Base):
    """One file, exactly as deployed. Kept as long as a version or a submission points at it."""

    __tablename__ = "artifact"
    __table_args__ = (UniqueConstraint("kind", "key", "version"), Index("ix_artifact_checksum", "checksum"))

    id: Mapped[UUID] = new_row_id()
    kind: Mapped[ArtifactKind]
    key: Mapped[str]
    #: Counts up for each kind and key.
    version: Mapped[int]
    #: SHA-256 of the content.
    checksum: Mapped[bytes]
    content: Mapped[bytes] = mapped_column(deferred=True)
    #: Where it lay below the folder of its kind when it was deployed; empty: it was made here.
    path: Mapped[str] = mapped_column(default="", server_default="")
    created_at: Mapped[datetime]


class ProcessVersionState(StrEnum):
    """Where a version stands. What comes before stands in `process_draft`."""

    RELEASED = "released"  #: New instances start on it. At most one of each process.
    RETIRED = "retired"  #: Running instances go on; no new one starts, unless somebody goes back to it.


class ProcessVersion(Base):
    """A process as it was released, with the versions of everything it calls."""

    __tablename__ = "process_version"
    __table_args__ = (UniqueConstraint("process_id", "version"),)

    id: Mapped[UUID] = new_row_id()
    #: The id of the BPMN process, as `intake_to_assessment`.
    process_id: Mapped[str]
    version: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str]
    state: Mapped[ProcessVersionState] = mapped_column(default=ProcessVersionState.RELEASED)
    #: SHA-256 over all pinned files: deploying the same again makes no new version.
    checksum: Mapped[bytes]
    #: Can be started by hand or by a message; called sub-processes are not.
    is_startable: Mapped[bool] = mapped_column(default=True)
    released_at: Mapped[datetime]
    released_by: Mapped[str]
    #: The process draft that it was released from; None: it was deployed. No foreign key: rows of both point at each other.
    process_draft_id: Mapped[UUID | None]

    def retire(self) -> None:
        """Another version has taken over, or none."""
        self.state = ProcessVersionState.RETIRED

    def put_back(self) -> None:
        """It is the one that new instances start on again."""
        self.state = ProcessVersionState.RELEASED


class PinnedArtifact(Base):
    """A version uses exactly this file."""

    __tablename__ = "pinned_artifact"

    process_version_id: Mapped[UUID] = mapped_column(ForeignKey("process_version.id"), primary_key=True)
    artifact_id: Mapped[UUID] = mapped_column(ForeignKey("artifact.id"), primary_key=True)
    #: The diagram that is the process itself, not one it calls.
    is_main: Mapped[bool] = mapped_column(default=False)


class StartMessage(Base):
    """A message that starts the released version of a process on a case."""

    __tablename__ = "start_message"

    process_version_id: Mapped[UUID] = mapped_column(ForeignKey("process_version.id"), primary_key=True)
    element_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)


class StartTimer(Base):
    """A moment, following from facts of a case, at which the released version starts on it."""

    __tablename__ = "start_timer"

    process_version_id: Mapped[UUID] = mapped_column(ForeignKey("process_version.id"), primary_key=True)
    element_id: Mapped[str] = mapped_column(primary_key=True)
    #: FEEL for a date or instant.
    expression: Mapped[str]
    #: ISO duration for which the start is still of use when its moment has passed before the case was there.
    late: Mapped[str]
    #: Not while any instance of the process runs on the case.
    is_single: Mapped[bool]
