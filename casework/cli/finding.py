"""What an examination of `casework doctor` has found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.i18n import Message


class State(StrEnum):
    """How an examination came out."""

    FINE = "fine"  #: As it should be.
    WARNING = "warning"  #: Works, but look at it.
    BROKEN = "broken"  #: Something will not work.


@dataclass(frozen=True)
class Finding:
    """One thing looked at: a sentence, and what to do where it is not fine."""

    name: str
    state: State
    said: Message
    mend: Message | None = None
