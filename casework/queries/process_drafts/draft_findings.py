"""What is wrong with a process draft, from the one lint that decides about releasing, with what a team leader must approve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.database import read
from casework.model.process_rights import require_sight
from casework.studio import faults, statutory_faults, workspace_of

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor, ArtifactKind
    from casework.studio import Fault, Workspace

_ORDER = ("error", "approval", "warning")


def draft_findings(
    actor: Actor, process_draft_id: UUID, kind: ArtifactKind | None = None, key: str | None = None
) -> list[Fault]:
    """Findings in one file, or in all that the draft has changed; errors first. Cheap: the other files are not linted anew."""
    require_sight(actor)
    with read() as session:
        space = workspace_of(session, process_draft_id)
    return findings_of(space, kind, key)


def findings_of(space: Workspace, kind: ArtifactKind | None = None, key: str | None = None) -> list[Fault]:
    """The same of a workspace that has been read."""
    only = space.changed if kind is None or key is None else frozenset({(kind, key)})
    found = [*faults(space.folder, space.known, only), *statutory_faults(space.released, space.folder, only)]
    return sorted(found, key=lambda fault: _ORDER.index(fault.severity))


def all_findings(space: Workspace) -> list[Fault]:
    """Findings of every file, also of those that break because another one has changed; so releasing asks."""
    mine = statutory_faults(space.released, space.folder, space.changed)
    found = [fault for fault in faults(space.folder, space.known) if _is_its_doing(fault, space)]
    return sorted([*found, *mine], key=lambda fault: _ORDER.index(fault.severity))


def _is_its_doing(fault: Fault, space: Workspace) -> bool:
    """Warnings in files that nobody has touched were there before."""
    return fault.severity == "error" or (fault.kind, fault.key) in space.changed
