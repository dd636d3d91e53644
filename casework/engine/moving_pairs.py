"""Which element of one version is which of another: proposed from ids, then names, then what is alike, for a person to change.

An element that may hold a token or a wait is paired only with one at which the same may stand: a person's task with a person's
task, a machine's with the same machine's, a wait for the clock with a wait for the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from casework.engine.definition import Definition
    from casework.engine.elements import Element, Key
    from casework.i18n import Message

#: From elements of the old version to those of the new one. What is missing has no counterpart.
Pairs = dict["Key", "Key"]
How = Literal["id", "name", "alike"]
_PEOPLE = frozenset({"userTask", "manualTask"})
_WAITS = frozenset({"intermediateCatchEvent", "receiveTask"})
_PASSED_AT_ONCE = frozenset(
    {"startEvent", "endEvent", "intermediateThrowEvent", "scriptTask", "task", "exclusiveGateway"}
)


@dataclass(frozen=True)
class Pair:
    """`how` the proposal was found; None: there is nothing alike, a person must choose."""

    old: Element
    new: Element | None
    how: How | None


def propose(old: Definition, new: Definition) -> list[Pair]:
    """A pair for each element of the old version, in the order of its diagrams, those of called processes too.

    1. The same id. 2. The same name among what is left. 3. The only one left that is alike: same kind, lane and form or event.
    """
    processes = paired_processes(old, new)
    found: dict[Key, tuple[Element, How]] = {}
    for one, other in processes.items():
        mine = [e for e in old.elements.values() if e.process_id == one]
        theirs = {e.key: e for e in new.elements.values() if e.process_id == other}
        _take(found, mine, theirs, "id", lambda e: e.id)
        _take(found, mine, theirs, "name", lambda e: " ".join(e.name.casefold().split()))
        _take(found, mine, theirs, "alike", _likeness)
    return [Pair(e, *found.get(e.key, (None, None))) for e in old.elements.values()]


def paired_processes(old: Definition, new: Definition) -> dict[str, str]:
    """The process itself, and each called one with the one of the same id, else with what the same call calls now."""
    pairs = {old.process_id: new.process_id}
    calls = {e.id: e.called_element for e in new.elements.values() if e.called_element}
    for element in old.elements.values():
        called = element.called_element
        if called and called in new.processes:
            pairs[called] = called
        elif called and element.id in calls:
            pairs.setdefault(called, calls[element.id])
    return pairs


def paired(pairs: Iterable[Pair]) -> Pairs:
    """As `move` takes them."""
    return {pair.old.key: pair.new.key for pair in pairs if pair.new is not None}


def turned(pairs: Mapping[Key, Key]) -> Pairs:
    """The way back. Where two were moved to one place the first counts."""
    back: Pairs = {}
    for old, new in pairs.items():
        back.setdefault(new, old)
    return back


def may_stand(element: Element) -> bool:
    """Whether a token or a wait may rest at it between two steps."""
    return bool(element.topic) or element.type not in _PASSED_AT_ONCE


def unlike(old: Element, new: Element) -> Message | None:
    """Why what stands at `old` cannot stand at `new`; None: it can."""
    if _stands_as(old) != _stands_as(new):
        return message(
            "{name} is another kind of step than {other} in the new version.", name=named(old), other=named(new)
        )
    if _loops_as(old) != _loops_as(new):
        return message("{name} is repeated in another way in the new version.", name=named(old))
    return None


def named(element: Element) -> str:
    """For sentences."""
    return element.name or element.id


def _take(
    found: dict[Key, tuple[Element, How]],
    mine: list[Element],
    theirs: dict[Key, Element],
    how: How,
    word: Callable[[Element], str],
) -> None:
    """Pair what has the same word, where only one on either side has it."""
    left = [e for e in mine if e.key not in found]
    for element in left:
        said = word(element)
        fitting = [e for e in theirs.values() if said and word(e) == said and unlike(element, e) is None]
        rivals = [e for e in left if word(e) == said and _stands_as(e) == _stands_as(element)]
        if len(fitting) == 1 and len(rivals) == 1:
            found[element.key] = fitting[0], how
            del theirs[fitting[0].key]


def _likeness(element: Element) -> str:
    if not may_stand(element):
        return ""
    about = element.form_key or element.topic or element.event_name or element.called_element or element.expression
    return " ".join((_stands_as(element), element.lane, element.attached_to, about))


def _stands_as(element: Element) -> str:
    if element.topic:
        return f"job {element.topic}"
    if element.type in _PEOPLE:
        return "person"
    if element.type in _WAITS:
        return f"wait {element.event or 'message'}"
    if element.type == "boundaryEvent":
        return f"beside {element.event}"
    return element.type


def _loops_as(element: Element) -> str:
    return element.loop.kind if element.loop else ""
