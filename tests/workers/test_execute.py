"""One claimed job: to done, to a later retry, or to an incident."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from casework.database import read, transaction
from casework.model import Job, JobState
from workers import execute
from workers.execute import run_ready_jobs
from workers.failures import PermanentError, RetryError


@pytest.fixture
def _handlers(monkeypatch):
    """Outside systems of this test: each topic stands for what one of them does."""

    def fail(error):
        def handler(_job):
            raise error

        return handler

    handlers = {
        "works": lambda _job: {"id": "7"},
        "busy": fail(RetryError("the server is busy")),
        "refuses": fail(PermanentError("the server knows no such thing")),
        "breaks": fail(ZeroDivisionError("Emil Brandt Lauritsen")),
    }
    monkeypatch.setattr(execute, "HANDLERS", handlers)


pytestmark = pytest.mark.usefixtures("_handlers", "cast")


@pytest.fixture
def write(cast, clock):
    def job(topic: str) -> UUID:
        with transaction() as session:
            row = Job(
                topic=topic, case_id=cast.case_id, dedupe_key=str(uuid4()), next_at=clock.now, created_at=clock.now
            )
            session.add(row)
            session.flush()
            return row.id

    return job


def state_of(job_id: UUID) -> tuple[JobState, str | None]:
    with read() as session:
        return session.execute(select(Job.state, Job.error).where(Job.id == job_id)).one()


def test_what_works_is_done(write):
    job_id = write("works")

    assert run_ready_jobs() is False
    assert state_of(job_id) == (JobState.DONE, None)


def test_a_full_batch_asks_to_be_followed_by_another(write):
    jobs = [write("works") for _ in range(execute.BATCH + 1)]

    assert run_ready_jobs() is True
    assert run_ready_jobs() is False
    assert {state_of(job_id)[0] for job_id in jobs} == {JobState.DONE}


def test_what_is_busy_is_tried_again_later(write, clock):
    job_id = write("busy")

    run_ready_jobs()
    run_ready_jobs()

    assert state_of(job_id) == (JobState.READY, "the server is busy")
    clock.advance(hours=1)
    run_ready_jobs()
    with read() as session:
        assert session.scalars(select(Job.attempts).where(Job.id == job_id)).one() == 2


@pytest.mark.parametrize(("topic", "error"), [("refuses", "knows no such thing"), ("unknown", "no handler for topic")])
def test_what_cannot_work_is_given_up_at_once(write, topic, error):
    job_id = write(topic)

    run_ready_jobs()

    state, said = state_of(job_id)
    assert state is JobState.FAILED
    assert error in said


def test_a_handler_that_breaks_stops_nobody_else_and_its_words_reach_no_administrator(write, logs):
    broken, fine = write("breaks"), write("works")

    run_ready_jobs()

    state, said = state_of(broken)
    assert state is JobState.READY
    assert "ZeroDivisionError" in said
    assert "Emil" not in said
    assert "handler broke" in [entry["event"] for entry in logs]
    assert state_of(fine)[0] is JobState.DONE


def test_a_job_that_somebody_else_took_over_is_left_to_them(write, monkeypatch, logs):
    job_id = write("works")

    def slow(_job):
        with transaction() as session:
            session.execute(update(Job).values(lease=uuid4()))
        return {}

    monkeypatch.setitem(execute.HANDLERS, "works", slow)
    run_ready_jobs()

    assert state_of(job_id)[0] is JobState.CLAIMED
    assert "lease was lost" in logs[0]["event"]


def test_a_batch_that_takes_too_long_leaves_the_rest_to_others(write, monkeypatch):
    jobs = [write("works") for _ in range(3)]
    monkeypatch.setattr(execute, "LEASE_SECONDS", execute.HANDLER_SECONDS)

    assert run_ready_jobs() is False
    assert {state_of(job_id)[0] for job_id in jobs} == {JobState.CLAIMED}
