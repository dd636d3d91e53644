"""What going back to an earlier version means: its files laid over the released ones, and every process that uses one of them.

1. The files of that version are laid over the released ones.
2. Every process that uses one that differs goes back too, to its last version with exactly these files.
3. Where there is no such version, nobody has approved what would come out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.engine.drawing import executable_in
from casework.model import Artifact, ArtifactKind, PinnedArtifact, ProcessVersion
from casework.studio.bundles import bundles, using
from casework.studio.checking import faults
from casework.studio.statutory import statutory_faults
from casework.studio.workspace import workspace_of

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.studio.bundles import Bundle
    from casework.studio.fault import Fault
    from casework.studio.files import FileKey, Folder
    from casework.studio.workspace import Workspace


@dataclass(frozen=True)
class Way:
    """`made` are the bundles of all processes that it concerns, over the released state as it was read (`space`).

    `versions` gives the earlier version of each, by process id; None: there is none with these files.
    """

    space: Workspace
    folder: Folder
    changed: frozenset[FileKey]
    made: list[Bundle]
    versions: dict[str, ProcessVersion | None]

    @property
    def unapproved(self) -> list[str]:
        """Names of the processes for which something would come out that was never released."""
        return [bundle.name for bundle in self.made if self.versions[bundle.process_id] is None]

    @property
    def needs_leader(self) -> bool:
        """Whether a deadline of the law is lost or counts longer by it."""
        return bool(self.lost())

    def lost(self) -> list[Fault]:
        """What happens to the law's deadlines."""
        return statutory_faults(self.space.released, self.folder, self.changed)

    def errors(self) -> list[Fault]:
        """What is wrong with it by now: a unit that is closed, a letter or law that is gone."""
        found = faults(self.folder, self.space.known)
        return [fault for fault in found if fault.severity == "error"]


def way_back(session: Session, wanted: ProcessVersion) -> Way:
    """How to get back to `wanted`. Nothing is changed."""
    space = workspace_of(session, None)
    folder, changed = _laid_over(session, wanted.id, space.released)
    made = bundles(folder, sorted({wanted.process_id, *using(folder, changed)}))
    versions = {bundle.process_id: _earlier(session, bundle, wanted) for bundle in made}
    return Way(space, folder, frozenset(changed), made, versions)


def files_of(session: Session, version_id: UUID) -> list[tuple[FileKey, bytes]]:
    """What a version runs by."""
    pinned: Any = session.execute(
        select(Artifact.kind, Artifact.key, Artifact.content)
        .join(PinnedArtifact, PinnedArtifact.artifact_id == Artifact.id)
        .where(PinnedArtifact.process_version_id == version_id, Artifact.kind != ArtifactKind.SCENARIO)
        .order_by(Artifact.kind, Artifact.key)
    )
    return [((row.kind, row.key), row.content) for row in pinned]


def _laid_over(session: Session, version_id: UUID, released: Folder) -> tuple[Folder, set[FileKey]]:
    folder, changed = released, set()
    for (kind, key), content in files_of(session, version_id):
        if released.content(kind, key) != content:
            inside = executable_in(key, content) if kind is ArtifactKind.DIAGRAM else ()
            folder = folder.with_file(kind, key, content, inside)
            changed.add((kind, key))
    return folder, changed


def _earlier(session: Session, bundle: Bundle, wanted: ProcessVersion) -> ProcessVersion | None:
    """The last version of the process with these files."""
    if bundle.process_id == wanted.process_id:
        return session.get(ProcessVersion, wanted.id)
    same = ProcessVersion.process_id == bundle.process_id, ProcessVersion.checksum == bundle.checksum
    return session.scalars(select(ProcessVersion).where(*same).order_by(ProcessVersion.version.desc()).limit(1)).first()
