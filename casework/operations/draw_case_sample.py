"""Each quarter some cases of every unit are drawn by lot for managerial supervision, and the process begins on them."""

from __future__ import annotations

from collections import defaultdict
from math import ceil
from random import SystemRandom
from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from casework import clock
from casework.calendar import day_of
from casework.database import read, transaction
from casework.identifiers import new_id
from casework.model import (
    SYSTEM,
    Case,
    CaseSample,
    CaseState,
    PeriodicRun,
    ProcessVersion,
    ProcessVersionState,
    StartMessage,
)
from casework.operations.turns import deliver, lock_case

if TYPE_CHECKING:
    from datetime import date
    from random import Random
    from uuid import UUID

    from sqlalchemy.orm import Session

#: At least so many of a hundred open cases of each unit (domain reference E.8).
PERCENT = 5
KIND = "case_sample"
#: What starts the process `ledelsestilsyn`.
MESSAGE = "LedelsestilsynUdtrukket"
MONTHS = 3


def draw_case_sample(*, random: Random | None = None) -> int:
    """Draw for the quarter that it is, unless that was done, and begin on what was drawn. Gives how many began.

    Nobody can know beforehand which cases come: without `random` the lot is drawn by the operating system. Safe to repeat, and to
    be called by many workers: a quarter is drawn once, and a case that was drawn begins once.
    """
    if not _is_wanted():
        return 0
    quarter = quarter_of(day_of(clock.now()))
    if not _is_drawn(quarter):
        _draw(quarter, random or SystemRandom())
    return sum(_begin(sample_id) for sample_id in _waiting())


def quarter_of(day: date) -> str:
    """As `2027Q1`."""
    return f"{day.year}Q{(day.month - 1) // MONTHS + 1}"


def _is_wanted() -> bool:
    """Whether a released process begins with it: who does not supervise in this way draws no lots."""
    starts = select(StartMessage.name).join(ProcessVersion, ProcessVersion.id == StartMessage.process_version_id)
    is_released = ProcessVersion.state == ProcessVersionState.RELEASED
    with read() as session:
        return session.scalars(starts.where(StartMessage.name == MESSAGE, is_released)).first() is not None


def _is_drawn(quarter: str) -> bool:
    with read() as session:
        return session.get(PeriodicRun, (KIND, quarter)) is not None


def _draw(quarter: str, random: Random) -> None:
    at = clock.now()
    try:
        with transaction() as session:
            session.add(PeriodicRun(kind=KIND, period=quarter, at=at))
            session.flush()
            rows = [
                {"id": new_id(), "quarter": quarter, "case_id": case_id, "unit_id": unit_id, "drawn_at": at}
                for unit_id, case_ids in _open_cases(session).items()
                for case_id in random.sample(case_ids, ceil(len(case_ids) * PERCENT / 100))
            ]
            if rows:
                session.execute(insert(CaseSample), rows)
    except IntegrityError:
        return  # another worker has drawn


def _open_cases(session: Session) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = defaultdict(list)
    query = select(Case.responsible_unit_id, Case.id).where(Case.state == CaseState.OPEN).order_by(Case.id)
    for row in session.execute(query):
        found[row.responsible_unit_id].append(row.id)
    return found


def _waiting() -> list[UUID]:
    with read() as session:
        query = select(CaseSample.id).join(Case, Case.id == CaseSample.case_id)
        return list(session.scalars(query.where(CaseSample.instance_id.is_(None), Case.state == CaseState.OPEN)))


def _begin(sample_id: UUID) -> bool:
    with transaction() as session:
        sample = session.get_one(CaseSample, sample_id)
        case = lock_case(session, sample.case_id)
        session.refresh(sample)
        if sample.instance_id is not None:
            return False
        got = deliver(
            session,
            case,
            MESSAGE,
            actor=SYSTEM,
            at=clock.now(),
            payload={"kvartal": sample.quarter},
            dedupe_key=f"{KIND}:{sample.id}",
        )
        sample.instance_id = got.instance_ids[0] if got.instance_ids else None
        return bool(got.instance_ids)
