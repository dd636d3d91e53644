"""The picture of a process version: its BPMN exactly as released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Artifact, ArtifactKind, PinnedArtifact

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from casework.model import Actor


def process_diagram(actor: Actor, process_version_id: UUID, process_id: str | None = None) -> bytes:
    """Give the BPMN of a version, or of a process that it calls, exactly as released."""
    actor.require_scope("processes:read")
    with read() as session:
        content = session.scalars(diagram_of(process_version_id, process_id)).first()
    if content is None:
        raise NotFoundError(message("There is no such process."))
    return content


def diagram_of(process_version_id: UUID, process_id: str | None) -> Select[bytes]:
    """Select the content of the main diagram of a version, or of the one of `process_id`."""
    which = Artifact.key == process_id if process_id else PinnedArtifact.is_main
    return (
        select(Artifact.content)
        .join(PinnedArtifact, PinnedArtifact.artifact_id == Artifact.id)
        .where(PinnedArtifact.process_version_id == process_version_id, Artifact.kind == ArtifactKind.DIAGRAM, which)
    )
