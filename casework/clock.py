"""The only clock. Instants are aware and in UTC; tests, scenarios and simulations move it.

A moved clock counts for the current context only (thread or task), so that a simulation beside a server moves nothing there.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_moved: ContextVar[datetime | None] = ContextVar("moved_clock", default=None)


def now() -> datetime:
    """The present instant in UTC, or the instant the clock was moved to."""
    return _moved.get() or datetime.now(UTC)


@contextmanager
def moved_to(instant: datetime) -> Iterator[None]:
    """Let `now()` give `instant` (aware) inside the `with`; nesting is allowed."""
    token = _moved.set(_aware(instant))
    try:
        yield
    finally:
        _moved.reset(token)


def move_to(instant: datetime) -> None:
    """Move the clock of this context until it is moved again; meant for walks inside of `moved_to`."""
    _moved.set(_aware(instant))


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("the clock needs an aware instant")
    return instant.astimezone(UTC)
