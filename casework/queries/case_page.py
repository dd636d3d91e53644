"""One child, all processes: everything that the case page shows, or the part of it that was handed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from casework import clock
from casework.calendar import day_of
from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import (
    Case,
    Employee,
    Handoff,
    HandoffState,
    Person,
    Unit,
    UserTask,
)
from casework.model.visibility import sees_case, sees_task, sees_whole_case
from casework.queries.age_rights import AgeRight, age_rights
from casework.queries.answers import filed
from casework.queries.case_circle import ConsentRow, TeamMemberRow, consent_rows, team_rows
from casework.queries.case_deadlines import case_deadlines, deadline_counts, time_span
from casework.queries.case_instances import CaseInstance, StartableProcess, case_instances, startable_processes
from casework.queries.case_rights import CaseRights, case_rights
from casework.queries.columns import CHILD, IS_ACTIVE, KEPT, OF_CASE
from casework.queries.correctable_facts import CorrectableFact, correctable_facts
from casework.queries.document import DocumentRow, document_rows
from casework.queries.handoff_page import receivers_sheet
from casework.queries.handoff_rows import HandoffRow, handoff_row, select_handoffs
from casework.queries.happenings import Happening, happenings
from casework.queries.journal import JournalRow, latest_rows
from casework.queries.known_facts import NOTIFICATION_FORM, Flag, KnownFact, flags, known_facts
from casework.queries.last_look import last_look
from casework.queries.messages import KeptMessage, message_list
from casework.queries.names import Child, EmployeeName, UnitName, child_of, employee_name, unit_name
from casework.queries.packages import PackageRow, StayRow, package_rows, stay_rows
from casework.queries.persons import CasePerson, case_persons, person_rows
from casework.queries.sibling_cases import sibling_cases
from casework.queries.submissions import SubmissionRow, submission_rows
from casework.queries.task_rows import InboxRow, select_task_rows, task_row
from casework.queries.upcoming_starts import UpcomingStart, upcoming_starts

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.queries.columns import AnySelect
    from casework.queries.deadline_rows import DeadlineRow
    from casework.queries.shared_sheet import SharedSheet


@dataclass(frozen=True)
class CasePage:
    """The case. Without `is_whole` the reader's unit has accepted a hand-off: then there are only the child, the sheets in
    `shared`, the hand-offs and the reader's own tasks.

    `deadline_counts`: running, overdue, due today, waiting for others. `timeline`: from the first start to the last date.
    `last_look`: when the reader looked before this visit; `journal` then goes back to it, if that is not too long.
    """

    case_id: UUID
    number: str
    version: int
    state: str
    is_whole: bool
    child: Child
    flags: tuple[Flag, ...]
    responsible_unit: UnitName
    responsible: EmployeeName | None
    opened_at: datetime
    closed_at: datetime | None
    tasks: tuple[InboxRow, ...]
    handoffs: tuple[HandoffRow, ...]
    shared: tuple[SharedSheet, ...] = ()
    age_rights: tuple[AgeRight, ...] = ()
    deadlines: tuple[DeadlineRow, ...] = ()
    deadline_counts: tuple[int, int, int, int] = (0, 0, 0, 0)
    timeline: tuple[datetime, datetime] | None = None
    instances: tuple[CaseInstance, ...] = ()
    upcoming: tuple[UpcomingStart, ...] = ()
    happenings: tuple[Happening, ...] = ()
    persons: tuple[CasePerson, ...] = ()
    team: tuple[TeamMemberRow, ...] = ()
    consents: tuple[ConsentRow, ...] = ()
    packages: tuple[PackageRow, ...] = ()
    stays: tuple[StayRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    submissions: tuple[SubmissionRow, ...] = ()
    last_look: datetime | None = None
    journal: tuple[JournalRow, ...] = ()
    journal_length: int = 0
    messages: tuple[KeptMessage, ...] = ()
    facts: tuple[KnownFact, ...] = ()
    correctable: tuple[CorrectableFact, ...] = ()
    startable: tuple[StartableProcess, ...] = ()
    rights: CaseRights = field(default_factory=CaseRights)


def case_page(actor: Actor, case_id: UUID) -> CasePage:
    """Give the whole page, or the part that was handed over; NotFoundError to everybody else."""
    now = clock.now()
    with read() as session:
        case = session.execute(_select(actor), {"of_case": case_id}).one_or_none()
        if case is None:
            raise NotFoundError(message("There is no such case."))
        rest = _whole(session, actor, case, now) if case.is_whole else _part(session, actor, case, now)
        return CasePage(
            case_id=case_id,
            number=case.number,
            version=case.version,
            state=case.case_state.value,
            is_whole=bool(case.is_whole),
            child=child_of(case, now),
            responsible_unit=unit_name(case.responsible_unit_id, case.home_name, case.home_name_en),
            responsible=employee_name(case.responsible_employee_id, case.responsible_name),
            opened_at=case.opened_at,
            closed_at=case.closed_at,
            tasks=_tasks(session, actor, case_id, now),
            **rest,
        )


@lru_cache(maxsize=KEPT)
def _select(actor: Actor) -> AnySelect:
    responsible = aliased(Employee)
    return (
        select(
            Case.id,
            Case.number,
            Case.version,
            Case.state.label("case_state"),
            Case.facts,
            Case.opened_at,
            Case.closed_at,
            Case.journal_length,
            Case.responsible_unit_id,
            Case.responsible_employee_id,
            responsible.name.label("responsible_name"),
            Unit.name.label("home_name"),
            Unit.name_en.label("home_name_en"),
            sees_whole_case(actor).label("is_whole"),
            *CHILD,
        )
        .join(Person, Person.id == Case.child_id)
        .join(Unit, Unit.id == Case.responsible_unit_id)
        .outerjoin(responsible, responsible.id == Case.responsible_employee_id)
        .where(Case.id == OF_CASE, sees_case(actor))
    )


def _whole(session: Session, actor: Actor, case: Any, now: datetime) -> dict[str, Any]:
    forms, persons = filed(session, case.id, forms=[NOTIFICATION_FORM]), person_rows(session, case.id)
    since = last_look(session, actor, case.id, now)
    deadlines, instances = case_deadlines(session, actor, case.id, now), case_instances(session, case.id, now)
    return {
        "flags": flags(case, forms, now),
        "facts": known_facts(case, (), forms),  # who is around the child stands in `persons`
        "correctable": correctable_facts(case.facts),
        "age_rights": age_rights(case.child_birth_date, day_of(now)),
        "deadlines": deadlines,
        "deadline_counts": deadline_counts(deadlines, now),
        "timeline": time_span(deadlines),
        "instances": instances,
        "upcoming": upcoming_starts(session, case.id),
        "happenings": happenings(session, case.id),
        "persons": case_persons(persons, sibling_cases(session, actor, persons)),
        "team": team_rows(session, case.id),
        "handoffs": tuple(handoff_row(row, now) for row in _handoffs(session, actor, case.id)),
        "consents": consent_rows(session, case.id, now),
        "packages": package_rows(session, actor, case.id, case.responsible_unit_id),
        "stays": stay_rows(session, case.id),
        "documents": document_rows(session, case.id),
        "submissions": submission_rows(session, actor, case.id),
        "last_look": since,
        "journal": latest_rows(session, case.id, since),
        "journal_length": case.journal_length,
        "messages": message_list(session, actor, case.id, None, 50).rows,
        "startable": startable_processes(session),
        "rights": case_rights(actor, case, instances),
    }


def _part(session: Session, actor: Actor, case: Any, now: datetime) -> dict[str, Any]:
    """What an accepted hand-off opens; the flag of a protected address goes with it, so that nobody gives it away."""
    rows = _handoffs(session, actor, case.id)
    seen = (HandoffState.ACCEPTED, HandoffState.COMPLETED)
    sheets = [receivers_sheet(session, row, now) for row in rows if row.state in seen]
    return {
        "flags": flags(case, [], now),
        "handoffs": tuple(handoff_row(row, now) for row in rows),
        "shared": tuple(sheet for sheet in sheets if sheet),
    }


def _tasks(session: Session, actor: Actor, case_id: UUID, now: datetime) -> tuple[InboxRow, ...]:
    return tuple(task_row(row, actor, now) for row in session.execute(_select_tasks(actor), {"of_case": case_id}))


@lru_cache(maxsize=KEPT)
def _select_tasks(actor: Actor) -> AnySelect:
    is_waiting = (UserTask.awaited_by_unit_id.is_not(None) & UserTask.unit_id.not_in(sorted(actor.all_units))).label(
        "is_waiting"
    )
    chosen = (
        select(UserTask.id, UserTask.inbox_at, is_waiting)
        .join(Case, Case.id == UserTask.case_id)
        .where(UserTask.case_id == OF_CASE, IS_ACTIVE, sees_task(actor))
        .subquery()
    )
    return select_task_rows(chosen)


def _handoffs(session: Session, actor: Actor, case_id: UUID) -> Any:
    return session.execute(_select_handoffs(actor), {"of_case": case_id}).all()


@lru_cache(maxsize=KEPT)
def _select_handoffs(actor: Actor) -> AnySelect:
    return select_handoffs(actor).where(Handoff.case_id == OF_CASE).order_by(Handoff.offered_at.desc(), Handoff.id)
