"""Real Celery workers on a real broker: what is written is done, once, whatever dies on the way."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
import redis
from sqlalchemy import select

from api.bell import Bell
from casework.config import settings as current_settings
from casework.database import read, transaction
from casework.model import Job, JobState
from tests.workers.programs import PATIENCE_SECONDS, let_leases_end, wait_until

#: Real programs start here, on cores that other tests share.
pytestmark = pytest.mark.timeout(400)


def write_jobs(*employees: UUID) -> list[UUID]:
    """A job for each employee to be told, as an escalation writes it; by the real clock, which workers go by."""
    at = datetime.now(UTC)
    with transaction() as session:
        jobs = [
            Job(topic="notify", inputs={"employee_id": str(one)}, dedupe_key=str(uuid4()), next_at=at, created_at=at)
            for one in employees
        ]
        session.add_all(jobs)
        session.flush()
        return [job.id for job in jobs]


def states(jobs: list[UUID]) -> set[JobState]:
    with read() as session:
        return set(session.scalars(select(Job.state).where(Job.id.in_(jobs))))


def test_jobs_are_done_without_any_broker(start_worker, cast, mailbox):
    jobs = write_jobs(*[cast.mette.id] * 25)

    start_worker(SAGSGANG_SMTP=mailbox.address, REDIS_URL="")

    wait_until(lambda: states(jobs) == {JobState.DONE})
    assert len(mailbox.messages) == 25


def test_a_wake_up_is_heard_and_a_worker_stops_in_order(start_worker, cast, mailbox, valkey):
    worker = start_worker(SAGSGANG_SMTP=mailbox.address, REDIS_URL=valkey.url)
    wait_until(current_settings().sign_of_life.exists)
    jobs = write_jobs(cast.mette.id)

    Bell(valkey.url).send()

    wait_until(lambda: states(jobs) == {JobState.DONE})
    wait_until(lambda: not messages_left(valkey))
    assert worker.stop() == 0


def messages_left(valkey) -> int:
    """Wake-ups that no worker has taken, or taken and not acknowledged."""
    with redis.Redis.from_url(valkey.url) as client:
        return client.llen("celery") + client.hlen("unacked")


def test_work_goes_on_when_the_broker_forgets_everything_or_dies(start_worker, cast, mailbox, valkey):
    start_worker(SAGSGANG_SMTP=mailbox.address, REDIS_URL=valkey.url)
    jobs = write_jobs(cast.mette.id)
    wait_until(lambda: states(jobs) == {JobState.DONE})

    for accident in (valkey.flush, valkey.kill, valkey.start):
        accident()
        jobs += write_jobs(cast.mette.id, cast.lars.id)
        Bell(valkey.url).send()
        wait_until(lambda jobs=jobs: states(jobs) == {JobState.DONE})

    assert len(mailbox.messages) == len(jobs)


def test_a_worker_killed_in_the_middle_of_a_job_leaves_it_to_the_next_one(start_worker, cast, mailbox, valkey):
    arrived, go_on = threading.Event(), threading.Event()
    mailbox.before = lambda: (arrived.set(), go_on.wait(PATIENCE_SECONDS))
    first = start_worker(SAGSGANG_SMTP=mailbox.address, REDIS_URL=valkey.url)
    jobs = write_jobs(cast.mette.id)
    assert arrived.wait(PATIENCE_SECONDS)

    first.kill()
    assert states(jobs) == {JobState.CLAIMED}
    let_leases_end()
    mailbox.before = None
    start_worker(SAGSGANG_SMTP=mailbox.address, REDIS_URL=valkey.url)
    wait_until(lambda: states(jobs) == {JobState.DONE})
    go_on.set()

    # The first worker's mail was cut off before the server took it, or carries the same id: for the reader it is one.
    assert len({mail["Message-ID"] for mail in mailbox.messages}) == 1
    with read() as session:
        assert session.scalars(select(Job.attempts).where(Job.id.in_(jobs))).all() == [2]
