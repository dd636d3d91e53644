"""Consents that no longer count, withdrawn or lapsed: what rests on them is no longer shared, and offers are taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select

from casework.i18n import message
from casework.model import ConsentState, Handoff, HandoffState, Subscription, SubscriptionState
from casework.operations.journal import record
from casework.operations.moving_handoffs import Move
from casework.operations.turns import deliver
from casework.operations.withdraw_handoff import take_back

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from casework.model import Actor, Case, Consent

#: What instances that wait for an answer are told.
WITHDRAWN = "SamtykkeTrukket"


def end_consents(
    session: Session,
    case: Case,
    consents: Sequence[Consent],
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    reason: str,
) -> None:
    """End those given of a locked case, each with a journal entry of `kind`; no unit sees what it saw by them alone."""
    for consent in consents:
        consent.state, consent.ended_at = ConsentState.WITHDRAWN, at
        about: dict[str, Any] = {"consent_id": str(consent.id), "person": consent.person_name}
        record(session, case, kind, actor, at, reason=reason, **about)
    if consents:
        _tell_instances(session, case, actor, at)
    for consent in consents:
        _take_offers_back(session, case, consent, actor, at)


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
