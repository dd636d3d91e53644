"""Leads to where a flow that no scenario takes could be taken: by a scenario that comes near it, up to where it turns away."""

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
    from collections.abc import Iterator
    from uuid import UUID

    from casework.engine.drawing import Flow, Scope
    from casework.model import Actor
    from casework.studio import Workspace
    from casework.try_out.beginnings import ToldScenario
    from casework.try_out.walking import Step


def begin_before(actor: Actor, process_draft_id: UUID, process_id: str, flow_id: str) -> bool:
    """Begin a try-out that stands as near before this flow of a process as a scenario comes.

    False: the flow leaves a start event, so the walk must be begun there.

    Refuses (InvalidError) a flow that no scenario comes near, (NotFoundError) one that is not there.
    """
    workspace = draft_workspace(actor, process_draft_id)
    scope, flow = _flow(workspace, process_id, flow_id)
    source = scope.nodes.get(flow.source)
    if source is not None and source.type == "startEvent" and scope.is_process:
        return False
    seen = scenarios_seen(actor, process_draft_id)
    for flows, is_beside in _backwards(scope, flow):
        keys = {(process_id, one.id) for one in flows}
        for told in seen.told:
            outcome = seen.outcome_of(told)
            if outcome and keys & {tuple(one) for one in outcome["taken"]}:
                steps = _until(workspace, told, keys, is_beside=is_beside)
                trying.begin(actor, process_draft_id, told.beginning, steps)
                return True
    raise InvalidError(message("No scenario comes near this way. Begin a walk, and take it yourself."))


def _until(
    workspace: Workspace, told: ToldScenario, keys: set[tuple[str, str]], *, is_beside: bool
) -> tuple[Step, ...]:
    """The steps up to the one that takes one of these flows; without that one, when it takes another way than the wanted."""
    reached = walk(trying.draft_ground(workspace), Told(told.beginning, told.steps))
    count = next((at for at, one in enumerate(reached.records) if keys & one.taken), 0)
    return told.steps[: max(0, count - 1 if is_beside else count)]


def _flow(workspace: Workspace, process_id: str, flow_id: str) -> tuple[Scope, Flow]:
    name = workspace.folder.processes.get(process_id, "")
    content = workspace.folder.diagrams.get(name)
    for scope in drawn(name, content).scopes if content is not None else ():
        for flow in scope.flows if scope.process_id == process_id else ():
            if flow.id == flow_id:
                return scope, flow
    raise NotFoundError(message("There is no such flow."))


def _backwards(scope: Scope, flow: Flow) -> Iterator[tuple[list[Flow], bool]]:
    """From the flow back to the start: the other ways out of where it begins (True), then the ways in (False), and so on."""
    seen, ahead = {flow.id}, [flow]
    while ahead:
        sources = dict.fromkeys(_host(scope, one.source) for one in ahead)
        beside = [one for one in scope.flows if _host(scope, one.source) in sources and one.id not in seen]
        into = [one for one in scope.flows if one.target in sources and one.id not in seen]
        yield beside, True
        yield into, False
        seen |= {one.id for one in (*beside, *into)}
        ahead = into


def _host(scope: Scope, name: str) -> str:
    """Of an event at a boundary the activity: who comes there may leave by it."""
    node = scope.nodes.get(name)
    return node.element.attached_to or name if node else name
