"""Rights that come with age: three different limits, and coming of age (domain reference, corrections 3 and B)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from casework.calendar import age_on, birthday
from casework.i18n import Message, message

if TYPE_CHECKING:
    from datetime import date

#: Age, title, and what holds from then on.
_RIGHTS = (
    (10, message("10 years: party to the case"), message("Applies. The child is heard and gets letters of its own.")),
    (12, message("12 years: consent to another place"), message("Applies. Without a yes the committee decides.")),
    (15, message("15 years: consent to placement"), message("Applies. The young person's own consent is needed.")),
    (18, message("18 years: of age"), message("Applies. The parents no longer decide.")),
)

#: A birthday that is so near is prepared.
_NEAR = timedelta(days=183)


@dataclass(frozen=True)
class AgeRight:
    """One limit; `from_day` is the birthday on which it is reached, `is_near` that it comes within half a year."""

    age: int
    title: Message
    words: Message
    from_day: date
    applies: bool
    is_near: bool = False


def age_rights(birth_date: date | None, today: date) -> tuple[AgeRight, ...]:
    """Give the limits for a child, for who is of age only that one; none when the birth date is not known."""
    if birth_date is None:
        return ()
    rights = tuple(_right(birth_date, today, right) for right in _RIGHTS)
    return rights[-1:] if rights[-1].applies else rights


def _right(birth_date: date, today: date, right: tuple[int, Message, Message]) -> AgeRight:
    limit, title, applying = right
    day, applies = birthday(birth_date, limit), age_on(birth_date, today) >= limit
    words = applying if applies else message("From {day:digits_year}.", day=day)
    return AgeRight(limit, title, words, day, applies, is_near=not applies and day - today <= _NEAR)
