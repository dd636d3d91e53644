"""What the topic `handoff` asks for: offer what somebody described in form F28, take it back, or end it. Safe to repeat.

Subject and purpose are text, so they are no inputs of the job: they come from the newest F28 of the instance that was filled in
for the same occasion, since several hand-offs may wait side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from casework import calendar, clock
from casework.config import settings
from casework.database import read
from casework.errors import ConflictError, InvalidError, NotFoundError
from casework.i18n import message
from casework.model import SYSTEM, Actor, Artifact, Case, Employee, Handoff, Job, Submission, UserTask
from casework.operations.complete_handoff import complete_handoff
from casework.operations.offer_handoff import USUAL_DURATION, offer_handoff
from casework.operations.turns.units import unit_of
from casework.operations.withdraw_handoff import withdraw_handoff

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

FORM = "F28"
#: The input of the part that describes and offers, which its tasks know.
OCCASION = "anledning"
#: Reasons that diagrams give by name.
_REASONS = {"samtykke_trukket": message("The consent was withdrawn.")}
#: What came of it, unless the diagram says more.
_DONE = message("The task is done.")


@dataclass(frozen=True)
class _Described:
    """What the newest F28 says, and who says it."""

    answers: dict[str, Any] = field(default_factory=dict)
    by_id: UUID | None = None
    by: str = SYSTEM.name
    kind: str = "system"
    on: date | None = None


def handoff_of_job(*, job_id: UUID) -> UUID:
    """Do what the inputs of the job say; gives the hand-off's id.

    `action` offer: `toLane` (a lane, or a unit's id), `dataClasses`, `legalBasis`, `movesResponsibility`, `dueDuration`
    (ISO, working days). `action` withdraw: `handoff_id`, `reason`. `action` complete, when the receiver's task is done:
    `handoff_id`, `result`. What cannot be offered is refused as in `offer_handoff`.
    """
    with read() as session:
        job = session.get(Job, job_id)
        if job is None or job.case_id is None:
            raise NotFoundError(message("There is no such job."))
        case, described = session.get_one(Case, job.case_id), _described(session, job)
        unit_id = unit_of(session, case, str(job.inputs.get("toLane", "")))
    match job.inputs.get("action"):
        case "withdraw":
            return _withdraw(job.inputs)
        case "complete":
            return _complete(job)
    return _offer(job, case, described, unit_id)


def _described(session: Session, job: Job) -> _Described:
    rows = session.execute(
        select(
            Submission.answers,
            Submission.submitted_by,
            Submission.submitted_by_id,
            Submission.submitted_at,
            Employee.id.label("employee_id"),
            UserTask.items,
        )
        .outerjoin(Employee, Employee.id == Submission.submitted_by_id)
        .join(UserTask, UserTask.id == Submission.user_task_id)
        .join(Artifact, Artifact.id == Submission.form_id)
        .where(UserTask.instance_id == job.instance_id, Artifact.key == FORM)
        .order_by(Submission.submitted_at.desc(), Submission.id.desc())
    ).all()
    same = [row for row in rows if (row.items or {}).get(OCCASION) == job.inputs.get("occasion")]
    row = next(iter(same or rows), None)
    if row is None:
        return _Described()
    kind = "employee" if row.employee_id else "service"
    return _Described(row.answers, row.submitted_by_id, row.submitted_by, kind, calendar.day_of(row.submitted_at))


def _offer(job: Job, case: Case, described: _Described, unit_id: str) -> UUID:
    inputs, answers = job.inputs, described.answers
    informed = described.on if answers.get("barnetOrienteret") == "ja" else None
    return offer_handoff(
        _on_behalf(described, case),
        case_id=case.id,
        to_unit_id=unit_id,
        subject=str(answers.get("emne") or inputs.get("occasion") or ""),
        purpose=str(answers.get("formaal") or ""),
        wanted_answer=str(answers.get("naesteHandling") or ""),
        data_classes=inputs.get("dataClasses") or answers.get("dataklasser") or [],
        legal_basis=inputs.get("legalBasis") or answers.get("hjemmel"),
        moves_responsibility=inputs.get("movesResponsibility") is True,
        due_at=_due(inputs.get("dueDuration")),
        child_informed_on=informed,
        instance_id=job.instance_id,
        job_id=job.id,
    )


def _on_behalf(described: _Described, case: Case) -> Actor:
    """Whoever filled in F28 asks; that they might, was decided when they did."""
    if described.by_id is None:
        return SYSTEM
    units = frozenset({case.responsible_unit_id})
    return Actor(id=described.by_id, name=described.by, kind=described.kind, units=units, sees_all_cases=True)


def _due(duration: Any) -> datetime:
    wanted = duration if isinstance(duration, str) else USUAL_DURATION
    working_days = calendar.CalendarKind.WORKING_DAYS
    return calendar.due(wanted, working_days, clock.now(), closed_days=settings().closed_days).instant


def _withdraw(inputs: dict[str, Any]) -> UUID:
    """What is over already needs no withdrawing."""
    handoff_id = _id(inputs.get("handoff_id"))
    reason = str(inputs.get("reason") or "samtykke_trukket")
    said = _REASONS[reason].text() if reason in _REASONS else reason
    try:
        withdraw_handoff(SYSTEM, handoff_id=handoff_id, reason=said)
    except ConflictError:
        return handoff_id
    return handoff_id


def _complete(job: Job) -> UUID:
    """What was given back or finished by hand is over already."""
    handoff_id = _id(job.inputs.get("handoff_id"))
    with read() as session:
        by = _who_did_it(session, job, session.get(Handoff, handoff_id))
    try:
        complete_handoff(by, handoff_id=handoff_id, result=str(job.inputs.get("result") or _DONE.text()))
    except ConflictError:
        return handoff_id
    return handoff_id


def _who_did_it(session: Session, job: Job, handoff: Handoff | None) -> Actor:
    """Whoever of the receiver's unit has last finished a task of the process."""
    if handoff is None:
        return SYSTEM
    done = UserTask.instance_id == job.instance_id, UserTask.unit_id == handoff.to_unit_id
    row = session.execute(
        select(Submission.submitted_by, Submission.submitted_by_id)
        .join(UserTask, UserTask.id == Submission.user_task_id)
        .where(*done, Submission.submitted_by_id.is_not(None))
        .order_by(Submission.submitted_at.desc(), Submission.id.desc())
    ).first()
    if row is None:
        return SYSTEM
    return Actor(id=row.submitted_by_id, name=row.submitted_by, kind="employee", units=frozenset({handoff.to_unit_id}))


def _id(value: Any) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise InvalidError(message("The job names no hand-off.")) from None
