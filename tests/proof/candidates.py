"""The states in which a process may be by the book.

More than one only where two tokens stand at the same element with the same items: which of the two moved cannot be told
from outside, so every choice is followed, up to `MOST`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.proof.oracle import Oracle

if TYPE_CHECKING:
    from tests.proof.blocks import Model
    from tests.proof.frames import Enabled, Items

    Key = tuple[str, Items]
    #: What was done, with which of several equal tokens, for the last time or not, and the variables then.
    History = list[tuple[Key, int, bool, dict[str, Any]]]


class Candidates:
    MOST = 40

    def __init__(self, model: Model, variables: dict[str, Any]):
        self.model, self.variables, self.start = model, variables, dict(variables)
        self.oracles: list[tuple[Oracle, History]] = [(Oracle(model, variables), [])]

    def fits(self, key: Key) -> bool:
        """Can every choice of `key` be followed?"""
        return sum(sum(e.key == key for e in oracle.enabled()) for oracle, _ in self.oracles) <= self.MOST

    def happen(self, key: Key, *, last: bool) -> None:
        now, after = dict(self.variables), []
        for oracle, history in self.oracles:
            same = [e for e in oracle.enabled() if e.key == key]
            for index in range(len(same)):
                new = [*history, (key, index, last, now)]
                if index == len(same) - 1:
                    perform(oracle, same[index], last=last)
                    after.append((oracle, new))
                else:
                    after.append((self._replay(new), new))
        self.variables.update(now)
        self.oracles = after

    def _replay(self, history: History) -> Oracle:
        self.variables.update(self.start)
        oracle = Oracle(self.model, self.variables)
        for key, index, last, then in history:
            self.variables.update(then)
            perform(oracle, [e for e in oracle.enabled() if e.key == key][index], last=last)
        return oracle

    def keep(self, have: Counter[Key], *, completed: bool) -> str:
        """Drop the states that the engine is not in; what is wrong, if none is left."""
        problem, fitting = "", []
        for oracle, history in self.oracles:
            want = Counter(e.key for e in oracle.enabled())
            if want != have:
                problem = f"missing {sorted((want - have).elements())}, too many {sorted((have - want).elements())}"
            elif oracle.completed != completed:
                problem = f"completed: should be {oracle.completed}, is {completed}"
            else:
                fitting.append((oracle, history))
        if fitting:
            self.oracles = list({str(oracle.root.state()): (oracle, history) for oracle, history in fitting}.values())
        return "" if fitting else problem


def perform(oracle: Oracle, what: Enabled, *, last: bool) -> None:
    what.happen(last=last) if what.repeats else what.happen()
    oracle.settle()
