"""A scenario as Python sees it: the nouns. Read by `reading`, let happen by `play`. Every part knows its line in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


@dataclass(frozen=True)
class Parent:
    """`relation` as in form F01: mor, far, vaerge, anden."""

    name: str
    relation: str
    has_custody: bool


@dataclass(frozen=True)
class Child:
    """Born on a day, or so many years old when the scenario begins."""

    name: str = "Alma Prøve"
    born: date | None = None
    age: int = 12
    has_protected_address: bool = False
    parents: tuple[Parent, ...] = (Parent("Maja Prøve", "mor", True), Parent("Jonas Prøve", "far", False))


@dataclass(frozen=True)
class Start:
    """How it begins: a message or a process by its id, with the values that come along; or an enquiry in form F01."""

    line: int
    name: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    enquiry: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Do:
    """Somebody completes a task: `task` is its form, its element or its name; of several that stand, which by `number`."""

    line: int
    task: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    number: int = 1


@dataclass(frozen=True)
class GoOn:
    """Everybody completes what stands, with the usual answers, until the task `until` stands (empty: until none stands)."""

    line: int
    until: str = ""


@dataclass(frozen=True)
class Wait:
    """The clock moves: for a duration, to a moment, to a timer of the diagram, or to the next thing that comes due."""

    line: int
    how: Literal["for", "to", "timer", "next"]
    text: str = ""
    calendar: str = ""
    moment: datetime | None = None


@dataclass(frozen=True)
class Live:
    """Time passes as in `wait`, and on its way everybody does what comes, with the usual answers; hand-offs are accepted."""

    line: int
    wait: Wait


@dataclass(frozen=True)
class Tell:
    """A message comes; `to` is whom it is about (barn, mor, far, overlevering), where several await it."""

    line: int
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    to: str = ""


@dataclass(frozen=True)
class Answer:
    """The receiver (or the sender) of the hand-off that was offered last moves it; of several to the unit `to` (or its lane)."""

    line: int
    move: str
    to: str = ""


@dataclass(frozen=True)
class Learn:
    """The case learns facts, or they are corrected."""

    line: int
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Withdraw:
    """The consent that was given last is withdrawn."""

    line: int


@dataclass(frozen=True)
class Correct:
    """What was answered last in a form is put right, and the process set to where that leads."""

    line: int
    task: str
    answers: Mapping[str, Any]
    to: str = ""


@dataclass(frozen=True)
class Expect:
    """What must hold at this point. Lists name what must be there; other things may be there too."""

    line: int
    tasks: tuple[str, ...] = ()
    no_tasks: tuple[str, ...] = ()
    deadlines: Mapping[str, Any] = field(default_factory=dict)
    letters: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    unit: str = ""


Step = Do | GoOn | Wait | Live | Tell | Answer | Learn | Withdraw | Correct | Expect


@dataclass(frozen=True)
class Scenario:
    """`usual` holds answers by form for whenever that form is filled in, `waits` forms and tasks that nobody completes unless
    a step says so; `ends` the end by process id ("" the first).
    """

    file: str
    line: int
    name: str
    about: str
    now: datetime
    child: Child
    facts: Mapping[str, Any]
    unit: str
    start: Start
    usual: Mapping[str, Mapping[str, Any]]
    steps: tuple[Step, ...]
    waits: frozenset[str] = frozenset()
    ends: Mapping[str, str] = field(default_factory=dict)
    ends_line: int = 0
