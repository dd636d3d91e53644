"""What expressions of processes and forms may read of a case: its facts, and what follows from them today."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casework.calendar import age_on, day_of
from casework.model.coming_of_age import is_of_age

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The child's age in whole years; unknown as long as its birth date is.
AGE = "barnAlder"
BIRTH_DATE = "foedselsdato"
#: Who is party to the case, for decisions: `id`, `rolle`, `foraeldremyndighed`, which is nobody's from 18.
PERSONS = "personer"
#: Which unit answers for a lane on this case, where that differs from case to case: `{"anbringelsessted": "hjemmet_nord"}`.
UNITS = "enheder"
#: A form says one of them as the fact `unit.<lane>`.
UNIT_PREFIX = "unit."


def facts_at(facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The facts with the child's age at that moment, and with the persons as they stand to it then.

    Neither is ever kept: a fact that is true for a year is soon false.
    """
    born = facts.get(BIRTH_DATE)
    if not isinstance(born, date):
        return dict(facts)
    known = {**facts, AGE: age_on(born, day_of(at))}
    return {**known, PERSONS: _without_custody(facts[PERSONS])} if facts.get(PERSONS) and is_of_age(born, at) else known


def _without_custody(persons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**person, "foraeldremyndighed": False} for person in persons]


def chosen_unit(facts: Mapping[str, Any], lane: str) -> str | None:
    """The unit that was chosen for `lane` on the case, None when none was."""
    units = facts.get(UNITS)
    unit_id = units.get(lane) if isinstance(units, dict) else None
    return unit_id if isinstance(unit_id, str) else None


def with_chosen_units(known: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """`told` with its `unit.<lane>` gathered into `enheder`, beside those that are known; None takes a choice back."""
    chosen = {name.removeprefix(UNIT_PREFIX): unit for name, unit in told.items() if name.startswith(UNIT_PREFIX)}
    rest = {name: value for name, value in told.items() if not name.startswith(UNIT_PREFIX)}
    if not chosen:
        return rest
    units = {**(known.get(UNITS) or {}), **chosen}
    return {**rest, UNITS: {lane: unit for lane, unit in units.items() if unit}}


def units_by_fact(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The chosen units as forms name them: `unit.<lane>`."""
    return {f"{UNIT_PREFIX}{lane}": unit for lane, unit in (facts.get(UNITS) or {}).items()}
