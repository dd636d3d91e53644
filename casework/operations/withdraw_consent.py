"""A consent no longer counts: what rested on it is no longer shared, and offers that wait are taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, NotFoundError
from casework.i18n import message
from casework.model import Case, Consent, ConsentState
from casework.model.visibility import sees_whole_case
from casework.operations.ending_consents import end_consents
from casework.operations.moving_handoffs import required_text
from casework.operations.turns.locking import locked

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor


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
        end_consents(session, case, [consent], actor, at, kind="consent_withdrawn", reason=said)
        return case.id


def _locked(session: Session, actor: Actor, consent_id: UUID) -> tuple[Case, Consent]:
    query: Any = select(Case, Consent).join(Consent, Consent.case_id == Case.id)
    wanted = query.where(Consent.id == consent_id, sees_whole_case(actor))
    found: Any = session.execute(locked(wanted, Case, Consent)).one_or_none()
    if found is None:
        raise NotFoundError(message("There is no such consent."))
    return found[0], found[1]
