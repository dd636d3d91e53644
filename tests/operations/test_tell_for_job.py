"""Diagrams that tell people: whom, once, and on record."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from casework.database import read, transaction
from casework.errors import InvalidError, NotFoundError
from casework.model import Case, Handoff, Job, Membership, Notification, Role
from casework.operations.tell_for_job import BIRTHDAYS, tell_for_job
from casework.queries.notifications import notifications
from tests.factories import a_handoff, a_task, an_instance
from tests.operations.asking import kinds

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def a_job(cast, instance_id: UUID | None = None, **inputs) -> UUID:
    with transaction() as session:
        job = Job(
            topic="notify",
            case_id=cast.case_id,
            instance_id=instance_id,
            process_id="sub_udtalelser",
            inputs={"about": "statement_owed", **inputs},
            dedupe_key=str(uuid4()),
            next_at=AT,
            created_at=AT,
        )
        session.add(job)
        session.flush()
        return job.id


def notified(cast) -> list[str]:
    names = {getattr(cast, name).id: name for name in ("mette", "nadia", "lars", "karin", "peter")}
    with read() as session:
        return sorted(names[one] for one in session.scalars(select(Notification.employee_id)))


def test_tells_the_responsible_caseworker(cast):
    with transaction() as session:
        session.get_one(Case, cast.case_id).responsible_employee_id = cast.lars.id

    assert tell_for_job(job_id=a_job(cast, to="responsible")) == 1
    assert notified(cast) == ["lars"]


@pytest.mark.parametrize("about", sorted(BIRTHDAYS))
def test_says_in_words_what_a_birthday_changes(cast, about):
    tell_for_job(job_id=a_birthday(cast, about))

    words = {row.words.text("da") for row in notifications(cast.mette).rows}
    assert len(words) == 1
    assert words.isdisjoint({"Du har en opgave", "En besked venter på, at nogen ser på den"})


def a_birthday(cast, about):
    job_id = a_job(cast, to="responsible")
    with transaction() as session:
        job = session.get_one(Job, job_id)
        job.inputs = {**job.inputs, "about": about}
    return job_id


def test_tells_the_unit_while_nobody_is_responsible(cast):
    tell_for_job(job_id=a_job(cast, to="responsible"))

    assert notified(cast) == ["mette", "nadia"]


def test_tells_whoever_owes_an_answer_about_that_task_and_leaves_others_alone(cast):
    instance = an_instance(cast.case_id)
    owed = a_task(
        cast.case_id, instance_id=instance.id, process_id="sub_udtalelser", element_id="indhent", assignee=cast.peter
    )
    a_task(cast.case_id, instance_id=instance.id, process_id="sub_udtalelser", element_id="vaelg", assignee=cast.mette)
    a_task(cast.case_id, assignee=cast.lars)

    tell_for_job(job_id=a_job(cast, instance.id, to="open_tasks"))

    with read() as session:
        told = {(n.employee_id, n.user_task_id) for n in session.scalars(select(Notification))}
    assert (cast.peter.id, owed.id) in told
    assert {employee for employee, _ in told} == {cast.peter.id, cast.mette.id}


def test_tells_the_leaders_of_both_units_that_a_handoff_waits(cast, clock):
    handoff = a_handoff(cast.case_id)
    with transaction() as session:
        session.add(Membership(employee_id=cast.nadia.id, unit_id="skoleforvaltningen", role=Role.TEAM_LEADER))

    tell_for_job(job_id=a_job(cast, to="handoff_leaders", handoff_id=str(handoff.id), level=2))

    assert notified(cast) == ["karin", "nadia"]
    with read() as session:
        assert session.get_one(Handoff, handoff.id).escalated_at == clock.now
        assert set(session.scalars(select(Notification.level))) == {2}


def test_the_same_job_twice_tells_once(cast):
    job_id = a_job(cast, to="responsible")

    assert tell_for_job(job_id=job_id) == 2
    assert tell_for_job(job_id=job_id) == 0
    assert notified(cast) == ["mette", "nadia"]
    assert kinds(cast.case_id) == ["employees_told"]


def test_each_who_is_told_gets_an_email_of_their_own(cast):
    job_id = a_job(cast, to="responsible")

    tell_for_job(job_id=job_id)

    with read() as session:
        inputs = session.scalars(select(Job.inputs).where(Job.id != job_id)).all()
    assert {one["employee_id"] for one in inputs} == {str(cast.mette.id), str(cast.nadia.id)}


@pytest.mark.parametrize("inputs", [{}, {"to": "everybody"}, {"to": "handoff_leaders"}])
def test_refuses_a_job_that_does_not_say_whom(cast, inputs):
    with pytest.raises(InvalidError):
        tell_for_job(job_id=a_job(cast, **inputs))


def test_refuses_a_handoff_of_another_case_and_a_job_that_does_not_exist(cast):
    with pytest.raises(NotFoundError):
        tell_for_job(job_id=a_job(cast, to="handoff_leaders", handoff_id=str(uuid4())))
    with pytest.raises(NotFoundError):
        tell_for_job(job_id=uuid4())
