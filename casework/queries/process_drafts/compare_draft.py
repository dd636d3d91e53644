"""A process draft beside what is released: what differs in its diagrams, forms and decision tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.compare import Comparison, Files, compare
from casework.database import read
from casework.errors import CaseworkError
from casework.model import ArtifactKind
from casework.model.process_rights import require_sight
from casework.studio import workspace_of
from casework.studio.bundles import uses

if TYPE_CHECKING:
    from uuid import UUID

    from casework.i18n import Message
    from casework.model import Actor
    from casework.studio import FileKey, Folder, Workspace


@dataclass(frozen=True)
class DraftCompared:
    """`has_old` and `has_new` hold the diagrams of either side; `unreadable` says why nothing can be compared."""

    comparison: Comparison
    has_old: frozenset[str]
    has_new: frozenset[str]
    unreadable: Message | None = None


def compare_draft(actor: Actor, process_draft_id: UUID) -> DraftCompared:
    """Compare what the process would use with what it uses now. Refuses who may not see drafts."""
    require_sight(actor)
    with read() as session:
        space = workspace_of(session, process_draft_id)
    return compared(space)


def compared(space: Workspace) -> DraftCompared:
    """The same of a workspace that has been read."""
    old = _files(space.released, _used(space.released, space.process_id) | space.changed)
    new = _files(space.folder, _used(space.folder, space.process_id) | space.changed)
    sides = frozenset(old.diagrams), frozenset(new.diagrams)
    try:
        return DraftCompared(compare(old, new), *sides)
    except CaseworkError as error:
        return DraftCompared(Comparison((), 0, (), {}), *sides, unreadable=error.message)


def _used(folder: Folder, process_id: str) -> set[FileKey]:
    return uses(folder, process_id) if process_id in folder.processes else set()


def _files(folder: Folder, keys: set[FileKey]) -> Files:
    found: dict[ArtifactKind, dict[str, bytes]] = {kind: {} for kind in ArtifactKind}
    for kind, key in sorted(keys):
        content = folder.content(kind, key)
        if content is not None:
            found[kind][key] = content
    return Files(found[ArtifactKind.DIAGRAM], found[ArtifactKind.FORM], found[ArtifactKind.DECISION])
