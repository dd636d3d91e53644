"""Somebody agrees, or does not, that something may be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.calendar import day_of, end_of_day
from casework.database import transaction
from casework.errors import InvalidError
from casework.i18n import message
from casework.model import Consent, ConsentState
from casework.model.data_class import data_classes as checked_classes
from casework.model.visibility import sees_whole_case
from casework.operations.journal import record
from casework.operations.turns import lock_case

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from casework.i18n import Message
    from casework.model import Actor

LONGEST_TEXT = 2000


def give_consent(
    actor: Actor,
    *,
    case_id: UUID,
    person_name: str,
    data_classes: Sequence[str],
    shared_with: str,
    purpose: str,
    person_id: UUID | None = None,
    valid_until: date | None = None,
    is_given: bool = True,
) -> UUID:
    """Record it with who was asked for what; gives the consent's id. `valid_until` is the last day on which it counts.

    Refuses a case that is not seen whole (NotFoundError), and by field (InvalidError): nobody, nothing to share, no purpose,
    unknown data classes, a day that has passed.
    """
    at = clock.now()
    texts = {"person_name": person_name.strip(), "shared_with": shared_with.strip(), "purpose": purpose.strip()}
    classes = checked_classes(data_classes)
    _refuse_what_is_wrong(texts, classes, valid_until, at)
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        consent = Consent(
            case_id=case_id,
            person_id=person_id,
            data_classes=classes,
            valid_until=end_of_day(valid_until) if valid_until else None,
            state=ConsentState.GIVEN if is_given else ConsentState.DECLINED,
            given_at=at,
            recorded_by=actor.name,
            **texts,
        )
        session.add(consent)
        session.flush()
        kind = "consent_given" if is_given else "consent_declined"
        record(session, case, kind, actor, at, consent_id=str(consent.id), person=consent.person_name)
        return consent.id


def _refuse_what_is_wrong(texts: dict[str, str], classes: list[str], valid_until: date | None, at: datetime) -> None:
    wrong = {field: [found] for field, text in texts.items() if (found := _wrong(text))}
    if not classes:
        wrong["data_classes"] = [message("Choose what may be shared.")]
    if valid_until and valid_until < day_of(at):
        wrong["valid_until"] = [message("The date has passed.")]
    if wrong:
        raise InvalidError(message("Something is missing or wrong. Nothing was saved."), wrong)


def _wrong(text: str) -> Message | None:
    if not text:
        return message("Write a few words.")
    return message("Write at most {limit} characters.", limit=LONGEST_TEXT) if len(text) > LONGEST_TEXT else None
