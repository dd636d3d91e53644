"""A file as it is released, for an editor that puts back what a draft has lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model.process_rights import require_sight
from casework.studio import workspace_of

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor, ArtifactKind


def released_file(actor: Actor, process_draft_id: UUID, kind: ArtifactKind, key: str) -> bytes:
    """What the draft is laid over. Refuses (NotFoundError) a file that is new in the draft."""
    require_sight(actor)
    with read() as session:
        content = workspace_of(session, process_draft_id).released.content(kind, key)
    if content is None:
        raise NotFoundError(message("There is no such file."))
    return content
