"""Rules in words: "24 timer, Barnets lov § 136". A law that nobody has read is shown without its number (`casework.law`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.calendar.duration_words import duration_words
from casework.errors import InvalidError
from casework.forms.words import words
from casework.i18n import message
from casework.law import Confidence, laws

if TYPE_CHECKING:
    from casework.i18n import Message
    from casework.law import Law


def rule_words(duration: str | None, calendar: str | None, law: str | None) -> Message | None:
    """Say a rule from its ISO duration, its calendar and its law; None when there is nothing to say.

    A duration that is an expression ("=opfoelgningInterval") is different for each case, so it is left out.
    """
    found = known_law(law)
    # The class beside it (LOKAL, INTERN) says already that it is our own goal.
    is_own = found is not None and found.confidence is Confidence.PRACTICE
    parts = [part for part in (duration_words(duration, calendar), None if is_own else citation(law)) if part]
    if len(parts) == 2:  # noqa: PLR2004  both
        return message("{amount}, {law}", amount=parts[0], law=parts[1])
    return parts[0] if parts else None


def citation(law: str | None) -> Message | None:
    """Say where a rule stands: "Barnets lov § 136", or the act alone; None when the key is unknown."""
    found = known_law(law)
    return words(found.citation("da"), found.citation("en")) if found else None


def known_law(law: str | None) -> Law | None:
    """Give the law kept under a key, or None: a page is shown also when `law.toml` has lost an entry."""
    if not law:
        return None
    try:
        return laws().get(law)
    except InvalidError:
        return None
