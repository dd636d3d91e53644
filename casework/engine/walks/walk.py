"""One random walk: random things happen, with random values, until the process ends or the steps are used up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any

from casework.engine.steps import Begin, Cause, Complete, Fire, JobDone, SetTo, Stuck, Throw
from casework.engine.walks.pair import Lasting, Reloaded, difference

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casework.engine.definition import Definition
    from casework.engine.elements import Key
    from casework.engine.steps import Event, Standing, Step
    from casework.engine.walks.guesses import Guesses

NOW = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)
#: How often other values are drawn before a walk that is stuck by its values is given up.
MOST_DRAWS = 20
#: Each circle takes a second to be told from a long way.
MOST_CIRCLES = 2


@dataclass(frozen=True)
class Problem:
    """`kind`: difference, crash or standstill."""

    kind: str
    detail: str


@dataclass
class Walk:
    """How it went."""

    steps: int = 0
    incidents: int = 0  #: stuck by the values drawn; others were drawn
    is_completed: bool = False
    is_given_up: bool = False  #: no values were found with which it goes on
    largest_state: int = 0  #: bytes
    passed: set[Key] = field(default_factory=set)
    trace: list[str] = field(default_factory=list)
    problem: Problem | None = None


def walk(copies: Sequence[Definition], guesses: Guesses, *, seed: int, start_element: str | None, steps: int) -> Walk:
    """Walk once; `copies` are at least two parsed copies of one process."""
    found = Walk()
    try:
        _walk(_Walker(copies, guesses, Random(seed), found), start_element, steps)  # noqa: S311  a walk is no secret
    except Stuck as stuck:
        # A process that is walked by itself ends with an error for its caller, who catches it: lint has seen to that.
        found.is_completed = stuck.cause is Cause.UNCAUGHT
        if not found.is_completed:
            found.problem = Problem("standstill" if stuck.cause is Cause.STANDSTILL else "crash", str(stuck))
    except Exception as error:  # noqa: BLE001  a crash is what a walk looks for
        found.problem = Problem("crash", f"{type(error).__name__}: {error}")
    return found


def _walk(walker: _Walker, start_element: str | None, steps: int) -> None:
    walker.begin(start_element)
    while walker.goes_on(steps):
        walker.go()


class _Walker:
    def __init__(self, copies: Sequence[Definition], guesses: Guesses, random: Random, found: Walk) -> None:
        self.guesses, self.random, self.found = guesses, random, found
        self.definition = copies[0]
        self.reloaded, self.lasting = Reloaded(copies, NOW), Lasting(copies[0], NOW)
        self.variables: dict[str, Any] = {}
        self.is_ambiguous = False  #: one of several equal tokens was moved; the runs may have moved different ones

    def begin(self, start_element: str | None) -> None:
        variables = self._tried(lambda v: self.reloaded.start(start_element, v), first=True)
        if variables is not None:
            self.lasting.start(start_element, variables)
            self._compare()

    def goes_on(self, steps: int) -> bool:
        found = self.found
        found.largest_state = self.reloaded.largest
        return not (found.problem or found.is_completed or found.is_given_up or found.steps == steps)

    def go(self) -> None:
        here, there = self.reloaded.stands(), self.lasting.stands()
        choices = sorted(address for address, s in here.items() if s[0].kind != "activity")
        single = [address for address in choices if len(here[address]) == 1]
        address = self.random.choice(single or choices)
        self.is_ambiguous |= not single
        event = self._event(here[address][0])
        self.found.steps += 1
        self.found.trace.append(f"{type(event).__name__} {address[1]}")
        variables = self._tried(lambda v: self.reloaded.advance(event, v))
        if variables is not None:
            self.lasting.advance(_same(event, there[address][0].task_id), variables)
            self._compare()

    def _tried(self, step: Callable[[dict[str, Any]], None], *, first: bool = False) -> dict[str, Any] | None:
        """Take the step, with other values as long as the values drawn are what stops it; then the values."""
        circles = 0
        for _ in range(MOST_DRAWS):
            variables = self.variables | self.guesses.draw(self.random, first=first)
            try:
                step(variables)
            except Stuck as stuck:
                if stuck.cause not in (Cause.VALUES, Cause.CIRCLE):
                    raise
                self.found.incidents += 1
                circles += stuck.cause is Cause.CIRCLE
                if circles == MOST_CIRCLES:
                    break
            else:
                return variables
        self.found.is_given_up = True
        return None

    def _event(self, standing: Standing) -> Event:
        element = self.definition.element(standing.process_id, standing.element_id)
        match standing.kind:
            case "user_task" | "job" if (codes := self._codes(standing)) and self.random.random() < 0.2:  # noqa: PLR2004
                return Throw(standing.task_id, self.random.choice(codes))
            case "user_task":
                return Complete(standing.task_id)
            case "job":
                return JobDone(standing.task_id, self.guesses.result(self.random))
        payload = self.guesses.result(self.random)
        return Fire(standing.task_id, element.id, payload, last=self.random.random() < 0.2)  # noqa: PLR2004

    def _codes(self, standing: Standing) -> list[str]:
        """The error codes that boundary events of this very element catch."""
        return [
            e.code or "E"
            for e in self.definition.elements.values()
            if (e.process_id, e.attached_to, e.event) == (standing.process_id, standing.element_id, "error")
        ]

    def _compare(self) -> None:
        step: Step = self.reloaded.step
        self.variables = step.variables
        self.found.passed |= {(p.process_id, p.element_id) for p in step.passed if p.how == "completed"}
        self.found.is_completed = step.is_completed
        detail = difference(self.reloaded, self.lasting)
        if detail and self.is_ambiguous:
            self.found.is_given_up = True
        elif detail:
            self.found.problem = Problem("difference", detail)


def _same(event: Event, task_id: str) -> Event:
    """The same event for the task that stands at its place in the other run."""
    match event:
        case Complete(_, results):
            return Complete(task_id, results)
        case JobDone(_, result):
            return JobDone(task_id, result)
        case Throw(_, code):
            return Throw(task_id, code)
        case Fire(_, element_id, payload, last):
            return Fire(task_id, element_id, payload, last)
        case SetTo() | Begin():
            return event
