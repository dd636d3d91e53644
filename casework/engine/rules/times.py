"""Rules about time: timers and deadlines must say a time that can be computed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from casework.calendar import CalendarKind, due, usual_calendar
from casework.engine.elements import DeadlineClass
from casework.engine.rules.words import what
from casework.errors import CaseworkError
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casework.engine.drawing import Drawing, Node
    from casework.engine.elements import DeadlineRule, Element
    from casework.engine.finding import Finding

#: `R/P1D`, `R3/PT1H`, `R/2026-01-01T08:00:00Z/P1D`.
CYCLE = re.compile(r"R(\d*)/(?:(?P<start>[^/]+)/)?(?P<duration>[^/]+)\Z")
EXAMPLE = datetime(2026, 1, 5, 8, tzinfo=UTC)
#: What can be waited for.
WAITING = frozenset(
    {"userTask", "manualTask", "serviceTask", "receiveTask", "callActivity", "subProcess", "intermediateCatchEvent"}
)
WITH_DEADLINE = frozenset({"userTask", "subProcess", "callActivity"})


def times(drawing: Drawing) -> Iterator[Finding]:
    """All rules of this file."""
    for _, node in drawing.nodes():
        if node.element.event == "timer":
            yield from _timer(drawing, node)
        yield from _deadlines(drawing, node)
        yield from _awaited(drawing, node.element.process_id, node.id, node.element.deadlines)
    for process in drawing.processes.values():
        ids = {element for owner, element in drawing.elements if owner == process.id}
        yield from _awaited(drawing, process.id, process.id, process.deadlines)
        for rule in process.deadlines:
            yield from _deadline(drawing, process.id, rule)
            yield from _ends(drawing, process.id, rule, ids)


def _timer(drawing: Drawing, node: Node) -> Iterator[Finding]:
    element, problem = node.element, None
    if not element.expression:
        problem = message("no time is given")
    elif not element.expression.startswith("="):
        problem = _unreadable(element.timer_kind, element.expression, element.timer.calendar)
    if problem is not None:
        yield drawing.error(
            node.id,
            "timer-unreadable",
            message("The time of {what} cannot be read: {problem}", what=what(element), problem=problem),
            message(
                "Write P14D for 14 days, PT24H for 24 hours, 2026-12-01, R/P7D for every 7 days, or “=” and a formula."
            ),
        )


def _unreadable(kind: str, text: str, calendar: str) -> Message | None:
    if kind == "timeDate":
        return None if _is_date(text) else message("“{text}” is no date.", text=text)
    if kind == "timeCycle":
        found = CYCLE.match(text)
        if found is None or (found["start"] and not _is_date(found["start"])):
            return message("“{text}” is nothing that repeats itself.", text=text)
        text = found["duration"]
    return _no_duration(text, calendar)


def _is_date(text: str) -> bool:
    for read in (datetime.fromisoformat, date.fromisoformat):
        try:
            read(text)
        except ValueError:
            continue
        return True
    return False


def _no_duration(text: str, calendar: str) -> Message | None:
    """What the calendar says against it."""
    try:
        due(text, CalendarKind(calendar) if calendar else usual_calendar(text), EXAMPLE)
    except CaseworkError as error:
        return error.message
    except ValueError:
        return message("“{calendar}” is no calendar.", calendar=calendar)
    return None


def _deadlines(drawing: Drawing, node: Node) -> Iterator[Finding]:
    for rule in node.element.deadlines:
        yield from _deadline(drawing, node.id, rule)
    if node.element.deadlines and node.type not in WITH_DEADLINE:
        yield drawing.error(
            node.id,
            "deadline-place",
            message("{what} cannot have a deadline.", what=what(node.element)),
            message(
                "Give the deadline to a task for a person, a subprocess, a call of another process, or the process itself."
            ),
        )


def _deadline(drawing: Drawing, element: str, rule: DeadlineRule) -> Iterator[Finding]:
    for problem in _problems(rule):
        yield drawing.error(
            element,
            "deadline-unreadable",
            message("The deadline “{key}” cannot be used: {problem}", key=rule.key, problem=problem),
            message(
                "A deadline says its name, how binding it is (LOV, LOKAL, INTERN), how long (P10D), and how days are counted."
            ),
        )


def _problems(rule: DeadlineRule) -> Iterator[Message]:
    if not rule.key:
        yield message("it has no name")
    if rule.deadline_class not in {kind.value for kind in DeadlineClass}:
        yield message("“{text}” is none of LOV, LOKAL and INTERN", text=rule.deadline_class)
    if not rule.duration:
        yield message("it does not say how long it is")
    if rule.pauses and rule.deadline_class == DeadlineClass.STATUTORY:
        yield message("the law's clock never stands still")
    if rule.duration and not rule.duration.startswith("="):
        problem = _no_duration(rule.duration, rule.calendar)
        if problem is not None:
            yield problem
    for step in (rule.e1, rule.e2, rule.e3):
        problem = _no_duration(step, "") if step and not step.startswith("=") else None
        if problem is not None:
            yield problem


def _ends(drawing: Drawing, process: str, rule: DeadlineRule, ids: set[str]) -> Iterator[Finding]:
    for name in (rule.met, rule.until):
        if name and name not in ids:
            yield drawing.error(
                process,
                "deadline-end",
                message("The deadline “{key}” ends at {id}, which is not there.", key=rule.key, id=name),
                message("Name the id of a step of the process."),
            )
    if not rule.met:
        yield drawing.error(
            process,
            "deadline-end",
            message("The deadline “{key}” of the process is never met.", key=rule.key),
            message("Say under “Met when this is done” which step meets it."),
        )


def _awaited(drawing: Drawing, process: str, element: str, rules: Sequence[DeadlineRule]) -> Iterator[Finding]:
    """What a deadline pauses for must be something that waits."""
    for rule in rules:
        for where, name in rule.pauses_for(process):
            if where == process and not _waits(drawing.elements.get((process, name))):
                yield _pauses_for_nothing(drawing, element, rule, name)


def _waits(element: Element | None) -> bool:
    return element is not None and element.type in WAITING


def _pauses_for_nothing(drawing: Drawing, element: str, rule: DeadlineRule, name: str) -> Finding:
    return drawing.error(
        element,
        "deadline-pauses",
        message("The deadline “{key}” pauses for {id}, where nothing waits.", key=rule.key, id=name),
        message("Name the id of a task, a call, or an event that is awaited; in a called process as process/id."),
    )


def awaited_elsewhere(drawings: Sequence[Drawing]) -> Iterator[Finding]:
    """What a deadline pauses for in a called process (`process/id`) must be something that waits there."""
    elements = {key: element for drawing in drawings for key, element in drawing.elements.items()}
    for drawing in drawings:
        own = [(process.id, process.id, process.deadlines) for process in drawing.processes.values()]
        inside = [(node.element.process_id, node.id, node.element.deadlines) for _, node in drawing.nodes()]
        for process, element, rules in (*own, *inside):
            for rule in rules:
                for where, name in rule.pauses_for(process):
                    if where != process and not _waits(elements.get((where, name))):
                        yield _pauses_for_nothing(drawing, element, rule, f"{where}/{name}")


def shown_deadlines(drawings: Sequence[Drawing]) -> Iterator[Finding]:
    """`sag:deadlineRef` shows a deadline of the process, of an activity around it, or of a caller: somewhere it must be."""
    known = {rule.key for drawing in drawings for process in drawing.processes.values() for rule in process.deadlines}
    known |= {rule.key for drawing in drawings for _, node in drawing.nodes() for rule in node.element.deadlines}
    for drawing in drawings:
        for _, node in drawing.nodes():
            for key in [k for k in node.element.deadline_refs if k not in known]:
                yield drawing.warning(
                    node.id,
                    "deadline-elsewhere",
                    message(
                        "{what} shows the deadline “{key}”, which its process does not have.",
                        what=what(node.element),
                        key=key,
                    ),
                    message("Check the name; it may be a deadline of the process that calls this one."),
                )
