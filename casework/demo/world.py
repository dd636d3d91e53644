"""What the walks of stories share, and what they plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from casework.demo.staff import Staff
    from casework.model import Actor


@dataclass(frozen=True)
class World:
    """What all walks share. `execute` runs jobs that are ready and says whether there may be more; it is the worker's own."""

    now: datetime
    staff: Staff
    execute: Callable[[], bool]
    systems: dict[str, Actor]


@dataclass(frozen=True)
class Step:
    """Something that will happen."""

    at: datetime
    do: Callable[[], object]


@dataclass
class Plan:
    """Who does a task, when; `takes_at` is when that person takes it first, where it is still open today."""

    by: Actor
    done_at: datetime
    takes_at: datetime | None
