"""Shows one person's CPR number to somebody who says what for; asking is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from casework import clock, cpr, crypto
from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError, NotFoundError
from casework.i18n import message
from casework.model import AccessEntry, AccessKind, Case, Person, Relation
from casework.model.visibility import sees_whole_case

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor

LONGEST_REASON = 500


def reveal_cpr(actor: Actor, *, case_id: UUID, person_id: UUID, reason: str) -> str:
    """Give the number as `010112-1234` and write the access log, in one transaction: no number without an entry.

    Refuses a case that is not seen whole, a person who is not of it or has no number (NotFoundError), machines
    (ForbiddenError), no reason (InvalidError).
    """
    if actor.kind != "employee":
        raise ForbiddenError(message("Only an employee can see a CPR number."))
    said = " ".join(reason.split())[:LONGEST_REASON]
    if not said:
        wrong = message("Say what you need it for.")
        raise InvalidError(wrong, {"reason": [wrong]})
    with transaction() as session:
        of_case = select(Relation.person_id).where(Relation.case_id == case_id)
        sealed = session.scalar(
            select(Person.cpr)
            .join(Case, or_(Case.child_id == Person.id, Person.id.in_(of_case)))
            .where(Person.id == person_id, Case.id == case_id, sees_whole_case(actor))
        )
        if sealed is None:
            raise NotFoundError(message("There is no CPR number to show."))
        session.add(
            AccessEntry(
                at=clock.now(),
                kind=AccessKind.REVEAL,
                actor=actor.name,
                actor_id=actor.id,
                case_id=case_id,
                person_id=person_id,
                subject="cpr",
                subject_id=person_id,
                detail=said,
            )
        )
        return cpr.written(crypto.decrypt(sealed, "person.cpr"))
