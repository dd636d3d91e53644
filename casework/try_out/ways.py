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


def begin_before(actor: Actor, process_draft_id: UUID, flow_id: str) -> None:
    """Begin a try-out that stands just before the choice of this flow of the draft's own process.

    Refuses (InvalidError) a flow to whose source no scenario comes, (NotFoundError) one that is not there.
    """
    workspace = draft_workspace(actor, process_draft_id)
    flow = _flow(workspace, flow_id)
    ground = trying.draft_ground(workspace)
    found = scenarios_seen(actor, process_draft_id)
    for wanted in (_beside(workspace, flow), _into(workspace, flow)):
        keys = {(workspace.process_id, one.id) for one in wanted}
        for told in found.told:
            outcome = found.outcome_of(told) or {"taken": ()}
            if keys & {tuple(one) for one in outcome["taken"]}:
                reached = walk(ground, Told(told.beginning, told.steps))
                count = next((at for at, one in enumerate(reached.records) if keys & one.taken), 0)
                trying.begin(actor, process_draft_id, told.beginning, told.steps[: max(0, count - 1)])
                return
    raise InvalidError(message("No scenario comes near this way. Begin a walk, and take it yourself."))


def _flow(workspace: Workspace, flow_id: str) -> Flow:
    found = next((one for one in _flows(workspace) if one.id == flow_id), None)
    if found is None:
        raise NotFoundError(message("There is no such flow."))
    return found


def _beside(workspace: Workspace, flow: Flow) -> list[Flow]:
    """Those that leave the same element."""
    return [one for one in _flows(workspace) if one.source == flow.source and one.id != flow.id]


def _into(workspace: Workspace, flow: Flow) -> list[Flow]:
    return [one for one in _flows(workspace) if one.target == flow.source]


def _flows(workspace: Workspace) -> list[Flow]:
    name = workspace.folder.processes.get(workspace.process_id, "")
    content = workspace.folder.diagrams.get(name)
    if content is None:
        return []
    scopes = drawn(name, content).scopes
    return [flow for scope in scopes if scope.process_id == workspace.process_id for flow in scope.flows]
