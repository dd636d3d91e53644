"""Leads to where a flow that no scenario takes could be taken: by the scenario that passes there another way, up to then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.engine.drawing import drawn
from casework.errors import InvalidError, NotFoundError
from casework.i18n import message
from casework.try_out import trying
from casework.try_out.draft_scenarios import draft_workspace
from casework.try_out.running import scenarios_seen
from casework.try_out.walking import Told, walk

if TYPE_CHECKING:
    from uuid import UUID

    from casework.engine.drawing import Flow
    from casework.model import Actor
    from casework.studio import Workspace


def begin_before(actor: Actor, process_draft_id: UUID, process_id: str, flow_id: str) -> None:
    """Begin a try-out that stands just before the choice of this flow of a process.

    Refuses (InvalidError) a flow to whose source no scenario comes, (NotFoundError) one that is not there.
    """
    workspace = draft_workspace(actor, process_draft_id)
    flows = _flows(workspace, process_id)
    flow = next((one for one in flows if one.id == flow_id), None)
    if flow is None:
        raise NotFoundError(message("There is no such flow."))
    ground = trying.draft_ground(workspace)
    found = scenarios_seen(actor, process_draft_id)
    beside = [one for one in flows if one.source == flow.source and one.id != flow.id]
    into = [one for one in flows if one.target == flow.source]
    for wanted in (beside, into):
        keys = {(process_id, one.id) for one in wanted}
        for told in found.told:
            outcome = found.outcome_of(told) or {"taken": ()}
            if keys & {tuple(one) for one in outcome["taken"]}:
                reached = walk(ground, Told(told.beginning, told.steps))
                count = next((at for at, one in enumerate(reached.records) if keys & one.taken), 0)
                trying.begin(actor, process_draft_id, told.beginning, told.steps[: max(0, count - 1)])
                return
    raise InvalidError(message("No scenario comes near this way. Begin a walk, and take it yourself."))


def _flows(workspace: Workspace, process_id: str) -> list[Flow]:
    name = workspace.folder.processes.get(process_id, "")
    content = workspace.folder.diagrams.get(name)
    if content is None:
        return []
    scopes = drawn(name, content).scopes
    return [flow for scope in scopes if scope.process_id == process_id for flow in scope.flows]
