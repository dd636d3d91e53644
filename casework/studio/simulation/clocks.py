"""The deadlines of one run: begun with what they belong to, met or passed when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.studio.simulation.assumed import counted

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from casework.engine import DeadlineRule
    from casework.engine.drawing import Node
    from casework.studio.simulation.assumed import Assumed
    from casework.studio.simulation.model import Model

#: Process id and key of a rule.
RuleKey = tuple[str, str]
#: What is known when a case begins: a deadline that starts there counts from the beginning of the run.
FROM_BEGINNING = frozenset({"modtagetTid", "kendskabsDato"})
#: From a fact nobody draws, such as a birthday, this says nothing.
_SAME_DAY = "P0D"


@dataclass(frozen=True)
class Met:
    """One deadline at its end: how long it took, and whether that was too long."""

    rule: RuleKey
    took: timedelta
    is_late: bool


@dataclass
class _Running:
    rule: DeadlineRule
    key: RuleKey
    began: datetime
    due: datetime
    #: The token whose end meets it; for a deadline of a process, the token that called it.
    token: Any
    is_of_process: bool


class Clocks:
    """`ended` in the order of their ends. `uncounted`: an expression says how long, or from when.

    `moved`: an expression says from when, and they are counted from when the step begins instead.
    """

    def __init__(self, model: Model, assumed: Assumed, began: datetime) -> None:
        self.model, self.assumed, self.began = model, assumed, began
        self.ended: list[Met] = []
        self.uncounted: set[RuleKey] = set()
        self.moved: set[RuleKey] = set()
        self._running: list[_Running] = []

    def begin(self, node: Node, token: Any, at: datetime) -> None:
        """Those of an activity."""
        for rule in node.element.deadlines:
            self._begin(rule, node.element.process_id, token, at, is_of_process=False)

    def begin_process(self, process_id: str, token: Any, at: datetime) -> None:
        """Those of a process itself."""
        for rule in self.model.rules(process_id):
            self._begin(rule, process_id, token, at, is_of_process=True)

    def _begin(self, rule: DeadlineRule, process_id: str, token: Any, at: datetime, *, is_of_process: bool) -> None:
        key, start = (process_id, rule.key), rule.start.removeprefix("=").strip()
        began = self.began if start in FROM_BEGINNING else at
        due = counted(rule.duration, rule.calendar, began, self.assumed.closed_days)
        if start and start not in FROM_BEGINNING:
            self.moved.add(key)
        if due is None or (key in self.moved and rule.duration == _SAME_DAY):
            self.uncounted.add(key)
            return
        self._running.append(_Running(rule, key, began, due, token, is_of_process))

    def passed(self, node: Node, at: datetime) -> None:
        """An element was passed that meets, or ends, a deadline of its process."""
        here, name = node.element.process_id, node.element.id
        for one in [one for one in self._running if one.is_of_process and one.key[0] == here]:
            if name == one.rule.met:
                self._end(one, at)
            elif name == one.rule.until:
                self._running.remove(one)

    def met(self, token: Any, at: datetime) -> None:
        """What the token stood at is done; of a called process without an element that meets it, its end."""
        for one in [one for one in self._running if one.token is token]:
            if not one.is_of_process or not one.rule.met:
                self._end(one, at)

    def forget(self, token: Any) -> None:
        """It was taken away: nothing is owed any more."""
        self._running = [one for one in self._running if one.token is not token]

    def close(self, at: datetime) -> None:
        """The run is over: of the process itself what its end meets; what still stands and is late counts as late."""
        for one in list(self._running):
            if (one.token is None and not one.rule.met) or one.due < at:
                self._end(one, at)

    def _end(self, one: _Running, at: datetime) -> None:
        self._running.remove(one)
        self.ended.append(Met(one.key, at - one.began, at > one.due))
