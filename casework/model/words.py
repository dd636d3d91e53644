"""How a state is said inside of a sentence ("The task is already completed.")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.i18n import Message, message

if TYPE_CHECKING:
    from enum import StrEnum

_WORDS = {
    "open": message("open"),
    "closed": message("closed"),
    "claimed": message("taken"),
    "completed": message("completed"),
    "withdrawn": message("withdrawn"),
    "cancelled": message("stopped"),
    "running": message("running"),
    "kept": message("kept"),
    "delivered": message("delivered"),
    "sent": message("sent"),
    "discarded": message("put aside"),
    "offered": message("offered"),
    "more_asked": message("asked about"),
    "accepted": message("accepted"),
    "declined": message("declined"),
    "returned": message("given back"),
    "draft": message("a draft"),
    "submitted": message("submitted for approval"),
    "approved": message("approved"),
    "released": message("released"),
}


def state_words(state: StrEnum) -> Message:
    """The word for a state of a case, instance, task, message, hand-off or process draft."""
    return _WORDS[state.value]
