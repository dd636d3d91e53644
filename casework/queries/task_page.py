"""One task with everything that its page shows: the form, the deadline and why, what the case knows, the child's own words.

Who has the task in an inbox but does not see the whole case gets the form and the deadline, and nothing else of the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from casework import clock
from casework.database import read
from casework.errors import NotFoundError
from casework.forms.words import words
from casework.i18n import message
from casework.model import (
    Case,
    Deadline,
    DeadlineClass,
    Employee,
    Person,
    ProcessInstance,
    ProcessVersion,
    Submission,
    Unit,
    UserTask,
)
from casework.model.visibility import sees_task, sees_whole_case
from casework.queries import due_words
from casework.queries.answers import ChildWords, child_words, filed, of_own_units
from casework.queries.clock_words import waits_for
from casework.queries.columns import CHILD, KEPT, UNIT
from casework.queries.deadline_detail import DeadlineDetail, deadline_detail
from casework.queries.earlier_notifications import EarlierNotification, earlier_notifications
from casework.queries.flow_order import flow_order
from casework.queries.guidance import guidance
from casework.queries.known_facts import Flag, KnownFact, flags, known_facts
from casework.queries.law_notes import LawNote, law_notes
from casework.queries.names import Child, EmployeeName, UnitName, child_of, employee_name, unit_name
from casework.queries.outline import StepNumber, Walk, outline, step_number
from casework.queries.persons import person_rows
from casework.queries.read_first import ReadFirst, read_first
from casework.queries.rule_words import rule_words
from casework.queries.task_form import task_form
from casework.queries.task_rights import TaskRights, colleagues_of, led_units_of, refusal_of, task_rights
from casework.queries.trails import trails
from casework.queries.usual_time import usual_time
from casework.released import definition_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms import Form, Option, Prefilled
    from casework.forms.words import Words
    from casework.i18n import Message
    from casework.model import Actor
    from casework.queries.columns import AnySelect

#: A deadline of these classes asks for a reason when it has passed.
_ASKS_FOR_REASON = frozenset({DeadlineClass.LOV, DeadlineClass.LOKAL})


@dataclass(frozen=True)
class TaskPage:
    """Everything the page shows. `refusal` says why the reader may not complete it; `units` can it be passed on to."""

    task_id: UUID
    version: int
    state: str
    name: Words
    guidance: str
    element_id: str
    case_id: UUID
    case_number: str
    sees_case: bool
    child: Child
    flags: tuple[Flag, ...]
    instance_id: UUID
    process_id: str
    process: Words
    process_version: int
    step: StepNumber | None
    unit: UnitName
    assignee: EmployeeName | None
    form_key: str | None
    form: Form | None
    answers: dict[str, Any]
    sources: dict[str, Message]
    prefilled: dict[str, Prefilled]
    read_first: tuple[ReadFirst, ...]
    context: dict[str, Any]
    choices: dict[str, tuple[Option, ...]]
    draft_version: int
    draft_at: datetime | None
    draft_by: str | None
    due: due_words.Due
    deadline: DeadlineDetail | None
    laws: tuple[LawNote, ...]
    known: tuple[KnownFact, ...]
    words: tuple[ChildWords, ...]
    earlier: tuple[EarlierNotification, ...]
    rights: TaskRights
    refusal: Message | None
    needs_late_reason: bool
    colleagues: tuple[EmployeeName, ...]
    units: tuple[UnitName, ...]
    submission_id: UUID | None
    ended_at: datetime | None
    ended_by: str | None
    usual_time: Message | None = None


def task_page(actor: Actor, task_id: UUID) -> TaskPage:
    """Give it to who has the task in an inbox or sees its case whole; NotFoundError otherwise."""
    now = clock.now()
    with read() as session:
        task = session.execute(_select(actor), {"of_task": task_id}).one_or_none()
        if task is None:
            raise NotFoundError(message("There is no such task."))
        refusal = refusal_of(session, actor, task)
        rights = task_rights(actor, task, refusal)
        return TaskPage(
            **_itself(task),
            **_dates(session, task, now),
            **_around(session, actor, task, rights, now),
            child=child_of(task, now),
            rights=rights,
            refusal=refusal,
            colleagues=colleagues_of(session, task.unit_id),
            units=led_units_of(session, actor, task.unit_id),
            usual_time=usual_time(session, task.process_id, task.element_id),
        )


_OF_DEADLINE = [Deadline.__table__.c[n] for n in ("starts_at", "duration", "calendar", "law", "pauses", "paused_at")]
_NEWEST = select(Submission.id).where(Submission.user_task_id == UserTask.id).order_by(Submission.id.desc()).limit(1)


@lru_cache(maxsize=KEPT)
def _select(actor: Actor) -> AnySelect:
    holder, writer, responsible, home = aliased(Employee), aliased(Employee), aliased(Employee), aliased(Unit)
    return (
        select(
            *UserTask.__table__.c,
            sees_whole_case(actor).label("sees_whole_case"),
            _NEWEST.scalar_subquery().label("submission_id"),
            Case.number,
            Case.facts,
            Case.state.label("case_state"),
            ProcessInstance.variables,
            ProcessInstance.process_version_id,
            ProcessInstance.state.label("instance_state"),
            ProcessVersion.process_id.label("version_process_id"),
            ProcessVersion.name.label("process_name"),
            ProcessVersion.name_en.label("process_name_en"),
            ProcessVersion.version.label("process_version"),
            *_OF_DEADLINE,
            holder.name.label("assignee_name"),
            writer.name.label("draft_by"),
            responsible.name.label("responsible_name"),
            *(home.name.label("home_name"), home.name_en.label("home_name_en")),
            *CHILD,
            *(column for column in UNIT if column.name != "unit_id"),
        )
        .join(Case, Case.id == UserTask.case_id)
        .join(Person, Person.id == Case.child_id)
        .join(Unit, Unit.id == UserTask.unit_id)
        .join(home, home.id == Case.responsible_unit_id)
        .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
        .join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
        .outerjoin(Deadline, Deadline.id == UserTask.deadline_id)
        .outerjoin(holder, holder.id == UserTask.assignee_id)
        .outerjoin(writer, writer.id == UserTask.draft_by_id)
        .outerjoin(responsible, responsible.id == Case.responsible_employee_id)
        .where(UserTask.id == bindparam("of_task"), sees_task(actor))
    )


_ITS_OWN = (
    *("version", "element_id", "case_id", "instance_id", "submission_id", "ended_at", "ended_by"),
    *("draft_version", "draft_at", "draft_by"),
)


def _itself(task: Any) -> dict[str, Any]:
    return {
        **{name: getattr(task, name) for name in _ITS_OWN},
        "task_id": task.id,
        "state": task.state.value,
        "name": words(task.name, task.name_en),
        "case_number": task.number,
        "sees_case": bool(task.sees_whole_case),
        "process_id": task.version_process_id,
        "process": words(task.process_name, task.process_name_en),
        "process_version": task.process_version,
        "unit": unit_name(task.unit_id, task.unit_name, task.unit_name_en),
        "assignee": employee_name(task.assignee_id, task.assignee_name),
    }


def _dates(session: Session, task: Any, now: datetime) -> dict[str, Any]:
    due = due_words.due(
        task.due_at,
        now,
        due_class=task.due_class,
        starts_at=task.starts_at,
        rule=rule_words(task.duration, task.calendar, task.law),
        ended_at=task.ended_at,
        waits_for=waits_for(task.pauses) if task.paused_at else None,
    )
    is_late = due.state is due_words.DueState.OVERDUE and task.due_class in _ASKS_FOR_REASON
    return {"due": due, "deadline": deadline_detail(session, task.deadline_id, now), "needs_late_reason": is_late}


def _around(session: Session, actor: Actor, task: Any, rights: TaskRights, now: datetime) -> dict[str, Any]:
    """The form, and what else of the case belongs beside it."""
    element = definition_of(session, task.process_version_id).elements.get((task.process_id, task.element_id))
    forms, persons = filed(session, task.case_id), person_rows(session, task.case_id)
    of_case = forms if task.sees_whole_case else of_own_units(actor, forms)
    form = task_form(session, task, persons=persons, filed=forms, of_case=of_case, may_see_numbers=rights.complete)
    return {
        "guidance": guidance(element.documentation) if element else "",
        "form_key": form.key,
        **{name: getattr(form, name) for name in ("form", "answers", "sources", "prefilled", "context", "choices")},
        "laws": law_notes(element, form.form),
        "read_first": read_first(session, form.form, forms, task.instance_id),
        **(_of_whole_case(session, task, forms, persons, now) if task.sees_whole_case else _OF_NO_CASE),
    }


_OF_NO_CASE: dict[str, Any] = {"flags": (), "known": (), "words": (), "earlier": (), "step": None}


def _of_whole_case(session: Session, task: Any, forms: Any, persons: Any, now: datetime) -> dict[str, Any]:
    version, trail = task.process_version_id, trails(session, [task.instance_id])[task.instance_id]
    walk = Walk.of(definition_of(session, version), flow_order(session, version), trail, task.instance_state, now)
    return {
        "flags": flags(task, forms, now),
        "known": known_facts(task, persons, forms),
        "words": child_words(forms),
        "earlier": earlier_notifications(session, forms, task.instance_id),
        "step": step_number(outline(walk)),
    }
