"""Durations and numbers of passages are counted anew, so that forecasts need not read the past themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from casework import clock
from casework.config import settings
from casework.database import read, transaction
from casework.model import (
    ElementHistory,
    Passage,
    Subscription,
    SubscriptionState,
    Timer,
    TimerState,
    UserTask,
    UserTaskState,
)
from casework.studio.simulation import sample

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    #: Beginning and end.
    _Span = tuple[datetime, datetime]
    #: Process, element, beginning and end.
    _Spans = Select[str, str, datetime, datetime | None]

#: It is counted anew after this time; sooner where little was known, for then every day's work tells much.
EVERY, EVERY_OF_LITTLE = timedelta(hours=1), timedelta(minutes=5)
LITTLE = 5_000
#: What is older speaks of other people and other diagrams.
LOOKS_BACK = timedelta(days=730)
_TENTHS = 10
_AT_ONCE = 5_000
_KEPT = select(func.max(ElementHistory.made_at).label("at"), func.sum(ElementHistory.measured).label("measured"))


def keep_element_history() -> bool:
    """Count, unless that was done a little while ago or there is nothing to count; whether it was done.

    Safe to repeat, and to be called by many workers: of two at once the later one gives up.
    """
    at = clock.now()
    with read() as session:
        kept: Any = session.execute(_KEPT).one()
        if kept.at is not None and at - (EVERY if kept.measured >= LITTLE else EVERY_OF_LITTLE) < kept.at <= at:
            return False
        rows = _rows(session, at)
    if not rows:
        return False
    try:
        with transaction() as session:
            session.execute(delete(ElementHistory))
            session.execute(insert(ElementHistory), rows)
    except IntegrityError:
        return False  # another worker was here first
    return True


def _rows(session: Session, at: datetime) -> list[dict[str, Any]]:
    since = at - LOOKS_BACK
    passed, begun, spans = _passed(session, since), _begun(session, since), _spans(session, since)
    return [
        {
            "process_id": place[0],
            "element_id": place[1],
            "passed": passed[place],
            "begun": begun[place],
            "made_at": at,
            **_durations(spans.get(place, [])),
        }
        for place in sorted({*passed, *begun, *spans})
    ]


def _durations(spans: list[_Span]) -> dict[str, Any]:
    return {
        "measured": len(spans),
        "deciles": deciles([(ended - began).total_seconds() for began, ended in spans]),
        "sample": [(one.days, one.seconds) for one in sample(spans, settings().closed_days)],
    }


def deciles(seconds: Sequence[float]) -> list[int]:
    """Give what one, two, … nine of ten took at most, in whole seconds; nothing of nothing."""
    if not seconds:
        return []
    if len(seconds) == 1:
        return [round(seconds[0])] * (_TENTHS - 1)
    return [round(one) for one in quantiles(seconds, n=_TENTHS, method="inclusive")]


def _passed(session: Session, since: datetime) -> Counter[tuple[str, str]]:
    rows = session.execute(
        select(Passage.process_id, Passage.element_id, func.count().label("count"))
        .where(Passage.how == "completed", Passage.at >= since)
        .group_by(Passage.process_id, Passage.element_id)
    )
    return Counter({(row.process_id, row.element_id): row.count for row in rows})


def _begun(session: Session, since: datetime) -> Counter[tuple[str, str]]:
    """Tasks that still stand tell where cases go as well as those that were completed."""
    rows = session.execute(
        select(UserTask.process_id, UserTask.element_id, func.count().label("count"))
        .where(UserTask.created_at >= since)
        .group_by(UserTask.process_id, UserTask.element_id)
    )
    return Counter({(row.process_id, row.element_id): row.count for row in rows})


def _spans(session: Session, since: datetime) -> dict[tuple[str, str], list[_Span]]:
    found: dict[tuple[str, str], list[_Span]] = defaultdict(list)
    for query in (_of_people(since), _of_the_clock(since), _of_messages(since)):
        for process_id, element_id, began, ended in session.execute(query.execution_options(yield_per=_AT_ONCE)):
            if ended is not None:
                found[process_id, element_id].append((began, max(began, ended)))
    return found


def _of_people(since: datetime) -> _Spans:
    return select(UserTask.process_id, UserTask.element_id, UserTask.created_at, UserTask.ended_at).where(
        UserTask.state == UserTaskState.COMPLETED, UserTask.ended_at >= since
    )


def _of_the_clock(since: datetime) -> _Spans:
    return select(Timer.process_id, Timer.element_id, Timer.started_at, Timer.ended_at).where(
        Timer.state == TimerState.FIRED, Timer.ended_at >= since
    )


def _of_messages(since: datetime) -> _Spans:
    columns = Subscription.process_id, Subscription.element_id, Subscription.created_at, Subscription.ended_at
    return select(*columns).where(Subscription.state == SubscriptionState.RECEIVED, Subscription.ended_at >= since)
