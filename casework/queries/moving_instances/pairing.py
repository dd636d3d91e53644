"""The table of what becomes what: proposals, what a person has chosen instead, and what may be chosen at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.engine.moving_pairs import Pairs, may_stand, propose, unlike
from casework.forms.words import words
from casework.i18n import message
from casework.queries.moving_instances.groups import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.engine import Definition, Element
    from casework.engine.elements import Key
    from casework.engine.moving_pairs import Pair
    from casework.i18n import Message

#: How a proposal was found, or that a person chose it.
CHOSEN = "chosen"


@dataclass(frozen=True)
class PairRow:
    """One element of the old version. `key` and `new` are `process/element`; `how` is empty where nothing is alike."""

    key: str
    name: Message
    process: Message
    kind: Message
    new: str
    how: str
    count: int
    options: tuple[tuple[str, Message], ...]

    @property
    def needs_a_look(self) -> bool:
        """It is not simply the same element."""
        return self.how != "id"


def pairing(
    old: Definition, new: Definition, chosen: Mapping[str, str], standing: Mapping[Key, int]
) -> tuple[tuple[PairRow, ...], Pairs]:
    """A row for each element at which something may stand, and the pairs of all elements.

    `chosen` overrules proposals: key to key, empty for "has no counterpart". What cannot be is left to the proposal.
    """
    proposals = propose(old, new)
    rows, pairs = [], Pairs()
    for pair in proposals:
        element, how = _decided(pair, new, chosen)
        if element is not None:
            pairs[pair.old.key] = element.key
        if may_stand(pair.old):
            rows.append(_row(pair.old, element, how, (old, new), standing.get(pair.old.key, 0)))
    return tuple(sorted(rows, key=lambda row: (not row.needs_a_look, -row.count))), pairs


def written(key: Key) -> str:
    """As forms and addresses say it."""
    return "/".join(key)


def _decided(pair: Pair, new: Definition, chosen: Mapping[str, str]) -> tuple[Element | None, str]:
    wanted = chosen.get(written(pair.old.key))
    if wanted is None:
        return pair.new, pair.how or ""
    process_id, _, element_id = wanted.partition("/")
    element = new.elements.get((process_id, element_id))
    if not wanted:
        return None, "" if pair.new is None else CHOSEN
    if element is None or unlike(pair.old, element) is not None:
        return pair.new, pair.how or ""
    return element, (pair.how or "") if element is pair.new else CHOSEN


def _row(
    old: Element, new: Element | None, how: str, definitions: tuple[Definition, Definition], count: int
) -> PairRow:
    options = [e for e in definitions[1].elements.values() if may_stand(e) and unlike(old, e) is None]
    process = definitions[0].process(old.process_id)
    return PairRow(
        key=written(old.key),
        name=name_of(old),
        process=words(process.name or process.id, process.name_en or process.name or process.id),
        kind=_kind(old),
        new=written(new.key) if new else "",
        how=how,
        count=count,
        options=tuple((written(e.key), name_of(e)) for e in options),
    )


def _kind(element: Element) -> Message:
    if element.topic:
        return message("work of a machine")
    match element.type:
        case "userTask" | "manualTask":
            return message("task")
        case "boundaryEvent":
            return message("event beside a step")
        case "intermediateCatchEvent" | "receiveTask":
            return message("wait")
        case "callActivity" | "subProcess":
            return message("part")
    return message("gateway")
