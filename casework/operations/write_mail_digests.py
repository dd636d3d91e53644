"""In the morning of a working day everybody who wants one e-mail a day gets it: a job for each, written once.

What the e-mail says is asked when it is sent (`casework.queries.mail_digest`), so that it is not older than it need be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from casework import clock
from casework.calendar import day_of, is_working_day
from casework.config import TIME_ZONE, settings
from casework.database import read, transaction
from casework.model import Employee, Job, MailChoice, PeriodicRun

if TYPE_CHECKING:
    from datetime import date, datetime

KIND = "mail_digest"


def write_mail_digests() -> int:
    """Write today's jobs, if it is a working day, late enough, and nobody has yet. Gives how many. Safe to repeat."""
    at = clock.now()
    today = day_of(at)
    if at.astimezone(TIME_ZONE).hour < settings().digest_hour or not is_working_day(today, settings().closed_days):
        return 0
    with read() as session:
        if session.get(PeriodicRun, (KIND, today.isoformat())) is not None:
            return 0
    try:
        return _write(today, at)
    except IntegrityError:  # another worker was here first
        return 0


def _write(today: date, at: datetime) -> int:
    with transaction() as session:
        session.add(PeriodicRun(kind=KIND, period=today.isoformat(), at=at))
        session.flush()
        wanting = select(Employee.id).where(Employee.mail == MailChoice.DAILY, Employee.is_active)
        jobs = [
            Job(
                topic="notify",
                inputs={"employee_id": str(employee_id), "kind": KIND},
                dedupe_key=f"{KIND}:{today}:{employee_id}",
                next_at=at,
                created_at=at,
            )
            for employee_id in session.scalars(wanting)
        ]
        session.add_all(jobs)
        session.info["wakes"] = True
        return len(jobs)
