"""Two versions of a process beside each other: what differs in their diagrams, forms and decision tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.compare import Comparison, Files, Part, compare
from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Artifact, ArtifactKind, PinnedArtifact
from casework.queries.process_versions import process_versions

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.queries.process_versions import ProcessRow

_PARTS = {ArtifactKind.DIAGRAM: Part.DIAGRAM, ArtifactKind.FORM: Part.FORM, ArtifactKind.DECISION: Part.DECISION}


@dataclass(frozen=True)
class VersionsCompared:
    """`versions` are all of the process, newest first; `has_old` and `has_new` hold the diagrams of either."""

    versions: tuple[ProcessRow, ...]
    old: ProcessRow
    new: ProcessRow
    comparison: Comparison
    has_old: frozenset[str]
    has_new: frozenset[str]


def compare_versions(actor: Actor, process_id: str, *, old: int | None, new: int | None) -> VersionsCompared:
    """Compare two versions by their numbers; without them, the newest with the one before it.

    Service accounts need the scope `processes:read`. What a version calls counts as it was when that version was released.
    """
    rows = process_versions(actor, process_id=process_id)
    newer = _chosen(rows, new, 0)
    older = _chosen(rows, old, min(rows.index(newer) + 1, len(rows) - 1))
    with read() as session:
        before, after = (_files(session, row.process_version_id) for row in (older, newer))
    return VersionsCompared(
        rows, older, newer, compare(before, after), frozenset(before.diagrams), frozenset(after.diagrams)
    )


def _chosen(rows: tuple[ProcessRow, ...], version: int | None, usual: int) -> ProcessRow:
    found = [row for row in rows if row.version == version] if version is not None else rows[usual : usual + 1]
    if not found:
        raise NotFoundError(message("There is no such process."))
    return found[0]


def _files(session: Session, version_id: UUID) -> Files:
    pinned = session.execute(
        select(Artifact.kind, Artifact.key, Artifact.content)
        .join(PinnedArtifact, PinnedArtifact.artifact_id == Artifact.id)
        .where(PinnedArtifact.process_version_id == version_id, Artifact.kind.in_(_PARTS))
        .order_by(PinnedArtifact.is_main.desc(), Artifact.key)
    )
    contents: dict[Part, dict[str, bytes]] = {part: {} for part in Part}
    for kind, key, content in pinned:
        contents[_PARTS[kind]][key] = content
    return Files(contents[Part.DIAGRAM], contents[Part.FORM], contents[Part.DECISION])
