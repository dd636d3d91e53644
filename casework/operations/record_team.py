"""What a form tells of who works on the case: form F25 names its coordinator (tovholder)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from casework.errors import InvalidError
from casework.i18n import message
from casework.model import Employee, TeamMember
from casework.operations.journal import record

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from casework.model import Actor, Case

#: The fact of a field, and the role that it gives.
FACT, ROLE = "team.coordinator", "coordinator"


def record_team(session: Session, case: Case, facts: dict[str, Any], actor: Actor, at: datetime) -> dict[str, Any]:
    """Make the named employee the only coordinator of a locked case, and give the facts that remain.

    Who was it before leaves the team in that role. Refuses whoever does not work here (InvalidError).
    """
    rest = {name: value for name, value in facts.items() if name != FACT}
    if facts.get(FACT):
        _appoint(session, case, _employee(session, facts[FACT]), actor, at)
    return rest


def _employee(session: Session, value: object) -> Employee:
    try:
        employee = session.get(Employee, UUID(str(value)))
    except ValueError:
        employee = None
    if employee is None or not employee.is_active:
        raise InvalidError(message("This employee is not known, or no longer works here."))
    return employee


def _appoint(session: Session, case: Case, employee: Employee, actor: Actor, at: datetime) -> None:
    present = TeamMember.case_id == case.id, TeamMember.role == ROLE, TeamMember.until.is_(None)
    members = session.scalars(select(TeamMember).where(*present)).all()
    for member in members:
        if member.employee_id != employee.id:
            member.until = at
            name = session.get_one(Employee, member.employee_id).name
            record(session, case, "team_member_removed", actor, at, employee=name, role=ROLE)
    if all(member.employee_id != employee.id for member in members):
        session.add(TeamMember(case_id=case.id, employee_id=employee.id, role=ROLE, since=at))
        session.flush()  # what the process opens next may be the coordinator's
        record(session, case, "team_member_added", actor, at, employee=employee.name, role=ROLE)
