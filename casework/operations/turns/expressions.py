"""What diagrams say in FEEL about deadlines and timers, read when they open and again when a fact has changed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import isodate

from casework import feel
from casework.feel import FeelSyntaxError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_NAME = re.compile(r"=?\s*([^\W\d]\w*)\s*")
_WORDS = frozenset({"true", "false", "null", "now", "today"})


class UnreadableError(Exception):
    """An expression gives no instant or duration; the text says what it gave."""


def value_of(text: str, context: Mapping[str, Any]) -> Any:
    """Literal text, or after a leading `=` the value of FEEL. Raises FeelError. A plain name is looked up without V8."""
    if not text.lstrip().startswith("="):
        return text
    name = _NAME.fullmatch(text)
    if name and name[1] not in _WORDS:
        return context.get(name[1])
    return feel.evaluate(text, context)


def names_in(texts: Collection[str]) -> frozenset[str]:
    """The names that the FEEL among `texts` reads; what cannot be read has none."""
    return frozenset(name for text in texts if text.lstrip().startswith("=") for name in _names(text))


@lru_cache(maxsize=10_000)
def _names(text: str) -> frozenset[str]:
    """What cannot be asked just now is no answer, and must not be kept as one: what counts from a fact would stand still."""
    name = _NAME.fullmatch(text)
    try:
        return frozenset({name[1]}) if name else feel.names(text.strip().removeprefix("="))
    except FeelSyntaxError:
        return frozenset()


def as_expression(text: str) -> str:
    """FEEL with its leading `=`, which attributes that are always FEEL may leave out."""
    return text if not text or text.lstrip().startswith("=") else f"={text}"


def as_duration(value: Any) -> str:
    """ISO 8601 text of a duration."""
    if isinstance(value, timedelta | isodate.Duration):
        return str(isodate.duration_isoformat(value))
    if isinstance(value, str):
        return value.strip()
    raise UnreadableError(repr(value))


def as_start(value: Any) -> datetime | date:
    """A date or an instant, also when it was kept as text."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if len(value) == len("2026-11-26") else datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise UnreadableError(repr(value)) from None
