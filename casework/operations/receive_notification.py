"""Somebody is worried about a child: a notification becomes a case, or a new assessment on the child's open case.

It is never merged away: on an open case it starts a process of its own, with its own 24 hours. Only what is needed to start is
asked here; the registration task comes with what was given, and asks for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from casework import clock
from casework.database import transaction
from casework.errors import ForbiddenError
from casework.i18n import message
from casework.model import Case, JournalEntry, Person, ProcessMessage, Unit
from casework.operations.intake.checking import checked
from casework.operations.intake.child_case import Found, child_case, possible_case_ids
from casework.operations.intake.registration import fill_registration, registration_task_id
from casework.operations.journal import record
from casework.operations.turns import deliver

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor

#: Lanes whose units take notifications in.
LANES = ("modtagelse", "doegnvagt")
#: What a notification on an open case is called.
ON_OPEN_CASE = "NyUnderretning"
#: Kind of the journal entry, and the variable that counts those of the last year (`dmn_akutvurdering`).
RECEIVED, EARLIER = "notification_received", "tidligereUnderretninger12"
#: The variable that says when it reached the municipality.
RECEIVED_AT = "modtagetTid"
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class NotificationReceived:
    """`reference` is the notification's own, whichever case it came to; `received_at` is when its 24 hours began.

    `task_id` is the registration; `instance_id` is None only when no process for it is released: then it is kept.

    `possible_case_ids`: cases that the actor may see of a child with the same name and birth date, for a person to compare.
    """

    reference: UUID
    received_at: datetime
    case_id: UUID
    number: str
    instance_id: UUID | None
    task_id: UUID | None
    is_new_case: bool
    possible_case_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class _Arrived:
    """The message that it became."""

    message_id: UUID
    received_at: datetime
    instance_id: UUID | None


def receive_notification(
    actor: Actor,
    *,
    answers: dict[str, Any],
    received_at: datetime | None = None,
    dedupe_key: str | None = None,
    district: str | None = None,
) -> NotificationReceived:
    """Receive it. `answers` are fields of form F01, as many as are known; `received_at` is when it reached the municipality.

    The same `dedupe_key` again gives the same answer. `district` is by default that of the actor's unit.
    Refuses whose unit takes no notifications in (ForbiddenError), and by field (InvalidError): no name of the child; no worry,
    when another system sends it; an impossible CPR number, a birth date in the future or one that the number contradicts;
    a reception in the future; what form F01 does not know or does not allow.
    """
    at = clock.now()
    with transaction() as session:
        _require_intake(session, actor)
        known = _received(session, actor, dedupe_key)
        if known is not None:
            return known
        notification = checked(session, actor, answers, received_at, at)
        case, found = child_case(session, actor, notification, district, at)
        earlier = {EARLIER: _earlier(session, case, at)}
        received = notification.received_at.isoformat()
        name = ON_OPEN_CASE if found is Found.OPEN else notification.message
        record(session, case, RECEIVED, actor, at, received_at=received, message=name)
        started = deliver(
            session,
            case,
            name,
            actor=actor,
            at=at,
            payload=notification.variables | _at_work(session, actor) | earlier,
            dedupe_key=_key(dedupe_key),
        )
        instance_id = started.instance_ids[0] if started.instance_ids else None
        fill_registration(session, actor, instance_id, notification, at)
        arrived = _Arrived(started.message_id, notification.received_at, instance_id)
        return _answer(session, actor, case, arrived, is_new=found is Found.NEW)


def _require_intake(session: Session, actor: Actor) -> None:
    """Machines are bound by their scope at the door."""
    if actor.kind != "employee":
        return
    takes_in = exists().where(Unit.id.in_(sorted(actor.all_units)), Unit.lane.in_(LANES))
    if not session.scalar(select(takes_in)):
        raise ForbiddenError(message("Notifications are taken in by the intake units and the out-of-hours duty."))


def _at_work(session: Session, actor: Actor) -> dict[str, bool]:
    """Who takes it in by day goes on with it, whatever the hour: it is the duty's only when nobody of the intake is there."""
    by_day = exists().where(Unit.id.in_(sorted(actor.units)), Unit.lane == LANES[0])
    return {"udenforKontortid": False} if actor.kind == "employee" and session.scalar(select(by_day)) else {}


def _earlier(session: Session, case: Case, at: datetime) -> int:
    """How many notifications the case has had in the last twelve months, this one not counted."""
    of_case = JournalEntry.case_id == case.id, JournalEntry.kind == RECEIVED, JournalEntry.at > at - _A_YEAR
    return session.scalar(select(func.count()).where(*of_case)) or 0


def _received(session: Session, actor: Actor, dedupe_key: str | None) -> NotificationReceived | None:
    """The answer that was given to the same key before."""
    key = _key(dedupe_key)
    if key is None:
        return None
    found = session.scalars(select(ProcessMessage).where(ProcessMessage.dedupe_key == key)).one_or_none()
    if found is None:
        return None
    case = session.get_one(Case, found.case_id)
    arrived = _Arrived(found.id, found.payload.get(RECEIVED_AT, found.received_at), found.instance_id)
    return _answer(session, actor, case, arrived, is_new=case.opened_at == found.received_at)


def _key(dedupe_key: str | None) -> str | None:
    """Keys of notifications and those of other messages are different things."""
    return f"notification:{dedupe_key}" if dedupe_key else None


def _answer(session: Session, actor: Actor, case: Case, arrived: _Arrived, *, is_new: bool) -> NotificationReceived:
    child = session.get_one(Person, case.child_id)
    return NotificationReceived(
        reference=arrived.message_id,
        received_at=arrived.received_at,
        case_id=case.id,
        number=case.number,
        instance_id=arrived.instance_id,
        task_id=registration_task_id(session, arrived.instance_id),
        is_new_case=is_new,
        possible_case_ids=possible_case_ids(session, actor, case, child),
    )
