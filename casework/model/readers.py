"""Who sees a case whole: `visibility.sees_whole_case` asked from the other side, so that a colleague can be told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from casework.model.case import Case, TeamMember
from casework.model.employee import Employee
from casework.model.substitution import reaches

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select


def readers_of(case_id: UUID, responsible_unit_id: str) -> Select[UUID, str]:
    """Select id and name of the active employees who work in or lead the responsible unit, answer for the case, or are in its
    team; by name.
    """
    answering = select(Case.responsible_employee_id).where(
        Case.id == case_id, Case.responsible_employee_id.is_not(None)
    )
    team = select(TeamMember.employee_id).where(TeamMember.case_id == case_id, TeamMember.until.is_(None))
    sees = or_(reaches(Employee.id, responsible_unit_id), Employee.id.in_(answering), Employee.id.in_(team))
    return select(Employee.id, Employee.name).where(Employee.is_active, sees).order_by(Employee.name, Employee.id)
