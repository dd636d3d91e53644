"""What the topic `consents` asks for when a young person comes of age: what others have consented to no longer counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import SYSTEM, Case, Consent, ConsentState, Job, Person
from casework.model.coming_of_age import is_own
from casework.operations.ending_consents import end_consents
from casework.operations.turns.locking import locked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

#: Reasons that diagrams give by name.
_REASONS = {"fyldt_18": message("The young person has come of age.")}


def lapse_consents(*, job_id: UUID) -> int:
    """End every consent on the case that somebody else than the young person has given; gives how many. Safe to repeat.

    What the young person has said yes to still counts. Consents of forms know a name only, so the name decides.
    """
    at = clock.now()
    with transaction() as session:
        query: Any = select(Case, Job).join(Job, Job.case_id == Case.id).where(Job.id == job_id)
        found = session.execute(locked(query, Case)).first()
        if found is None:
            raise NotFoundError(message("There is no such job."))
        case, job = found
        reason = str(job.inputs.get("reason") or "fyldt_18")
        said = _REASONS[reason].text() if reason in _REASONS else reason
        lapsed = _of_others(session, case)
        end_consents(session, case, lapsed, SYSTEM, at, kind="consent_lapsed", reason=said)
        return len(lapsed)


def _of_others(session: Session, case: Case) -> Sequence[Consent]:
    child = session.get_one(Person, case.child_id)
    given = select(Consent).where(Consent.case_id == case.id, Consent.state == ConsentState.GIVEN).order_by(Consent.id)
    return [one for one in session.scalars(given) if not is_own(one, child)]
