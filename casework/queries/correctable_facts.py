"""The facts of a case that a person may correct, as they are now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.model.fact import FACTS, FactKind, fact_value, fact_words, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.i18n import Message


@dataclass(frozen=True)
class CorrectableFact:
    """`kind` is day, instant, yes_no, number or text; `value` what it is now, None while nobody knows it."""

    name: str
    words: Message
    kind: str
    value: Message | None
    options: tuple[str, ...]


def correctable_facts(facts: Mapping[str, Any]) -> tuple[CorrectableFact, ...]:
    """Those that cases have, in their order, then those that only this one has."""
    names = [*FACTS, *sorted(facts.keys() - FACTS.keys())]
    found = [_fact(name, facts.get(name)) for name in names]
    return tuple(fact for fact in found if fact.kind != FactKind.ROWS)


def _fact(name: str, value: Any) -> CorrectableFact:
    kind = kind_of(name, value)
    options = FACTS[name].options if name in FACTS else ()
    return CorrectableFact(name, fact_words(name), kind.value, None if value is None else fact_value(value), options)
