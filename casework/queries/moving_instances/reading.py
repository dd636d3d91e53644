"""Which values may decide what becomes of an instance that is moved: those that the new version works something out from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.engine import Definition, Element

#: Whatever may be a name in FEEL: rather a word too many than a name too few.
_WORD = re.compile(r"[^\W\d]\w*")


def read_on_moving(new: Definition) -> frozenset[str]:
    """The words of what is worked out when an instance comes to the version."""
    return frozenset(
        word for element in new.elements.values() for text in _texts(element) for word in _WORD.findall(text)
    )


def kinds_of(values: Mapping[str, Any], names: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Name and kind of the values that are there and may be read."""
    return tuple((name, type(values[name]).__name__) for name in sorted(names & values.keys()))


def _texts(element: Element) -> Iterator[str]:
    yield from (text for _, text in element.inputs)
    yield from (element.expression, element.timer.start, element.correlation)
    for rule in element.deadlines:
        yield from (rule.duration, rule.start)
    if element.loop is not None:
        yield from (element.loop.collection, element.loop.cardinality)
