"""Runs the scenarios that a draft concerns: before it is released, and whenever somebody wants to know.

A page runs a few at a time and looks again, so nobody waits without seeing how far it has come; what has been run is kept with
the checksum of the files, so a release need not run it a second time.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.engine import processes_in
from casework.errors import CaseworkError
from casework.forms.words import words
from casework.model import ArtifactKind
from casework.operations.try_outs.keep_scenario_run import keep_scenario_run
from casework.queries.process_drafts.scenario_run import RunSeen, scenario_run
from casework.scenarios.coverage import Covered, coverage
from casework.scenarios.flows import Flows
from casework.scenarios.play import play
from casework.scenarios.sandbox import Sandbox
from casework.try_out.beginnings import told_in
from casework.try_out.draft_scenarios import draft_workspace
from casework.try_out.ground import data_folder, ground_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from casework.forms.words import Words
    from casework.i18n import Message
    from casework.model import Actor
    from casework.scenarios.outcome import Outcome
    from casework.studio import Workspace
    from casework.try_out.beginnings import ToldScenario
    from casework.try_out.ground import Ground


@dataclass(frozen=True)
class ScenariosSeen:
    """All scenarios that a draft concerns, what came of them, and which flows of its diagrams none of them takes.

    `unreadable` says what is wrong with a file; `run` is None while these files have not been run; `own_files` are those beside
    the draft's own diagram. `covered`: the draft's own process, and others whose diagram it changes, by name.
    """

    told: tuple[ToldScenario, ...]
    own_files: frozenset[str]
    unreadable: tuple[Message, ...]
    run: RunSeen | None
    covered: tuple[tuple[Words, Covered], ...]

    def outcome_of(self, told: ToldScenario) -> dict[str, Any] | None:
        """What came of one; None: not yet run."""
        outcomes = self.run.outcomes if self.run else ()
        return next((one for one in outcomes if (one["file"], one["name"]) == (told.file, told.scenario.name)), None)


def scenarios_seen(actor: Actor, process_draft_id: UUID) -> ScenariosSeen:
    """As it stands, without running anything."""
    workspace = draft_workspace(actor, process_draft_id)
    told, unreadable = concerned(workspace)
    run = scenario_run(actor, process_draft_id, workspace.checksum)
    covered = tuple(_covered(workspace, run)) if run and run.ended_at else ()
    own = frozenset(workspace.folder.scenarios_beside(workspace.process_id))
    return ScenariosSeen(tuple(told), own, tuple(unreadable), run, covered)


def last_run(actor: Actor, process_draft_id: UUID) -> RunSeen | None:
    """Of the draft's files as they are; None: the scenarios have not been run since the last change."""
    return scenario_run(actor, process_draft_id, draft_workspace(actor, process_draft_id).checksum)


def begin_run(actor: Actor, process_draft_id: UUID) -> None:
    """Begin (anew)."""
    workspace = draft_workspace(actor, process_draft_id)
    told, _ = concerned(workspace)
    keep_scenario_run(
        actor,
        process_draft_id=process_draft_id,
        checksum=workspace.checksum,
        total=len(told),
        outcomes=(),
        is_new=True,
    )


def go_on(actor: Actor, process_draft_id: UUID, *, seconds: float) -> RunSeen | None:
    """Run those that are left for some seconds; when the ground had to be prepared, that alone may have taken them."""
    workspace = draft_workspace(actor, process_draft_id)
    run = scenario_run(actor, process_draft_id, workspace.checksum)
    if run is None or run.ended_at is not None:
        return run
    told, _ = concerned(workspace)
    done = {(one["file"], one["name"]) for one in run.outcomes}
    left = [one for one in told if (one.file, one.scenario.name) not in done]
    made, until = [], time.monotonic() + seconds
    player = player_of(workspace)
    for one in left:
        if time.monotonic() > until:
            break
        made.append(as_json(one, player(one)))
    if made or not left:
        keep_scenario_run(
            actor, process_draft_id=process_draft_id, checksum=workspace.checksum, total=len(told), outcomes=made
        )
    return scenario_run(actor, process_draft_id, workspace.checksum)


def concerned(workspace: Workspace) -> tuple[list[ToldScenario], list[Message]]:
    """Those beside the diagrams of the draft's process and of every process that uses a changed file; and what cannot be read."""
    folder = workspace.folder
    told: list[ToldScenario] = []
    unreadable: list[Message] = []
    for key in workspace.scenario_keys():
        try:
            told += told_in(key, folder.scenarios[key])
        except CaseworkError as error:
            unreadable.append(error.message)
    return told, unreadable


def concerned_ground(workspace: Workspace) -> Ground:
    """With all that lies beside the diagrams concerned: a scenario may begin with any of it."""
    folder = workspace.folder
    files = set(workspace.scenario_keys())
    places = {key.rpartition("/")[0] for key in files}
    beside = {one for one, name in folder.processes.items() if name.rpartition("/")[0] in places}
    return ground_of(workspace, beside | {workspace.process_id})


def player_of(workspace: Workspace) -> Callable[[ToldScenario], Outcome]:
    """Lets a scenario happen on what the draft needs."""
    ground = concerned_ground(workspace)
    place = data_folder() / "runs"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    sandbox, flows = Sandbox(ground.template, place, ground.diagrams), Flows.of(ground.diagrams)
    return lambda told: play(sandbox, told.scenario, flows)


def _covered(workspace: Workspace, run: RunSeen) -> Iterator[tuple[Words, Covered]]:
    folder = workspace.folder
    taken = [(process_id, flow_id) for one in run.outcomes for process_id, flow_id in one["taken"]]
    drawn_anew = [key for kind, key in sorted(workspace.changed) if kind is ArtifactKind.DIAGRAM]
    for process_id in dict.fromkeys([workspace.process_id, *drawn_anew]):
        content = folder.content(ArtifactKind.DIAGRAM, process_id)
        if content is None:
            continue
        with suppress(CaseworkError):
            process = processes_in(content).get(process_id)
            name = words(process.name or process_id, process.name_en) if process else words(process_id)
            yield from ((name, one) for one in coverage(Flows.of([content]), taken, {process_id}))


def as_json(told: ToldScenario, outcome: Outcome) -> dict[str, Any]:
    """As it is kept."""
    return {
        "file": told.file,
        "line": told.scenario.line,
        "name": told.scenario.name,
        "seconds": round(outcome.seconds, 2),
        "problems": [
            {"line": one.line, "da": one.message.text("da"), "en": one.message.text("en")} for one in outcome.problems
        ],
        "taken": sorted(outcome.taken),
    }
