"""Who has worked on a case, where a diagram asks for somebody new (Barnets lov § 137: a notification in an open case)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, exists, or_

from casework.model.case import Case, TeamMember
from casework.model.journal import JournalEntry
from casework.model.user_task import UserTask

if TYPE_CHECKING:
    from uuid import UUID

#: Having done one of these on a case is having worked on it.
WORK = ("user_task_claimed", "user_task_completed")
#: Who joins the team to assess anew has not been on the case before.
REASSESSOR = "reassessor"


def has_worked(employee_id: UUID, *, case_id: UUID, besides_task_id: UUID) -> ColumnElement[bool]:
    """Whether the employee is or was responsible, in the team, or has had another task of the case than this one."""
    is_responsible = Case.id == case_id, Case.responsible_employee_id == employee_id
    other_tasks = UserTask.case_id == case_id, UserTask.id != besides_task_id, UserTask.assignee_id == employee_id
    entries = JournalEntry.case_id == case_id, JournalEntry.actor_id == employee_id, JournalEntry.kind.in_(WORK)
    member = TeamMember.case_id == case_id, TeamMember.employee_id == employee_id, TeamMember.role != REASSESSOR
    return or_(
        exists().where(*is_responsible),
        exists().where(*other_tasks),
        exists().where(*entries, JournalEntry.user_task_id.is_distinct_from(besides_task_id)),
        exists().where(*member),
    )
