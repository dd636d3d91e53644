"""What ends at 18: custody, and with it what others have decided for the young person (domain reference, B.8).

It ends by itself on the birthday, at 00:00: whoever asks compares with the clock, and no job has to have run before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.calendar import age_on, birthday, day_of, instant_of
from casework.model.handoff import ConsentState

if TYPE_CHECKING:
    from datetime import date, datetime

OF_AGE = 18


def is_of_age(born: date | None, at: datetime) -> bool:
    """Whether custody has ended. Of whom nobody knows the birth date is a child."""
    return born is not None and age_on(born, day_of(at)) >= OF_AGE


def consent_counts(consent: Any, child: Any, at: datetime) -> bool:
    """Whether it was given, has not run out, and was the young person's own to give.

    `consent` has state, valid_until, given_at, person_id and person_name; `child` has id, name and birth_date.
    """
    is_given = consent.state is ConsentState.GIVEN and (consent.valid_until is None or consent.valid_until >= at)
    return is_given and not was_for_a_child(consent, child, at)


def was_for_a_child(consent: Any, child: Any, at: datetime) -> bool:
    """Whether somebody else gave it before the young person came of age, and must be asked anew."""
    if not is_of_age(child.birth_date, at) or is_own(consent, child):
        return False
    came_of_age: datetime = instant_of(birthday(child.birth_date, OF_AGE))
    return bool(consent.given_at < came_of_age)


def is_own(consent: Any, child: Any) -> bool:
    """Whether the young person gave it. Consents of forms know a name only, so the name decides."""
    if consent.person_id is not None:
        return bool(consent.person_id == child.id)
    return bool(consent.person_name.strip().casefold() == child.name.strip().casefold())
