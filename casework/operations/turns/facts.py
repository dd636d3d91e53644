"""Facts of the case change here and nowhere else, so that all that reads them moves along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import values
from casework.model.case_facts import with_chosen_units

if TYPE_CHECKING:
    from casework.operations.turns.turn import Turn


def take_facts(turn: Turn, facts: dict[str, Any], *, is_recorded: bool = True) -> None:
    """Note new and changed facts; the journal keeps what a changed one was before. `unit.<lane>` goes to `enheder`."""
    known = turn.case.facts
    facts = with_chosen_units(known, facts)
    changed = {name: value for name, value in facts.items() if name not in known or known[name] != value}
    if not changed:
        return
    turn.case.facts = {**known, **changed}
    turn.changed_facts |= changed.keys()
    if not is_recorded:
        return
    overwritten = {name: values.to_json(known[name]) for name in sorted(changed) if name in known}
    turn.record("facts_changed", names=sorted(changed), before=overwritten)
