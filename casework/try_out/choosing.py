"""Why a gateway chose and what a table answered: as the engine asked and was answered then, nothing is evaluated anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import feel
from casework.errors import CaseworkError
from casework.forms.words import words
from casework.i18n import message
from casework.try_out.record import Entry, EntryKind, Weight, both
from casework.try_out.saying import name_of, shown

if TYPE_CHECKING:
    from datetime import datetime

    from casework.engine import Decided, Definition, Weighed


def gateway(definition: Definition, at: datetime, weighed: Weighed, chosen: tuple[str, ...]) -> Entry:
    """With every flow that was asked, the default flow too where it won, and the values that the expressions read."""
    element = definition.element(weighed.process_id, weighed.element_id)
    why = [
        Weight(
            both(name_of(definition.elements.get((weighed.process_id, target)), target)),
            expression.removeprefix("=").strip(),
            shown(value),
            target in chosen and value is True,
        )
        for target, expression, value in weighed.flows
    ]
    asked = {target for target, _, value in weighed.flows if value is True}
    for target in chosen:
        if target not in asked:
            name = both(name_of(definition.elements.get((weighed.process_id, target)), target))
            why.append(Weight(name, "", "", is_chosen=True))
    names = sorted({name for _, expression, _ in weighed.flows for name in _names(expression)})
    leads = [name_of(definition.elements.get((weighed.process_id, target)), target) for target in chosen]
    said = message("{gateway} → {targets}", gateway=name_of(element), targets=leads)
    known = weighed.known
    return Entry(
        at,
        EntryKind.GATEWAY,
        both(said),
        element.process_id,
        element.id,
        tuple(why),
        tuple((name, shown(known.get(name))) for name in names),
    )


def decision(definition: Definition, at: datetime, decided: Decided) -> Entry:
    """With the rows by which it decided."""
    element = definition.element(decided.process_id, decided.element_id)
    said = message("{table} answers {value}", table=name_of(element), value=shown(decided.value))
    rules = tuple(Weight(words(rule, rule), "", "", is_chosen=True) for rule in decided.rules)
    return Entry(at, EntryKind.DECISION, both(said), element.process_id, element.id, rules)


def _names(expression: str) -> frozenset[str]:
    try:
        return frozenset(feel.names(expression)) - {"now"}
    except CaseworkError:
        return frozenset()
