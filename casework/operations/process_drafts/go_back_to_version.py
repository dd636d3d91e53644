"""Back to an earlier version of a process, with everything that it used then: it is released again, the present one is retired.

1. The files of that version are laid over the released ones.
2. Every process that uses one of them goes back too, to its version with exactly these files.
3. Where there is no such version, nothing is done: nobody has approved what would come out. A draft can be made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import read, transaction
from casework.engine.drawing import executable_in
from casework.errors import ConflictError, InvalidError, NotFoundError
from casework.i18n import message
from casework.model import Artifact, ArtifactKind, PinnedArtifact, ProcessVersion, ProcessVersionState
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.reasons import said
from casework.operations.process_drafts.release_process_draft import ReleasedVersion
from casework.operations.process_drafts.submit_process_draft import refuse_another
from casework.operations.process_history import lock_processes, note
from casework.operations.releasing import released_version
from casework.studio import bundles, workspace_of
from casework.studio.bundles import using

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.studio import Bundle, Folder, Workspace


@dataclass(frozen=True)
class _Way:
    """What goes back to what: the bundles of all processes that it concerns, over the released state as it was read."""

    space: Workspace
    made: list[Bundle]


def go_back_to_version(actor: Actor, *, process_id: str, version: int, reason: str) -> list[ReleasedVersion]:
    """Gives the versions that are released now instead. Owners only, with a reason. Running instances stay where they are.

    Refuses (NotFoundError) a version that is not there; (ConflictError) the present one, and one whose files another process
    uses in a way that was never released.
    """
    require_owner(actor)
    texts = said(reason=reason)
    with read() as session:
        wanted = _version(session, process_id, version)
        if wanted.state is ProcessVersionState.RELEASED:
            raise ConflictError(message("Version {version} is the released one.", version=version))
        way = _way(session, wanted)
    at = clock.now()
    with transaction() as session:
        lock_processes(session)
        refuse_another(way.space, workspace_of(session, None))
        earlier = {bundle.process_id: _earlier(session, bundle, wanted) for bundle in way.made}
        _refuse_new(way, earlier)
        return [_put_back(session, actor, at, one, texts["reason"]) for one in earlier.values() if one is not None]


def _version(session: Session, process_id: str, version: int) -> ProcessVersion:
    of_process = ProcessVersion.process_id == process_id
    found = session.scalars(select(ProcessVersion).where(of_process, ProcessVersion.version == version)).one_or_none()
    if found is None:
        raise NotFoundError(message("There is no such process."))
    return found


def _way(session: Session, wanted: ProcessVersion) -> _Way:
    space = workspace_of(session, None)
    folder, changed = _laid_over(session, wanted.id, space.released)
    concerned = sorted({wanted.process_id, *using(folder, changed)})
    return _Way(space, bundles(folder, concerned))


def _laid_over(session: Session, version_id: UUID, released: Folder) -> tuple[Folder, set[tuple[ArtifactKind, str]]]:
    pinned: Any = session.execute(
        select(Artifact.kind, Artifact.key, Artifact.content)
        .join(PinnedArtifact, PinnedArtifact.artifact_id == Artifact.id)
        .where(PinnedArtifact.process_version_id == version_id, Artifact.kind != ArtifactKind.SCENARIO)
    )
    folder, changed = released, set()
    for kind, key, content in pinned:
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


def _refuse_new(way: _Way, earlier: dict[str, ProcessVersion | None]) -> None:
    names = [bundle.name for bundle in way.made if earlier[bundle.process_id] is None]
    if names:
        said_so = message(
            "Going back would give {names} a version that nobody has approved. Make a draft instead.", names=names
        )
        raise InvalidError(said_so)


def _put_back(session: Session, actor: Actor, at: datetime, version: ProcessVersion, reason: str) -> ReleasedVersion:
    present = released_version(session, version.process_id)
    if present is not None and present.id != version.id:
        present.retire()
        session.flush()
    version.put_back()
    before = present.version if present else None
    note(
        session,
        version.process_id,
        "process_version_put_back",
        actor,
        at,
        version=version.version,
        before=before,
        reason=reason,
    )
    return ReleasedVersion(version.process_id, version.version)
