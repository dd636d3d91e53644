"""What a step takes and what it gives: plain frozen values, for operations to turn into rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from casework.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.i18n import Message

Kind = Literal["user_task", "job", "wait", "activity"]
How = Literal["completed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Complete:
    """A person has completed a user task; `results` become variables."""

    task_id: str
    results: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobDone:
    """A job is done; only what the element's `sag:output` takes from `result` becomes a variable."""

    task_id: str
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fire:
    """The moment of a wait has come. `last`: a repeating boundary event does not wait again."""

    task_id: str
    element_id: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    last: bool = False


@dataclass(frozen=True, slots=True)
class Throw:
    """An error from outside at a job or user task, to be caught at its own boundary or around it."""

    task_id: str
    error_code: str


@dataclass(frozen=True, slots=True)
class SetTo:
    """A person sets the instance to another element: `at` names it, after the activities around it, outermost first.

    `after`: not to the element itself but to what follows it. `results` become variables before anything happens there.
    """

    at: tuple[str, ...]
    after: bool = False
    results: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Branch:
    """The flow of a split by which a branch begins. `host`: the engine's task of the activity it is inside of, or empty."""

    host: str
    source: str
    element_id: str


@dataclass(frozen=True, slots=True)
class Begin:
    """Branches begin that a new version has, beside where the instance stood when it was moved there."""

    branches: tuple[Branch, ...]


Event = Complete | JobDone | Fire | Throw | SetTo | Begin


@dataclass(frozen=True, slots=True)
class Wait:
    """What an element waits for. `kind`: timeDate, timeDuration, timeCycle, message, signal or conditional.

    `expression` is the text of the diagram. `value`, `start` and `correlation` are its values, for what has just opened
    (None in `standing()`, which sees no variables): of a timer the ISO text or the date, instant or duration that FEEL gave.
    """

    kind: str
    expression: str = ""
    name: str = ""  #: of the message or signal
    interrupting: bool = True
    attached_to: str = ""  #: the activity whose boundary it is at
    calendar: str = ""
    value: Any = None
    start: Any = None
    correlation: Any = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that awaits the outside world, or an activity with a deadline that runs. Its key is task id and element id."""

    kind: Kind
    task_id: str
    process_id: str
    element_id: str
    path: tuple[str, ...] = ()  #: the activities around it, outermost first
    items: Mapping[str, Any] = field(default_factory=dict)
    wait: Wait | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)  #: `sag:input`, for what has just opened

    @property
    def key(self) -> tuple[str, str]:
        """Task id and element id: behind one gateway several elements wait with one task."""
        return self.task_id, self.element_id


@dataclass(frozen=True, slots=True)
class Closed:
    """What stood before the step and no longer stands."""

    task_id: str
    element_id: str
    kind: Kind
    how: How


@dataclass(frozen=True, slots=True)
class Passed:
    """History: an element that a token has left, in the order of happening; cancelled ones last.

    `type` is the BPMN tag; `loop` for a looping activity as a whole, beside one entry for each of its instances.
    """

    process_id: str
    element_id: str
    type: str
    how: How
    task_id: str
    chosen: tuple[str, ...] = ()  #: of a gateway that chooses: the elements that its chosen flows lead to


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that left, to be delivered by operations."""

    name: str
    payload: Mapping[str, Any]
    process_id: str = ""
    element_id: str = ""
    task_id: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a business rule task decided, and by which rows."""

    process_id: str
    element_id: str
    decision: str
    value: Any
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Why a gateway chose: the conditions of its flows as they were asked, in document order; `Passed.chosen` says which won.

    `flows` are target element, expression and its value; `known` is all that the expressions could read.
    """

    process_id: str
    element_id: str
    task_id: str
    flows: tuple[tuple[str, str, Any], ...]
    known: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """The outcome of one step. Nothing of it has happened until it is written."""

    state: bytes
    variables: dict[str, Any]
    opened: tuple[Standing, ...] = ()
    closed: tuple[Closed, ...] = ()
    passed: tuple[Passed, ...] = ()
    sent: tuple[Sent, ...] = ()
    is_completed: bool = False
    ended_at: tuple[str, ...] = ()  #: end events of the process itself that were reached in this step
    decided: tuple[Decided, ...] = ()
    weighed: tuple[Weighed, ...] = ()


class Cause(StrEnum):
    """Why an instance cannot go on."""

    VALUES = "values"  #: The values: no condition is true, no rule fits, an expression has no value.
    STANDSTILL = "standstill"  #: Everything would wait at joins, for ever.
    CIRCLE = "circle"  #: It goes round without a rest.
    UNCAUGHT = "uncaught"  #: Nothing catches an error.
    ENGINE = "engine"  #: The token engine refused.


class Stuck(Exception):  # noqa: N818  the word that the incident has, too
    """The instance cannot go on: the step did not happen. Becomes an incident, to be mended and retried."""

    def __init__(
        self,
        reason: Message,
        *,
        process_id: str,
        element_id: str,
        expression: str = "",
        values: Mapping[str, Any] | None = None,
        cause: Cause = Cause.VALUES,
    ) -> None:
        super().__init__(f"{process_id}:{element_id}: {reason.text('en')}")
        self.reason, self.process_id, self.element_id = reason, process_id, element_id
        self.expression, self.values, self.cause = expression, dict(values or {}), cause


class NotStandingError(ConflictError):
    """What the event is about no longer stands: completed, cancelled or never there."""

    code = "not-standing"
