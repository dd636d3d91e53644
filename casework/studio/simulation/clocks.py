"""The deadlines of one run: begun with what they belong to, met or passed when it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from casework.calendar import CalendarKind, postponed
from casework.studio.simulation.assumed import counted
from casework.studio.simulation.model import every_node

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from casework.engine import DeadlineRule
    from casework.engine.drawing import Node
    from casework.studio.simulation.assumed import Assumed, Place, RuleKey
    from casework.studio.simulation.lasted import Lasted, Together
    from casework.studio.simulation.model import Model
    from casework.studio.simulation.tokens import Token

#: What is known when a case begins: a deadline that starts there counts from the beginning of the run.
FROM_BEGINNING = frozenset({"modtagetTid", "kendskabsDato"})
#: What is counted and not drawn is as good as seen very often.
CERTAIN = 1_000_000
#: From a fact nobody draws, such as a birthday, this says nothing.
_SAME_DAY = "P0D"


def from_elsewhere(model: Model) -> dict[Place, frozenset[Place]]:
    """The steps with deadlines that count neither from the case's beginning nor from theirs, and where they are seen to begin.

    Of what holds or calls others these are the start events inside; of a task there are none, for tasks are seen themselves.
    """
    found: dict[Place, frozenset[Place]] = {}
    for node in every_node(model):
        starts = {_start(rule) for rule in node.element.deadlines} - FROM_BEGINNING - {""}
        if starts:
            inside = model.inside(node)
            found[node.element.key] = frozenset(one.element.key for one in (inside.starts() if inside else ()))
    return found


def _start(rule: DeadlineRule) -> str:
    return rule.start.removeprefix("=").strip()


@dataclass(frozen=True)
class Met:
    """One deadline at its end: how long it took, whether that was too long, and of what was seen least while it ran."""

    rule: RuleKey
    took: timedelta
    is_late: bool
    observations: int


@dataclass
class _Running:
    rule: DeadlineRule
    key: RuleKey
    began: datetime
    due: datetime
    #: The token whose end meets it; for a deadline of a process, the token that called it.
    token: Token | None
    is_of_process: bool
    observations: int = CERTAIN
    #: Those for whom it stands still, and since when.
    awaited: set[int] = field(default_factory=set)
    paused_at: datetime | None = None

    def due_at(self, at: datetime, closed_days: Collection[str]) -> datetime:
        """As seen now: moved by how long it stands still."""
        if self.paused_at is None:
            return self.due
        return postponed(self.due, CalendarKind(self.rule.calendar), self.paused_at, at, closed_days)


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

    def begin(self, node: Node, token: Token, at: datetime) -> Lasted | None:
        """Those of an activity. As long as this it lasts, where it was seen together with what they count from."""
        place = node.element.key
        together = self.assumed.together(place, at, self.began)
        for rule in node.element.deadlines:
            self._begin(rule, place[0], token, began=self._counts_from(rule, place[0], at, together))
        if together is None or together.lasted is None:
            return None
        self.drawn(token, len(self.assumed.past.together[place]))
        return together.lasted

    def begin_process(self, process_id: str, token: Token | None, at: datetime) -> None:
        """Those of a process itself."""
        for rule in self.model.rules(process_id):
            began = self._counts_from(rule, process_id, at, None)
            self._begin(rule, process_id, token, began=began, is_of_process=True)

    def _counts_from(self, rule: DeadlineRule, process_id: str, at: datetime, together: Together | None) -> datetime:
        start = _start(rule)
        if start in FROM_BEGINNING:
            return self.began
        if start and together and rule.key in together.offsets:
            offset = together.offsets[rule.key]
            return self.began if offset is None else at - timedelta(seconds=offset)
        if start:
            self.moved.add((process_id, rule.key))
        return at

    def _begin(
        self,
        rule: DeadlineRule,
        process_id: str,
        token: Token | None,
        *,
        began: datetime,
        is_of_process: bool = False,
    ) -> None:
        key = (process_id, rule.key)
        due = counted(rule.duration, rule.calendar, began, self.assumed.closed_days)
        if due is None or (key in self.moved and rule.duration == _SAME_DAY):
            self.uncounted.add(key)
            return
        self._running.append(_Running(rule, key, began, due, token, is_of_process))

    def drawn(self, token: Token, observations: int) -> None:
        """Something lasts as long as one of so many before it: the deadlines around it are no surer than that."""
        around = [None, *token.around()]
        for one in self._running:
            if one.token in around:
                one.observations = min(one.observations, observations)

    def stands(self, token: Token, at: datetime) -> None:
        """While it does, deadlines that it pauses stand still."""
        for one in self._running:
            if one.rule.pauses and token.node.element.key in one.rule.pauses_for(one.key[0]):
                one.awaited.add(id(token))
                one.paused_at = one.paused_at or at

    def passed(self, node: Node, at: datetime) -> None:
        """An element was passed that meets, or ends, a deadline of its process."""
        here, name = node.element.process_id, node.element.id
        for one in [one for one in self._running if one.is_of_process and one.key[0] == here]:
            if name == one.rule.met:
                self._end(one, at)
            elif name == one.rule.until:
                self._running.remove(one)

    def met(self, token: Token, at: datetime) -> None:
        """What the token stood at is done; of a called process without an element that meets it, its end."""
        for one in [one for one in self._running if one.token is token]:
            if not one.is_of_process or not one.rule.met:
                self._end(one, at)

    def forget(self, token: Token, at: datetime) -> None:
        """It is no longer there: nothing is owed any more, and nobody waits for it."""
        self._running = [one for one in self._running if one.token is not token]
        for one in self._running:
            if id(token) in one.awaited:
                one.awaited.remove(id(token))
                if not one.awaited:
                    one.due, one.paused_at = one.due_at(at, self.assumed.closed_days), None

    def close(self, at: datetime) -> None:
        """The run is over: of the process itself what its end meets; what still stands and is late counts as late."""
        for one in list(self._running):
            if (one.token is None and not one.rule.met) or one.due_at(at, self.assumed.closed_days) < at:
                self._end(one, at)

    def _end(self, one: _Running, at: datetime) -> None:
        self._running.remove(one)
        self.ended.append(Met(one.key, at - one.began, at > one.due_at(at, self.assumed.closed_days), one.observations))
