"""One unit asks another to take something over. Nothing moves yet: the sender stays responsible until the receiver accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import calendar, clock
from casework.config import settings
from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError, InvalidError
from casework.i18n import message
from casework.law import laws
from casework.model import Case, CaseState, Handoff, Unit
from casework.model.data_class import data_classes as checked_classes
from casework.model.visibility import sees_whole_case
from casework.operations.counting_consent import counting_consent
from casework.operations.moving_handoffs import LONGEST_TEXT, Move, works_in
from casework.operations.turns import lock_case

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.model import Actor

#: Working days for an answer when nothing else is said (domain reference, E.6).
USUAL_DURATION = "P3D"
#: `legal_basis` when the case changes hands inside of one authority, and when any valid consent is meant.
SAME_AUTHORITY, ANY_CONSENT = "samme_myndighed", "samtykke"
LONGEST_SUBJECT = 120


def offer_handoff(
    actor: Actor,
    *,
    case_id: UUID,
    to_unit_id: str,
    subject: str,
    purpose: str,
    data_classes: Sequence[str],
    legal_basis: str | None = None,
    consent_id: UUID | None = None,
    due_at: datetime | None = None,
    wanted_answer: str = "",
    moves_responsibility: bool = False,
    fallback_unit_id: str | None = None,
    child_informed_on: date | None = None,
    instance_id: UUID | None = None,
    job_id: UUID | None = None,
) -> UUID:
    """Offer it from the responsible unit; gives the hand-off's id. The same `job_id` again gives the same hand-off.

    Refuses a case that is not seen whole (NotFoundError), another unit than the responsible one (ForbiddenError), a closed
    case (ConflictError), and by field (InvalidError) what is missing, unknown, past, or rests on neither law nor consent.
    """
    at = clock.now()
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        if job_id and (known := _offered(session, job_id)):
            return known
        _require_sender(actor, case)
        asked = {"moves_responsibility": moves_responsibility, "child_informed_on": child_informed_on}
        origin = {"instance_id": instance_id, "job_id": job_id}
        handoff = Handoff(
            case_id=case_id,
            from_unit_id=case.responsible_unit_id,
            to_unit_id=_receiver(session, case, to_unit_id),
            fallback_unit_id=fallback_unit_id or _fallback(session, case.responsible_unit_id),
            data_classes=checked_classes(data_classes),
            due_at=_due(due_at, at),
            **_texts(subject, purpose, wanted_answer),
            **_basis(session, case, legal_basis, consent_id, at),
            **_offering(actor, at),
            **asked,
            **origin,
        )
        session.add(handoff)
        session.flush()
        _tell(Move(session, case, handoff, actor, at))
        return handoff.id


def _tell(move: Move) -> None:
    """The journal keeps what kinds of information go where on which basis."""
    offered = move.handoff
    shared = {"data_classes": offered.data_classes, "basis": offered.legal_basis or "consent"}
    move.record("handoff_offered", due_at=offered.due_at.isoformat(), **shared)
    move.tell(works_in(move.session, offered.to_unit_id), "offered")


def _offered(session: Session, job_id: UUID) -> UUID | None:
    return session.scalars(select(Handoff.id).where(Handoff.job_id == job_id)).one_or_none()


def _require_sender(actor: Actor, case: Case) -> None:
    if actor.kind != "system" and case.responsible_unit_id not in actor.all_units:
        raise ForbiddenError(message("Only the responsible unit can ask another to take over."))
    if case.state is not CaseState.OPEN:
        raise ConflictError(message("The case is closed."))


def _receiver(session: Session, case: Case, unit_id: str) -> str:
    unit = session.get(Unit, unit_id)
    if unit is None or not unit.is_active:
        raise _wrong("to_unit_id", message("There is no such unit."))
    if unit_id == case.responsible_unit_id:
        raise _wrong("to_unit_id", message("The unit is responsible already."))
    return unit_id


def _fallback(session: Session, unit_id: str) -> str:
    """The unit that the municipality has named for what nobody takes over, or the sender itself."""
    return session.get_one(Unit, unit_id).fallback_id or unit_id


def _texts(subject: str, purpose: str, wanted_answer: str) -> dict[str, str]:
    return {
        "subject": _text(subject, "subject", LONGEST_SUBJECT),
        "purpose": _text(purpose, "purpose", LONGEST_TEXT),
        "wanted_answer": wanted_answer.strip()[:LONGEST_TEXT],
    }


def _offering(actor: Actor, at: datetime) -> dict[str, Any]:
    by_id = actor.id if actor.kind == "employee" else None
    return {"offered_at": at, "offered_by": actor.name, "offered_by_id": by_id}


def _text(text: str, field: str, longest: int) -> str:
    said = text.strip()
    if not said:
        raise _wrong(field, message("Write a few words."))
    if len(said) > longest:
        raise _wrong(field, message("Write at most {limit} characters.", limit=longest))
    return said


def _basis(
    session: Session, case: Case, law: str | None, consent_id: UUID | None, at: datetime
) -> dict[str, str | UUID | None]:
    """A consent that counts now, or a law that is known: nothing is shared on neither."""
    if consent_id is not None or law == ANY_CONSENT:
        return {"legal_basis": None, "consent_id": _consent(session, case, consent_id, at)}
    if law == SAME_AUTHORITY or law in laws():
        return {"legal_basis": law, "consent_id": None}
    raise _wrong("legal_basis", message("Say what allows us to share: a consent, or a rule of law."))


def _consent(session: Session, case: Case, consent_id: UUID | None, at: datetime) -> UUID:
    found = counting_consent(session, case, at, consent_id)
    if found is None:
        raise _wrong("consent_id", message("There is no consent that counts now."))
    return found


def _due(due_at: datetime | None, at: datetime) -> datetime:
    if due_at is None:
        working_days = calendar.CalendarKind.WORKING_DAYS
        return calendar.due(USUAL_DURATION, working_days, at, closed_days=settings().closed_days).instant
    if due_at <= at:
        raise _wrong("due_at", message("The date has passed."))
    return due_at


def _wrong(field: str, sentence: Message) -> InvalidError:
    return InvalidError(sentence, {field: [sentence]})
