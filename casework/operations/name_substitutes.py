"""An employee, or the leader of one who is sick, names colleagues who stand in from day to day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.calendar import day_of
from casework.database import transaction
from casework.errors import InvalidError, NotFoundError
from casework.i18n import message
from casework.identifiers import new_id
from casework.model import Employee, Membership, Substitution
from casework.model.substitution import is_colleague
from casework.operations.turns.telling import tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.model import Actor

#: A right that nobody remembers is worse than naming somebody anew: maternity leave fits, forgetting does not.
LONGEST = timedelta(days=366)
LONGEST_REASON = 300
KIND = "substitute"


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included."""

    first_day: date
    last_day: date


def name_substitutes(
    actor: Actor, *, absent_id: UUID, substitute_ids: Sequence[UUID], period: Period, reason: str = ""
) -> tuple[UUID, ...]:
    """Let each of them stand in for the absent colleague in the period, and tell them; gives the ids. Again changes nothing.

    Refuses who is neither the absent colleague nor leads a unit where that one works (NotFoundError); and by field
    (InvalidError): nobody chosen, the colleague him- or herself, who works in none of the same units, who stands in for the same
    colleague at that time already, a period that lies behind, is turned round or longer than a year.
    """
    at, said = clock.now(), " ".join(reason.split())
    _require_period(period, day_of(at))
    if not substitute_ids:
        raise _wrong("substitute_ids", message("Choose who stands in."))
    if len(said) > LONGEST_REASON:
        raise _wrong("reason", message("Write at most {limit} characters.", limit=LONGEST_REASON))
    chosen = tuple(dict.fromkeys(substitute_ids))
    with transaction() as session:
        require_answers_for(session, actor, absent_id)
        _require_colleagues(session, absent_id, chosen)
        known = _known(session, absent_id, chosen, period)
        return tuple(known.get(one) or _name(session, actor, absent_id, one, period, said, at) for one in chosen)


def require_answers_for(session: Session, actor: Actor, absent_id: UUID) -> None:
    """Refuse (NotFoundError) who is neither the colleague nor leads a unit where the colleague works."""
    if actor.kind == "system" or (actor.kind == "employee" and actor.id == absent_id):
        return
    led = Membership.employee_id == absent_id, Membership.unit_id.in_(sorted(actor.led_units))
    if session.scalars(select(Membership.employee_id).where(*led)).first() is None:
        raise NotFoundError(message("You cannot name substitutes for this employee."))


def _require_period(period: Period, today: date) -> None:
    if period.first_day < today:
        raise _wrong("first_day", message("The day lies in the past."))
    if period.last_day < period.first_day:
        raise _wrong("last_day", message("The last day lies before the first."))
    if period.last_day - period.first_day > LONGEST:
        raise _wrong("last_day", message("At most a year at a time."))


def _require_colleagues(session: Session, absent_id: UUID, chosen: tuple[UUID, ...]) -> None:
    """Who works in or leads a unit of the absent colleague, and is not the same one."""
    query = select(Employee.id).where(Employee.id.in_(chosen), Employee.id != absent_id, Employee.is_active)
    found = set(session.scalars(query.where(is_colleague(Employee.id, absent_id))))
    if not found.issuperset(chosen):
        raise _wrong("substitute_ids", message("Only a colleague of the same unit can stand in."))


def _known(session: Session, absent_id: UUID, chosen: tuple[UUID, ...], period: Period) -> dict[UUID, UUID]:
    """What was named before in just the same words; refuses what overlaps it."""
    same = Substitution.absent_id == absent_id, Substitution.substitute_id.in_(chosen), Substitution.ended_at.is_(None)
    within = Substitution.first_day <= period.last_day, Substitution.last_day >= period.first_day
    found = session.scalars(select(Substitution).where(*same, *within)).all()
    if any((one.first_day, one.last_day) != (period.first_day, period.last_day) for one in found):
        already = message("One of them stands in within these days already. End that first, or choose other days.")
        raise _wrong("substitute_ids", already)
    return {one.substitute_id: one.id for one in found}


def _name(  # noqa: PLR0917  who for whom, when, why
    session: Session, actor: Actor, absent_id: UUID, substitute_id: UUID, period: Period, reason: str, at: datetime
) -> UUID:
    named = Substitution(
        id=new_id(),
        absent_id=absent_id,
        substitute_id=substitute_id,
        first_day=period.first_day,
        last_day=period.last_day,
        reason=reason,
        created_at=at,
        created_by=actor.name,
        created_by_id=actor.id if actor.kind == "employee" else None,
    )
    session.add(named)
    tell(session, None, [substitute_id], KIND, at, key=str(named.id))
    return named.id


def _wrong(field: str, sentence: Message) -> InvalidError:
    return InvalidError(sentence, {field: [sentence]})
