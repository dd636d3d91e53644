"""What a process version can never do, so that a turn need not ask: no conditions, no deadline that this element ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.operations.turns.expressions import as_expression, names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from casework.engine import DeadlineRule, Definition
    from casework.released import Release

#: Process id and element id.
Key = tuple[str, str]


@dataclass(frozen=True)
class Traits:
    """Sets of element ids; those of called processes are among them."""

    #: Elements with deadlines of their own.
    with_deadline: frozenset[str]
    #: Elements that meet or withdraw a deadline of the whole process.
    ends_deadline: frozenset[Key]
    has_process_deadlines: bool
    timers: frozenset[str]
    has_conditions: bool
    #: Keys of deadlines that say themselves when they stand still.
    pauses: frozenset[str]
    #: Names that are read by `deadlines`, `timers` and `conditions`.
    reads: Mapping[str, frozenset[str]]


_kept: dict[UUID, Traits] = {}


def traits_of(release: Release) -> Traits:
    """Give the traits of a process version; looked for once."""
    found = _kept.get(release.id)
    if found is None:
        found = _kept[release.id] = _look(release.definition)
    return found


def _look(definition: Definition) -> Traits:
    elements = definition.elements.values()
    own = definition.process(definition.process_id).deadlines
    named = {(definition.process_id, name) for rule in own for name in (rule.met, rule.until) if name}
    return Traits(
        with_deadline=frozenset(e.id for e in elements if e.deadlines),
        ends_deadline=frozenset(named),
        has_process_deadlines=bool(own),
        timers=frozenset(e.id for e in elements if e.event == "timer"),
        has_conditions=any(e.event == "conditional" for e in elements),
        pauses=frozenset(rule.key for rule in (*own, *(rule for e in elements for rule in e.deadlines)) if rule.pauses),
        reads=_reads(definition),
    )


def _reads(definition: Definition) -> dict[str, frozenset[str]]:
    elements = list(definition.elements.values())
    rules = [rule for e in elements for rule in e.deadlines] + list(definition.process(definition.process_id).deadlines)
    timers = [e for e in elements if e.event == "timer" and e.type != "startEvent"]  # those no instance waits for
    conditions = [as_expression(e.expression) for e in elements if e.event == "conditional"]
    return {
        "deadlines": names_in(texts_of(rules)),
        "timers": names_in([text for e in timers for text in (e.expression, as_expression(e.timer.start)) if text]),
        "conditions": names_in(conditions),
    }


def rule_of(release: Release, row: Mapping[str, Any]) -> DeadlineRule:
    """The rule that a deadline was made by: of its element, or of the whole process."""
    definition = release.definition
    element = definition.elements.get((row["process_id"], row["element_id"]))
    rules = element.deadlines if element else definition.process(row["process_id"]).deadlines
    return next(rule for rule in rules if rule.key == row["key"])


def texts_of(rules: Iterable[DeadlineRule]) -> list[str]:
    """What decides when deadlines are due: where they start, and how long they are."""
    return [text for rule in rules for text in (as_expression(rule.start), rule.duration) if text]
