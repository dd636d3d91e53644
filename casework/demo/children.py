"""Invented children and their families.

Nobody here is real, and no CPR number can be anybody's: its last digits are chosen so that the control (modulus 11) fails, and
such numbers are given only to people born on a 1 January, on which no child of ours is born.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from casework.demo.chance import likely

if TYPE_CHECKING:
    from random import Random

#: Weights of the ten digits (CPR office: "Personnummeret i CPR-systemet").
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_MODULUS = 11
#: For years 2000 to 2036 the seventh digit is 4 to 9.
_SEVENTH = "456789"
_SCHOOL_AGE, _NURSERY_AGE = 6, 3
_A_YEAR = 365.25


@dataclass(frozen=True)
class Parent:
    """`relation` as in form F01: mor or far."""

    name: str
    relation: str
    has_custody: bool
    contact: str
    may_know_address: bool = True


@dataclass(frozen=True)
class Child:
    """`cpr` is None where nobody has looked it up yet; siblings are names and birth dates."""

    name: str
    is_girl: bool
    birth_date: date
    cpr: str | None
    has_protected_address: bool
    parents: tuple[Parent, ...]
    siblings: tuple[tuple[str, date], ...] = ()

    @property
    def first_name(self) -> str:
        """What the texts call the child."""
        return self.name.split(" ", maxsplit=1)[0]


def invent(rng: Random, age: int, today: date, taken: set[str]) -> Child:
    """A child of `age` years on `today`, with a name that is not in `taken` yet (and then is)."""
    given = _names()
    is_girl = likely(rng, 0.5)
    family = rng.choice(given["family"])
    born = _born(rng, age, today)
    is_protected = likely(rng, 0.07)
    return Child(
        name=_new_name(rng, given["girls" if is_girl else "boys"], family, taken),
        is_girl=is_girl,
        birth_date=born,
        cpr=impossible_cpr(rng, born) if likely(rng, 0.85) else None,
        has_protected_address=is_protected,
        parents=_parents(rng, family, knows_address=not is_protected),
        siblings=_siblings(rng, family, age, today) if likely(rng, 0.4) else (),
    )


def sibling_of(rng: Random, child: Child) -> Child:
    """The first sibling that a child has told of, as a child of a case of its own."""
    (name, born), *_ = child.siblings
    return replace(
        child,
        name=name,
        is_girl=name.split(" ", maxsplit=1)[0] in _names()["girls"],
        birth_date=born,
        cpr=impossible_cpr(rng, born),
        siblings=((child.name, child.birth_date),),
    )


def impossible_cpr(rng: Random, born: date) -> str:
    """Ten digits with the birth date and a control that fails."""
    while True:
        number = f"{born:%d%m%y}{rng.choice(_SEVENTH)}{rng.randrange(1000):03}"
        if sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=True)) % _MODULUS:
            return number


def place_of(age: int) -> str:
    """Where a child of this age spends the day."""
    if age >= _SCHOOL_AGE:
        return "skolen"
    return "børnehaven" if age >= _NURSERY_AGE else "vuggestuen"


def _new_name(rng: Random, first_names: list[str], family: str, taken: set[str]) -> str:
    while True:
        middle = f"{rng.choice(_names()['middle'])} " if likely(rng, 0.4) else ""
        name = f"{rng.choice(first_names)} {middle}{family}"
        if name not in taken:
            taken.add(name)
            return name


def _born(rng: Random, age: int, today: date) -> date:
    days = rng.randrange(60, 250) if age == 0 else round(_A_YEAR * age) + rng.randrange(2, 360)
    born = today - timedelta(days=days)
    return born - timedelta(days=1) if (born.month, born.day) == (1, 1) else born


def _parents(rng: Random, family: str, *, knows_address: bool) -> tuple[Parent, ...]:
    mother, father = (rng.choice(_names()[kind]) for kind in ("mothers", "fathers"))
    other = rng.choice(_names()["family"])
    return (
        Parent(f"{mother} {family}", "mor", has_custody=True, contact=_phone(rng)),
        Parent(f"{father} {other}", "far", likely(rng, 0.7), _phone(rng), may_know_address=knows_address),
    )


def _siblings(rng: Random, family: str, age: int, today: date) -> tuple[tuple[str, date], ...]:
    name = rng.choice(_names()[rng.choice(("girls", "boys"))])
    other = max(1, age + rng.choice((-4, -3, -2, 2, 3, 4)))
    return ((f"{name} {family}", _born(rng, other, today)),)


def _phone(rng: Random) -> str:
    """The invented municipality's own numbers begin with 99 99."""
    return f"99 99 {rng.randrange(100):02} {rng.randrange(100):02}"


@cache
def _names() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
