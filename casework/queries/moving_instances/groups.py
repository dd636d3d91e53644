"""Running instances grouped by where they stand, with what would become of each group. Nothing is changed by asking."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework import clock, engine
from casework.engine import moving
from casework.engine.moving import CannotMoveError
from casework.engine.moving_branches import Branches
from casework.engine.moving_shape import shape_of
from casework.errors import CaseworkError
from casework.forms.words import words
from casework.i18n import message
from casework.queries.moving_instances.reading import kinds_of, read_on_moving

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casework.engine import Definition, Element
    from casework.engine.elements import Key
    from casework.i18n import Message
    from casework.queries.moving_instances.running import Label, Running

_ACTIVITIES = frozenset({"callActivity", "subProcess"})


@dataclass(frozen=True)
class Outcome:
    """What becomes of instances that stand in one way. No `reasons`: they move.

    `closed` names what they no longer wait for then, `opened` what they wait for besides, `begun` the steps of new branches that
    begin, `skipped` those of branches that they go on without. `is_choice`: they would move if somebody chose that.
    """

    reasons: tuple[Message, ...] = ()
    closed: tuple[Message, ...] = ()
    opened: tuple[Message, ...] = ()
    begun: tuple[Message, ...] = ()
    skipped: tuple[Message, ...] = ()
    is_choice: bool = False

    @property
    def lacks_branches(self) -> bool:
        """The new version has branches beside where they stand."""
        return self.is_choice or bool(self.begun or self.skipped)

    @property
    def key(self) -> str:
        """The same for the same outcome."""
        some = (*self.reasons, *self.closed, *self.opened, *self.begun, *self.skipped)
        return "\n".join(str(one.to_json()) for one in some)


@dataclass(frozen=True)
class Group:
    """Instances that stand at the same elements and of which the same becomes. `key` is stable as long as they do."""

    key: str
    at: tuple[Message, ...]
    outcome: Outcome
    labels: tuple[Label, ...]

    @property
    def moves(self) -> bool:
        """They would be moved."""
        return not self.outcome.reasons


def groups_of(
    running: Iterable[Running],
    definitions: tuple[Definition, Definition],
    pairs: Mapping[Key, Key],
    branches: Branches = Branches.STAY,
) -> tuple[tuple[Group, ...], dict[Key, int]]:
    """The largest group first, and how many instances have something standing at each element.

    Those of one shape are judged once, by the values of the first; of one shape are those that stand in the same way and have
    values of the same kinds where the new version may read them. Whether a date can be counted shows when each is moved.
    """
    old, new = definitions
    read = read_on_moving(new)
    known: dict[tuple[Any, ...], tuple[tuple[Element, ...], Outcome]] = {}
    found: dict[str, tuple[tuple[Message, ...], Outcome, list[Label]]] = {}
    standing: dict[Key, int] = {}
    for one in running:
        shape = shape_of(one.state) if one.state else "", *kinds_of({**one.facts, **one.variables}, read)
        if shape not in known:
            known[shape] = _elements(old, one.state), _outcome(definitions, pairs, one, branches)
        elements, outcome = known[shape]
        for element in elements:
            standing[element.key] = standing.get(element.key, 0) + 1
        at = _places(elements)
        said = "\n".join([*(str(place.to_json()) for place in at), outcome.key])
        key = hashlib.sha256(said.encode()).hexdigest()[:16]
        found.setdefault(key, (at, outcome, []))[2].append(one.label)
    groups = [Group(key, at, outcome, tuple(labels)) for key, (at, outcome, labels) in found.items()]
    return tuple(sorted(groups, key=lambda g: (-len(g.labels), g.key))), standing


def name_of(element: Element) -> Message:
    """In both languages."""
    name = element.name or element.id
    return words(name, element.name_en or name)


def _elements(old: Definition, state: bytes) -> tuple[Element, ...]:
    if not state:
        return ()
    keys = {(process_id, element_id) for process_id, element_id, _ in engine.progress(old, state)}
    keys |= {(s.process_id, s.element_id) for s in engine.standing(old, state)}
    return tuple(old.elements[key] for key in sorted(keys))


def _places(elements: tuple[Element, ...]) -> tuple[Message, ...]:
    """Where tokens are, without the activities around them and what waits beside them."""
    if not elements:
        return (message("It could not begin, and waits for somebody to mend it"),)
    inner = [e for e in elements if e.type not in _ACTIVITIES and e.type != "boundaryEvent"]
    by_name: dict[str, Any] = {e.name or e.id: name_of(e) for e in inner or elements}
    return tuple(by_name[name] for name in sorted(by_name))


def _outcome(
    definitions: tuple[Definition, Definition], pairs: Mapping[Key, Key], one: Running, branches: Branches
) -> Outcome:
    if not one.state:
        return Outcome()
    old, new = definitions
    values: dict[str, Any] = {"variables": one.variables, "facts": one.facts, "now": clock.now()}
    try:
        moved = moving.move(old, new, one.state, pairs, branches=branches, **values)
        if moved.begins:
            engine.advance(new, moved.state, engine.Begin(moved.begins), **values)
    except CannotMoveError as refused:
        return Outcome(refused.reasons, is_choice=refused.is_choice)
    except engine.Stuck as stuck:
        return Outcome((stuck.reason,))
    except CaseworkError as error:
        return Outcome((error.message,))
    return Outcome(
        closed=tuple(name_of(old.element(s.process_id, s.element_id)) for s in moved.closed if s.kind != "activity"),
        opened=tuple(name_of(new.element(s.process_id, s.element_id)) for s in moved.opened if s.kind == "wait"),
        begun=tuple(map(name_of, moved.begun)),
        skipped=tuple(map(name_of, moved.skipped)),
    )
