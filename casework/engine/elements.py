"""What a diagram says about its elements, read from the XML once: everything that forms, lanes, deadlines and jobs need.

The token engine knows none of this; the runner and the operations look it up by process and element id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Process id and element id: element ids are unique in one file only.
Key = tuple[str, str]


class DeadlineClass(StrEnum):
    """How binding a deadline is."""

    STATUTORY = "LOV"  #: The law says so.
    LOCAL = "LOKAL"  #: The municipality has promised it.
    INTERNAL = "INTERN"  #: A reminder among colleagues.


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """`sag:deadline`: texts are ISO 8601 durations, or FEEL with a leading `=`."""

    key: str
    deadline_class: str
    duration: str
    calendar: str = "calendar"
    start: str = ""  #: FEEL for a date or instant; empty: when the element opens
    law: str = ""
    e1: str = ""  #: escalations, as durations from the start; empty: the usual ladder
    e2: str = ""
    e3: str = ""
    met: str = ""  #: on a process: the element whose completion meets it
    until: str = ""  #: on a process: the element whose completion withdraws it
    #: Ids of elements (`process/id` in a called process), apart by spaces: while one waits, the clock stands still (never LOV).
    pauses: str = ""

    def pauses_for(self, process_id: str) -> list[Key]:
        """Process and element id of what it pauses for; `process_id` is where the rule stands."""
        names = [name.rpartition("/") for name in self.pauses.split()]
        return [(where or process_id, name) for where, _, name in names]


@dataclass(frozen=True, slots=True)
class Assignment:
    """`sag:assignment`: who gets a user task when it opens."""

    to: str = "none"  #: responsible, coordinator, starter or none (the unit's inbox)
    separation: bool = False  #: only somebody who has completed no task on this case


@dataclass(frozen=True, slots=True)
class TimerRule:
    """`sag:timer`: how the time of a timer event counts."""

    calendar: str = ""  #: empty: elapsed when the duration has a time part, else calendar
    start: str = ""  #: FEEL; empty: when the event begins to wait
    late: str = ""  #: at a start event: for how long after its moment it is still of use on a new case; empty: that day
    single: bool = False  #: at a start event: not while the process runs on the case


@dataclass(frozen=True, slots=True)
class Loop:
    """Multi-instance or standard loop: expressions in FEEL, empty where not given."""

    kind: str  #: parallel, sequential or standard
    collection: str = ""
    item: str = ""
    cardinality: str = ""
    completion: str = ""  #: of a standard loop: go on while this is true
    test_before: bool = False
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """`sag:variable`: a name that the process decides by."""

    name: str
    type: str = "string"
    da: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """One flow node. `type` is the BPMN tag (`userTask`, `boundaryEvent`, ...)."""

    id: str
    process_id: str
    type: str
    name: str = ""
    name_en: str = ""
    documentation: str = ""
    lane: str = ""  #: the unit's key: candidateGroups, else the lane (of the enclosing subprocess)
    scope: str = ""  #: the embedded subprocess around it; empty: the process itself
    form_key: str = ""
    topic: str = ""  #: who carries a job out; empty: no job
    event: str = ""  #: message, timer, signal, conditional, error, escalation, terminate; empty: none
    event_name: str = ""  #: of the message or signal
    code: str | None = None  #: of the error or escalation; None catches every one
    timer_kind: str = ""  #: timeDate, timeDuration or timeCycle
    expression: str = ""  #: of the timer or the condition
    attached_to: str = ""
    interrupting: bool = True
    called_element: str = ""
    decision: str = ""
    result_variable: str = ""
    loop: Loop | None = None
    deadlines: tuple[DeadlineRule, ...] = ()
    deadline_refs: tuple[str, ...] = ()  #: keys of deadlines of the process, of what is around it, or of a caller
    assignment: Assignment = Assignment()
    laws: tuple[str, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    outputs: tuple[tuple[str, str], ...] = ()
    assigns: tuple[tuple[str, str], ...] = ()
    timer: TimerRule = TimerRule()
    correlation: str = ""
    by_hand: bool = False  #: at a message event: a person at the case may say that it has happened
    outward: bool = (
        False  #: at an event that sends a message: it goes to whoever outside has asked, no process awaits it
    )

    @property
    def key(self) -> Key:
        """By which it is known in a definition."""
        return self.process_id, self.id


@dataclass(frozen=True, slots=True)
class Process:
    """One `bpmn:process`: what it declares for all of its elements."""

    id: str
    name: str = ""
    name_en: str = ""
    documentation: str = ""
    is_executable: bool = True
    deadlines: tuple[DeadlineRule, ...] = ()
    variables: tuple[Variable, ...] = ()
    laws: tuple[str, ...] = ()
    lanes: Mapping[str, str] = field(default_factory=dict)  #: lane id to name, in the order of the file
    start_events: tuple[str, ...] = ()  #: of the process itself, not of its subprocesses
