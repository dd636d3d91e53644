"""The case of the child that a notification is about: the one that is open, the one that was closed, or a new one.

A child is found by its CPR number alone. Same name and birth date is no proof: such cases are only shown to a person.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from casework import crypto
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Case, CaseState, Person, Unit
from casework.model.visibility import sees_case
from casework.operations.journal import record
from casework.operations.turns import lock_case, move_unit

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.operations.intake.checking import Notification

LANE = "modtagelse"
COLUMN = "person.cpr"


class Found(StrEnum):
    """Which case it is."""

    OPEN = "open"  #: The child's open case.
    CLOSED = "closed"  #: The child's closed case: it is opened again.
    NEW = "new"  #: The child had none.


def child_case(
    session: Session, actor: Actor, notification: Notification, district: str | None, at: datetime
) -> tuple[Case, Found]:
    """Find or open it; the case is locked. Two notifications of one child at once wait for each other."""
    _take_turns(session, notification)
    known = _known_case_id(session, notification)
    if known is None:
        return _open(session, actor, notification, district, at), Found.NEW
    case = lock_case(session, known)
    if case.state is CaseState.OPEN:
        return case, Found.OPEN
    case.reopen()
    move_unit(session, case, _intake_unit(session, case.district))
    case.responsible_employee_id = None
    record(session, case, "case_reopened", actor, at)
    return case, Found.CLOSED


def possible_case_ids(session: Session, actor: Actor, case: Case, child: Person) -> tuple[UUID, ...]:
    """Give the cases that the actor may see of a child with the same name and birth date."""
    return tuple(session.scalars(_alike(case.id, child.name, child).where(sees_case(actor)).with_only_columns(Case.id)))


def _take_turns(session: Session, notification: Notification) -> None:
    """On PostgreSQL by an advisory lock until commit; on SQLite the transaction itself is the lock."""
    if session.get_bind().dialect.name == "postgresql":
        name = notification.number or notification.name.casefold()
        key = int.from_bytes(crypto.blind_index(name, COLUMN)[:8], signed=True)
        session.execute(select(func.pg_advisory_xact_lock(key)))


def _known_case_id(session: Session, notification: Notification) -> UUID | None:
    if notification.number is None:
        return None
    index = crypto.blind_index(notification.number, COLUMN)
    of_child = select(Case.id).join(Person, Person.id == Case.child_id).where(Person.cpr_index == index)
    return session.scalars(of_child.order_by(Case.state == CaseState.CLOSED, Case.opened_at.desc())).first()


def _open(session: Session, actor: Actor, notification: Notification, district: str | None, at: datetime) -> Case:
    child = _child(session, notification, at)
    chosen = district or _district_of(session, actor)
    case = Case(
        number=_next_number(session, at),
        child_id=child.id,
        district=chosen,
        responsible_unit_id=_intake_unit(session, chosen),
        facts={},
        opened_at=at,
    )
    if notification.birth_date:
        case.facts = {"foedselsdato": notification.birth_date}
    alike = session.scalars(_alike(None, child.name, child)).all()
    if alike:
        case.facts = {**case.facts, "muligeSager": list(alike)}
    session.add(case)
    session.flush()
    record(session, case, "case_opened", actor, at, number=case.number)
    return case


def _child(session: Session, notification: Notification, at: datetime) -> Person:
    child = Person(name=notification.name, birth_date=notification.birth_date, created_at=at)
    if notification.number:
        child.cpr = crypto.encrypt(notification.number, COLUMN)
        child.cpr_index = crypto.blind_index(notification.number, COLUMN)
    child.has_protected_address = notification.answers.get("beskyttetAdresse") is True
    session.add(child)
    session.flush()
    return child


def _alike(besides: UUID | None, name: str, child: Person) -> Select[str]:
    same = [Person.birth_date == child.birth_date, func.lower(Person.name) == func.lower(name), Person.id != child.id]
    wanted = select(Case.number).join(Person, Person.id == Case.child_id).where(*same, Case.state == CaseState.OPEN)
    return wanted.order_by(Case.number) if besides is None else wanted.where(Case.id != besides).order_by(Case.number)


def _next_number(session: Session, at: datetime) -> str:
    """`S-2026-0417`. Two openings at once wait for each other here, and a number that fell away leaves a gap at most."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext("case.number"))))
    prefix = f"S-{at.year}-"
    last = session.scalars(
        select(Case.number)
        .where(Case.number.startswith(prefix))
        .order_by(func.length(Case.number).desc(), Case.number.desc())
        .limit(1)
    ).one_or_none()
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:04d}"


def _district_of(session: Session, actor: Actor) -> str:
    """Of the actor's units; for another system the first that has an intake unit."""
    districts = select(Unit.district).where(Unit.district.is_not(None)).order_by(Unit.id)
    own = session.scalars(districts.where(Unit.id.in_(sorted(actor.all_units)))).first()
    found = own or session.scalars(districts.where(Unit.lane == LANE, Unit.is_active)).first()
    if found is None:
        raise NotFoundError(message("No unit takes notifications in."))
    return found


def _intake_unit(session: Session, district: str) -> str:
    units = select(Unit.id).where(
        Unit.lane == LANE, Unit.is_active, (Unit.district == district) | Unit.district.is_(None)
    )
    found = session.scalars(units.order_by(Unit.district.is_(None), Unit.id)).first()
    if found is None:
        raise NotFoundError(message("No unit takes notifications in."))
    return found
