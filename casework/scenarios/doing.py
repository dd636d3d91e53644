"""What people do in a scenario beside completing tasks: they answer hand-offs, tell facts, withdraw consents, put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import read, transaction
from casework.model import (
    SYSTEM,
    Case,
    Consent,
    ConsentState,
    Handoff,
    HandoffState,
    Submission,
    Unit,
    UserTask,
    UserTaskState,
)
from casework.operations.accept_handoff import accept_handoff
from casework.operations.answer_handoff import answer_handoff
from casework.operations.ask_about_handoff import ask_about_handoff
from casework.operations.complete_handoff import complete_handoff
from casework.operations.correct_answers import GoesOn, correct_answers
from casework.operations.correct_fact import correct_fact
from casework.operations.decline_handoff import decline_handoff
from casework.operations.return_handoff import return_handoff
from casework.operations.turns import change_facts, lock_case
from casework.operations.withdraw_consent import withdraw_consent
from casework.operations.withdraw_handoff import withdraw_handoff
from casework.scenarios.clerk import filled
from casework.scenarios.standing import context_of, form_now
from casework.sealed_answers import unseal

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

_WHY = "Prøve"

HANDOFF_MOVES: dict[str, Callable[[UUID], object]] = {
    "accepteret": lambda handoff_id: accept_handoff(SYSTEM, handoff_id=handoff_id),
    "afvist": lambda handoff_id: decline_handoff(SYSTEM, handoff_id=handoff_id, reason=_WHY),
    "returneret": lambda handoff_id: return_handoff(SYSTEM, handoff_id=handoff_id, reason=_WHY),
    "afsluttet": lambda handoff_id: complete_handoff(SYSTEM, handoff_id=handoff_id, result=_WHY),
    "spørgsmål": lambda handoff_id: ask_about_handoff(SYSTEM, handoff_id=handoff_id, question=_WHY),
    "svar": lambda handoff_id: answer_handoff(SYSTEM, handoff_id=handoff_id, text=_WHY),
    "trukket": lambda handoff_id: withdraw_handoff(SYSTEM, handoff_id=handoff_id, reason=_WHY),
}


def newest_handoff(case_id: UUID, to: str = "") -> UUID | None:
    """The hand-off that was offered last, or of those to a unit (or a lane)."""
    query = select(Handoff.id).where(Handoff.case_id == case_id).order_by(Handoff.id.desc())
    if to:
        query = query.join(Unit, Unit.id == Handoff.to_unit_id).where((Unit.id == to) | (Unit.lane == to))
    with read() as session:
        return session.scalars(query).first()


def take_over(case_id: UUID) -> bool:
    """Somebody accepts every hand-off that waits for an answer, the oldest first. False: there was none."""
    offered = Handoff.case_id == case_id, Handoff.state == HandoffState.OFFERED
    with read() as session:
        offers = session.scalars(select(Handoff.id).where(*offered).order_by(Handoff.id)).all()
    for handoff_id in offers:
        accept_handoff(SYSTEM, handoff_id=handoff_id)
    return bool(offers)


def learn(case_id: UUID, facts: dict[str, Any]) -> None:
    """What is known already is corrected, with a reason; the rest is new."""
    with read() as session:
        known = session.get_one(Case, case_id).facts
    for name in facts.keys() & known.keys():
        correct_fact(SYSTEM, case_id=case_id, name=name, value=facts[name], reason=_WHY)
    new = {name: value for name, value in facts.items() if name not in known}
    if new:
        with transaction() as session:
            change_facts(session, lock_case(session, case_id), new, actor=SYSTEM, at=clock.now())


def withdraw(case_id: UUID) -> bool:
    """The consent that was given last. False: there is none that counts."""
    given = Consent.case_id == case_id, Consent.state == ConsentState.GIVEN
    with read() as session:
        consent_id = session.scalars(select(Consent.id).where(*given).order_by(Consent.id.desc())).first()
    if consent_id is None:
        return False
    withdraw_consent(SYSTEM, consent_id=consent_id, reason=_WHY)
    return True


def put_right_task(case_id: UUID, word: str) -> UUID | None:
    """The task called so that was completed last."""
    done = UserTask.case_id == case_id, UserTask.state == UserTaskState.COMPLETED
    with read() as session:
        rows = session.execute(
            select(UserTask.id, UserTask.element_id, UserTask.name).where(*done).order_by(UserTask.ended_at.desc())
        )
        return next((row.id for row in rows if word in (row.element_id, row.name)), None)


def handed_in(task_id: UUID) -> tuple[str, dict[str, Any]]:
    """The element of a completed task, and the newest version of its answers."""
    with read() as session:
        element = session.get_one(UserTask, task_id).element_id
        versions = select(Submission.answers).where(Submission.user_task_id == task_id).order_by(Submission.id.desc())
        return element, dict(unseal(session.scalars(versions).first() or {}))


def correct(task_id: UUID, answers: dict[str, Any], to: str) -> None:
    """Put right what was answered: the answers that are told, over those that were given."""
    _, before = handed_in(task_id)
    form = form_now(task_id)
    said = filled(form.form, before, context_of(form), wanted=answers, usual={}) if form.form else {}
    goes_on = {"": GoesOn.AFTER, "igen": GoesOn.AGAIN, "bliver": GoesOn.STAYS}[to]
    correct_answers(SYSTEM, task_id=task_id, answers=said, reason=_WHY, goes_on=goes_on)
