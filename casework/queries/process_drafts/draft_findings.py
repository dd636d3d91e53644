"""What is wrong with a process draft, from the one lint that decides about releasing, with what a team leader must approve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.database import read
from casework.model.process_rights import require_sight
from casework.studio import changed_findings, workspace_of

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor, ArtifactKind
    from casework.studio import Fault


def draft_findings(
    actor: Actor, process_draft_id: UUID, kind: ArtifactKind | None = None, key: str | None = None
) -> list[Fault]:
    """Findings in one file, or in all that the draft has changed; errors first. Refuses who may not see drafts."""
    require_sight(actor)
    with read() as session:
        space = workspace_of(session, process_draft_id)
    return changed_findings(space, kind, key)
