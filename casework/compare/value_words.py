"""Values of facets in words: durations, references to other elements, yes and no; the rest as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.calendar.duration_words import duration_words
from casework.forms.words import words
from casework.i18n import message

if TYPE_CHECKING:
    from casework.compare.item import Item, Parts
    from casework.i18n import Message

_DURATIONS = ("@duration", "@e1", "@e2", "@e3", "timeDuration", "sag:timer@late")
_REFERENCES = (
    "@sourceRef", "@targetRef", "@default", "@attachedToRef", "@messageRef", "@signalRef", "@errorRef",
    "@escalationRef", "lane", "@met", "@until", "@group",
)  # fmt: skip
_WORDS = {
    "true": message("yes"),
    "false": message("no"),
    "working-days": message("working days"),
    "calendar": message("calendar days"),
    "calendar-with-start": message("calendar days with the first day"),
    "elapsed": message("elapsed time"),
    "responsible": message("the responsible caseworker"),
    "coordinator": message("the coordinator"),
    "starter": message("whoever started the process"),
    "none": message("nobody: it lies in the unit's inbox"),
}
_WORDED = ("@calendar", "@to", "@kind", "@separation", "@single", "@cancelActivity", "@sag:byHand", "@sag:outward")


def value_words(path: str, text: str | None, item: Item | None, parts: Parts) -> Message | None:
    """Say a value as it stands in one of the versions; None for nothing."""
    if not text:
        return None
    plain = path.partition("#")[0]
    if plain.endswith(_DURATIONS) and item is not None:
        calendar = item.facets.get("@calendar") or item.facets.get("sag:timer@calendar")
        said = None if text.startswith("=") else duration_words(text, calendar)
        return said or words(text, text)
    if plain.endswith(_REFERENCES):
        return _referred(text, parts)
    if (text in ("true", "false") and not plain.startswith("cell[")) or plain.endswith(_WORDED):
        return _WORDS.get(text) or words(text, text)
    return words(text, text)


def _referred(text: str, parts: Parts) -> Message:
    found = parts.items.get(text.rpartition(":")[2])
    return found.name if found is not None and found.name else words(text, text)
