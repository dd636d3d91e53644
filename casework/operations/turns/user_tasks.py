"""The row of a user task that has just opened: whose inbox, which form, which deadline, given to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import values
from casework.identifiers import new_id
from casework.model import END_OF_TIME, Deadline, Employee, TeamMember, UserTaskState
from casework.operations.turns.deadlines import earliest, shown_on_task
from casework.operations.turns.running import running_deadlines

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Case
    from casework.operations.turns.openings import Opening
    from casework.operations.turns.turn import Row, Turn


def task_row(opening: Opening, unit_id: str, deadlines: list[Row]) -> Row:
    """A task with the nearest of its own deadlines and of the deadline of the whole process that it refers to."""
    element, standing = opening.element, opening.standing
    assignee = _assignee(opening)
    return {
        "id": new_id(),
        **opening.words,
        **opening.place,
        "name": element.name or element.id,
        "name_en": element.name_en or element.name or element.id,
        "form_id": opening.release.forms.get(element.form_key),
        "items": values.to_json({**standing.items, **standing.inputs}),
        "lane": element.lane,
        "unit_id": unit_id,
        "assignee_id": assignee,
        "awaited_by_unit_id": awaited_by(opening.turn.case, unit_id),
        "needs_separation": element.assignment.separation,
        "handoff_id": None,
        "state": UserTaskState.CLAIMED if assignee else UserTaskState.OPEN,
        "created_at": opening.turn.at,
        **_due(opening, deadlines),
        "draft": {},
        "draft_version": 0,
        "draft_marks": {},
        "draft_at": None,
        "draft_by_id": None,
        "follow_up_on": None,
        "version": 1,
        "ended_at": None,
        "ended_by": None,
    }


def awaited_by(case: Case, unit_id: str) -> str | None:
    """The responsible unit when another one does the task, and so the first one waits for it."""
    return case.responsible_unit_id if unit_id != case.responsible_unit_id else None


def _assignee(opening: Opening) -> UUID | None:
    assignment = opening.element.assignment
    if assignment.separation:
        return None  # who may take it is asked when somebody takes it
    match assignment.to:
        case "responsible":
            return opening.turn.case.responsible_employee_id
        case "coordinator":
            return _coordinator(opening.turn) or opening.turn.case.responsible_employee_id
        case "starter":
            return opening.instance.started_by_id
    return None


def _coordinator(turn: Turn) -> UUID | None:
    """The case's tovholder, of several who came last; nobody who has left the team or the municipality."""
    present = TeamMember.case_id == turn.case.id, TeamMember.role == "coordinator", TeamMember.until.is_(None)
    query = select(TeamMember.employee_id).join(Employee, Employee.id == TeamMember.employee_id)
    query = query.where(*present, Employee.is_active).order_by(TeamMember.since.desc(), TeamMember.id.desc())
    return turn.session.scalars(query.limit(1)).first()


def _due(opening: Opening, deadlines: list[Row]) -> dict[str, Any]:
    """The nearest counts: a local goal of today must not hide that the law's 24 hours are over."""
    found = earliest([*deadlines, *_referred(opening)])
    return no_deadline() if found is None else shown_on_task(found)


def no_deadline() -> dict[str, Any]:
    """The deadline columns of a task that has none."""
    return {"deadline_id": None, "due_at": None, "inbox_at": END_OF_TIME, "due_class": None}


def _referred(opening: Opening) -> list[Row]:
    """A task may stand for a duty of the whole process, as the first assessment does for the 24 hours, or for one of several."""
    keys, instance_id = opening.element.deadline_refs, opening.instance.id
    if not keys:
        return []
    rows = (*running_deadlines(opening.turn), *opening.turn.pending(Deadline), *opening.beside)
    mine = [row for row in rows if row["instance_id"] == instance_id and row["key"] in keys]
    return [row for row in mine if not opening.endings.state_of(row)]
