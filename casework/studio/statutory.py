"""What a draft does to the deadlines of the law: one that is lost, counts longer, or warns no more needs a team leader.

1. Of each process that the draft changes, every deadline of class LOV is taken, as released and as drafted, by its key.
2. One that is no more there, or of another class now, is lost, wherever in the process it stood.
3. It counts longer when it would be due later from any of the days below; where nobody can compare the two (an expression,
   another start), it counts as longer: a person shall look.
4. A warning (e1, e2, e3) that is gone, or what ends or is shown by it, is said too.
5. Who calls no more a process in which such deadlines stand loses them with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from casework.calendar import CalendarKind, due
from casework.calendar.duration_words import duration_words
from casework.diagrams import DiagramError
from casework.engine.drawing import drawn
from casework.engine.elements import DeadlineClass
from casework.errors import CaseworkError
from casework.i18n import message
from casework.model import ArtifactKind
from casework.studio.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from casework.engine import DeadlineRule, Process
    from casework.engine.drawing import Drawing
    from casework.i18n import Message
    from casework.studio.files import FileKey, Folder

#: Before Easter, before Christmas, the end of a month, summer time, a leap day, and a usual Tuesday.
DAYS = tuple(
    datetime(*day, 9, 30, tzinfo=UTC)
    for day in ((2026, 4, 1), (2026, 12, 23), (2027, 1, 31), (2027, 3, 27), (2028, 2, 29), (2026, 9, 15))
)
_WARNINGS = {"e1": message("first warning"), "e2": message("second warning"), "e3": message("third warning")}


@dataclass(frozen=True)
class _Place:
    """A rule, and the element (or process) that has it."""

    element: str
    name: str
    rule: DeadlineRule


def statutory_faults(released: Folder, drafted: Folder, changed: Collection[FileKey]) -> list[Fault]:
    """What must be approved by a team leader, of the changed diagrams. A diagram that cannot be read is not judged here."""
    found: list[Fault] = []
    for key in sorted(key for kind, key in changed if kind is ArtifactKind.DIAGRAM):
        old, new = (_drawing(folder, key) for folder in (released, drafted))
        if old is not None and new is not None:
            found += _of_file(key, old, new)
            found += _calls(key, released, old, new)
    return found


def has_statutory(folder: Folder, process_id: str) -> bool:
    """Whether deadlines of the law stand in the process."""
    drawing = _drawing(folder, process_id)
    return drawing is not None and any(process == process_id for process, _ in _statutory(drawing))


def _drawing(folder: Folder, key: str) -> Drawing | None:
    content = folder.content(ArtifactKind.DIAGRAM, key)
    try:
        return None if content is None else drawn(folder.name(ArtifactKind.DIAGRAM, key), content)
    except DiagramError:
        return None


def _of_file(key: str, old: Drawing, new: Drawing) -> Iterator[Fault]:
    now = _places(new)
    for name, was in _statutory(old).items():
        is_now = now.get(name)
        if is_now is None or is_now.rule.deadline_class != DeadlineClass.STATUTORY:
            yield _fault(
                key,
                was.element if is_now is None else is_now.element,
                "statutory-lost",
                message("»{step}« loses the deadline of the law {duration}.", step=was.name, duration=_said(was.rule)),
            )
            continue
        for rule, sentence in _differences(was, is_now):
            yield _fault(key, is_now.element, rule, sentence)


def _differences(was: _Place, now: _Place) -> Iterator[tuple[str, Message]]:
    if _is_longer(was.rule, now.rule):
        before, after = _said(was.rule), _said(now.rule)
        words = {"step": now.name, "before": before, "after": after}
        yield (
            "statutory-longer",
            message("The deadline of the law at »{step}« counts otherwise: {before} → {after}.", **words),
        )
    elif was.rule.start != now.rule.start:
        yield (
            "statutory-start",
            message("The deadline of the law at »{step}« counts from another moment.", step=now.name),
        )
    if (was.rule.met, was.rule.until) != (now.rule.met, now.rule.until):
        yield "statutory-end", message("The deadline of the law at »{step}« ends at another step.", step=now.name)
    for name, word in _WARNINGS.items():
        if getattr(was.rule, name) and getattr(was.rule, name) != getattr(now.rule, name):
            words = {"step": now.name, "warning": word}
            yield "statutory-warning", message("The {warning} of the law's deadline at »{step}« is another.", **words)


def _is_longer(was: DeadlineRule, now: DeadlineRule) -> bool:
    if (was.duration, was.calendar) == (now.duration, now.calendar):
        return False
    try:
        return any(_due(now, day) > _due(was, day) for day in DAYS)
    except (CaseworkError, ValueError):
        return True


def _due(rule: DeadlineRule, day: datetime) -> datetime:
    return due(rule.duration, CalendarKind(rule.calendar), day).instant


def _calls(key: str, released: Folder, old: Drawing, new: Drawing) -> Iterator[Fault]:
    gone = _called(old).keys() - _called(new).keys()
    for called in sorted(gone):
        inside = _drawing(released, called)
        if inside is not None and (lost := _statutory(inside)):
            words = {"name": _called(old)[called], "durations": [_said(place.rule) for place in lost.values()]}
            sentence = message("»{name}« is called no more, and with it go deadlines of the law: {durations}.", **words)
            yield _fault(key, "", "statutory-lost", sentence)


def _called(drawing: Drawing) -> dict[str, str]:
    """The processes that it calls, each with the name of the step."""
    elements = drawing.elements.values()
    return {e.called_element: e.name or e.called_element for e in elements if e.called_element}


def _statutory(drawing: Drawing) -> dict[tuple[str, str], _Place]:
    places = _places(drawing).items()
    return {key: place for key, place in places if place.rule.deadline_class == DeadlineClass.STATUTORY}


def _places(drawing: Drawing) -> dict[tuple[str, str], _Place]:
    """By process and key of the deadline."""
    inside = [(e.process_id, e.id, e.name or e.id, e.deadlines) for e in drawing.elements.values()]
    own = [(p.id, *_met_at(drawing, p, rule), (rule,)) for p in drawing.processes.values() for rule in p.deadlines]
    return {
        (process, rule.key): _Place(element, name, rule)
        for process, element, name, rules in (*own, *inside)
        for rule in rules
    }


def _met_at(drawing: Drawing, process: Process, rule: DeadlineRule) -> tuple[str, str]:
    """A deadline of the whole process is told by the step that meets it."""
    step = drawing.elements.get((process.id, rule.met))
    return (step.id, step.name or step.id) if step else (process.id, process.name or process.id)


def _said(rule: DeadlineRule) -> Message | str:
    return duration_words(rule.duration, rule.calendar) or rule.duration


def _fault(key: str, element: str, rule: str, sentence: Message) -> Fault:
    mend = message("Put it back as it was, or have a team leader approve it.")
    return Fault(ArtifactKind.DIAGRAM, key, element, rule, "approval", sentence, mend)
