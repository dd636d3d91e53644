"""The scenarios beside a draft's diagram, and the ways in which it can be begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import ArtifactKind
from casework.model.process_rights import require_sight
from casework.studio import workspace_of
from casework.try_out.beginnings import scenarios_beside, starts

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor
    from casework.studio import Workspace
    from casework.try_out.beginnings import Start, ToldScenario


def draft_scenarios(actor: Actor, process_draft_id: UUID) -> list[ToldScenario]:
    """As they are told in the draft. Refuses (ScenarioError) a file that cannot be read."""
    workspace = draft_workspace(actor, process_draft_id)
    return scenarios_beside(workspace.folder, workspace.process_id)


def draft_starts(actor: Actor, process_draft_id: UUID) -> list[Start]:
    """What its diagram begins with."""
    return starts(draft_workspace(actor, process_draft_id))


def draft_workspace(actor: Actor, process_draft_id: UUID) -> Workspace:
    """For who may see drafts."""
    require_sight(actor)
    with read() as session:
        return workspace_of(session, process_draft_id)


def draft_diagram(actor: Actor, process_draft_id: UUID) -> bytes:
    """The diagram of the draft's own process. Refuses (NotFoundError) a draft that has none."""
    workspace = draft_workspace(actor, process_draft_id)
    content = workspace.folder.content(ArtifactKind.DIAGRAM, workspace.process_id)
    if content is None:
        raise NotFoundError(message("There is no such file."))
    return content
