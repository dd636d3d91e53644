"""Somebody works on a case beside its responsible unit, and sees all of it from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError, InvalidError
from casework.i18n import message
from casework.model import CaseState, Employee, TeamMember
from casework.model.visibility import sees_whole_case
from casework.operations.journal import record
from casework.operations.turns import lock_case

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.model import Actor, Case

COORDINATOR = "coordinator"
ROLES = ("caseworker", "coordinator", "reassessor", "participant")


def add_team_member(actor: Actor, *, case_id: UUID, employee_id: UUID, role: str) -> UUID:
    """Add an employee; gives the membership's id. Adding the same one in the same role again changes nothing.

    Refuses a case that is not seen whole (NotFoundError), who is not of the responsible unit (ForbiddenError), a closed case
    or a second coordinator (ConflictError), an unknown role or employee (InvalidError).
    """
    at = clock.now()
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        require_responsible_unit(actor, case)
        if role not in ROLES:
            raise _wrong("role", message("There is no such role."))
        employee = session.get(Employee, employee_id)
        if employee is None or not employee.is_active:
            raise _wrong("employee_id", message("This employee is not known, or no longer works here."))
        known = _present(session, case_id, employee_id, role)
        if known:
            return known
        _require_one_coordinator(session, case_id, role)
        member = TeamMember(case_id=case_id, employee_id=employee_id, role=role, since=at)
        session.add(member)
        session.flush()
        record(session, case, "team_member_added", actor, at, employee=employee.name, role=role)
        return member.id


def require_responsible_unit(actor: Actor, case: Case) -> None:
    """Refuse who neither works in the responsible unit nor leads it (ForbiddenError), and a closed case (ConflictError)."""
    if actor.kind != "system" and case.responsible_unit_id not in actor.all_units:
        raise ForbiddenError(message("Only the responsible unit can do this."))
    if case.state is not CaseState.OPEN:
        raise ConflictError(message("The case is closed."))


def _present(session: Session, case_id: UUID, employee_id: UUID, role: str) -> UUID | None:
    present = TeamMember.case_id == case_id, TeamMember.employee_id == employee_id, TeamMember.until.is_(None)
    return session.scalars(select(TeamMember.id).where(*present, TeamMember.role == role)).first()


def _require_one_coordinator(session: Session, case_id: UUID, role: str) -> None:
    """The tasks of the coordinator lie with one person, whom the young person knows."""
    present = TeamMember.case_id == case_id, TeamMember.role == COORDINATOR, TeamMember.until.is_(None)
    if role == COORDINATOR and session.scalars(select(TeamMember.id).where(*present)).first():
        raise ConflictError(message("The case has a coordinator already. Take that one off the team first."))


def _wrong(field: str, sentence: Message) -> InvalidError:
    return InvalidError(sentence, {field: [sentence]})
