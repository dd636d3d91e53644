"""Lets one scenario happen from beginning to end, in a private copy of a municipality; `Player` takes the single steps.

At the first difference that it cannot go on from, it ends.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from casework import clock
from casework.errors import CaseworkError, InvalidError
from casework.i18n import message
from casework.operations.turns.units import forget
from casework.operations.turns.watching import watched
from casework.scenarios import looking
from casework.scenarios.ending import differences_at_end
from casework.scenarios.errors import ScenarioError
from casework.scenarios.outcome import Outcome
from casework.scenarios.player import OffScriptError, Player

if TYPE_CHECKING:
    from casework.engine import Step
    from casework.scenarios.flows import Flows
    from casework.scenarios.player import HandedIn
    from casework.scenarios.sandbox import Sandbox
    from casework.scenarios.scenario import Scenario


def play(sandbox: Sandbox, scenario: Scenario, flows: Flows, handed_in: HandedIn = lambda *_: None) -> Outcome:
    """Let it happen; `flows` are those of the sandbox's diagrams (`Flows.of`), and stay as they are."""
    began = time.monotonic()
    one = _Play(scenario, flows.begun(), handed_in)
    with sandbox.opened(), clock.moved_to(scenario.now), watched(lambda _, step: one.see(step)):
        forget()
        one.run()
        outcome = one.outcome
        if one.player.stage is not None:
            outcome.deadlines = tuple(looking.deadlines(one.player.case_id))
    outcome.taken, outcome.seconds = frozenset(one.flows.taken), time.monotonic() - began
    return outcome


class _Play:
    def __init__(self, scenario: Scenario, flows: Flows, handed_in: HandedIn) -> None:
        self.scenario, self.flows, self.player = scenario, flows, Player(scenario, handed_in)
        self.outcome = Outcome(scenario, self.player.problems)

    def see(self, step: Step) -> None:
        self.flows.see(step)
        self.outcome.largest_state = max(self.outcome.largest_state, len(step.state))

    def run(self) -> None:
        line, player = self.scenario.start.line, self.player
        try:
            player.begin()
            for step in self.scenario.steps:
                line = step.line
                player.take(step)
            line = self.scenario.ends_line or line
            for at, differs in differences_at_end(self.scenario, player.case_id, self.flows):
                player.differs(at, differs)
        except OffScriptError:
            pass
        except ScenarioError:
            raise
        except InvalidError as error:
            said = [message("{field}: {wrong}", field=path, wrong=wrong) for path, wrong in error.fields.items()]
            player.differs(line, message("{message} {fields}", message=error.message, fields=said or ""))
        except CaseworkError as error:
            player.differs(line, error.message)
