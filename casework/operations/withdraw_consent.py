"""A consent no longer counts: what rested on it is no longer shared, and offers that wait are taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, NotFoundError
from casework.i18n import message
from casework.model import Case, Consent, ConsentState, Handoff, HandoffState, Subscription, SubscriptionState
from casework.model.visibility import sees_whole_case
from casework.operations.journal import record
from casework.operations.moving_handoffs import Move, required_text
from casework.operations.turns import deliver
from casework.operations.turns.locking import locked
from casework.operations.withdraw_handoff import take_back

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor

#: What instances that wait for an answer are told.
WITHDRAWN = "SamtykkeTrukket"


def withdraw_consent(actor: Actor, *, consent_id: UUID, reason: str) -> UUID:
    """Withdraw it, with what was said; gives the case's id.

    Refuses who does not see the whole case (NotFoundError), a consent that does not count (ConflictError), no reason
    (InvalidError). Afterwards no unit sees what it saw by this consent alone.
    """
    at = clock.now()
    said = required_text(reason, "reason")
    with transaction() as session:
        case, consent = _locked(session, actor, consent_id)
        if consent.state is not ConsentState.GIVEN:
            raise ConflictError(message("The consent does not count any more."), changed={"state": consent.state.value})
        consent.state, consent.ended_at = ConsentState.WITHDRAWN, at
        about: dict[str, Any] = {"consent_id": str(consent.id), "person": consent.person_name}
        record(session, case, "consent_withdrawn", actor, at, reason=said, **about)
        _tell_instances(session, case, actor, at)
        _take_offers_back(session, case, consent, actor, at)
        return case.id


def _locked(session: Session, actor: Actor, consent_id: UUID) -> tuple[Case, Consent]:
    query: Any = select(Case, Consent).join(Consent, Consent.case_id == Case.id)
    wanted = query.where(Consent.id == consent_id, sees_whole_case(actor))
    found: Any = session.execute(locked(wanted, Case, Consent)).one_or_none()
    if found is None:
        raise NotFoundError(message("There is no such consent."))
    return found[0], found[1]


def _tell_instances(session: Session, case: Case, actor: Actor, at: datetime) -> None:
    """Only those that wait: a message that nobody awaits would be kept for ever."""
    waits = exists().where(
        Subscription.case_id == case.id,
        Subscription.name == WITHDRAWN,
        Subscription.state == SubscriptionState.WAITING,
    )
    if session.scalar(select(waits)):
        deliver(session, case, WITHDRAWN, actor=actor, at=at)


def _take_offers_back(session: Session, case: Case, consent: Consent, actor: Actor, at: datetime) -> None:
    """Offers of instances take themselves back when they are told; those made by hand are taken back here."""
    offers = session.scalars(
        select(Handoff).where(
            Handoff.consent_id == consent.id,
            Handoff.instance_id.is_(None),
            Handoff.state.in_((HandoffState.OFFERED, HandoffState.MORE_ASKED)),
        )
    )
    for handoff in offers:
        take_back(Move(session, case, handoff, actor, at), message("The consent was withdrawn.").text())
