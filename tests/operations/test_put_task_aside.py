"""A task put aside leaves its holder's view of today until a day, and nothing else changes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casework.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from casework.model import UserTask
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.give_back_user_task import give_back_user_task
from casework.operations.put_task_aside import put_task_aside
from casework.queries.inbox import inbox
from casework.queries.me import me
from tests.factories import a_case, a_task
from tests.operations.asking import one, started
from tests.operations.processes import one_after_the_other, release

TODAY = date(2026, 11, 23)  # Monday, 9.00
TONIGHT = datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC)


def today(actor, **filters):
    """What the view of today shows; its counts agree with its rows."""
    page = inbox(actor, view="today", **filters)
    assert page.counts["today"] == len(page.rows) == sum(group.count for group in page.groups)
    return [row.task_id for row in page.rows]


def test_it_leaves_today_and_comes_back_on_its_day(cast, clock):
    due = a_task(cast.case_id, assignee=cast.mette, due_at=TONIGHT)
    later = a_task(cast.case_id, assignee=cast.mette, due_at=TONIGHT + timedelta(days=9))
    undated = a_task(cast.case_id, assignee=cast.mette)
    assert today(cast.mette) == [due.id]

    put_task_aside(cast.mette, task_id=due.id, until=TODAY + timedelta(days=2))
    for task in (later, undated):
        put_task_aside(cast.mette, task_id=task.id, until=TODAY + timedelta(days=1))

    assert today(cast.mette) == []
    assert inbox(cast.mette).counts == {
        "all": 3,
        "overdue": 0,
        "today": 0,
        "soon": 1,
        "unclaimed": 0,
        "waiting": 0,
        "mine": 3,
        "aside": 3,
        "covered": 0,
    }
    assert [row.task_id for row in inbox(cast.mette, view="aside").rows] == [due.id, later.id, undated.id]
    clock.advance(days=1)
    assert today(cast.mette) == [later.id, undated.id]
    assert today(cast.mette, unit="modtagelse_nord") == [later.id, undated.id]
    assert [row.task_id for row in inbox(cast.mette, view="overdue").rows] == [due.id]  # whatever was put aside
    assert inbox(cast.mette, view="aside").counts["aside"] == 1


def test_nobody_else_sees_it_less(cast):
    task = a_task(cast.case_id, assignee=cast.mette, due_at=TONIGHT)

    put_task_aside(cast.mette, task_id=task.id, until=TODAY + timedelta(days=2))

    assert today(cast.nadia) == [task.id]
    assert [row.follow_up_on for row in inbox(cast.nadia).rows] == [None]
    assert [row.follow_up_on for row in inbox(cast.mette).rows] == [TODAY + timedelta(days=2)]
    assert me(cast.mette).counts.tasks == 1


def test_no_deadline_moves_and_who_gets_it_next_starts_afresh(cast):
    task = a_task(cast.case_id, assignee=cast.mette, due_at=TONIGHT)
    put_task_aside(cast.mette, task_id=task.id, until=TODAY + timedelta(days=2))
    assert one(UserTask, UserTask.id == task.id).due_at == TONIGHT

    give_back_user_task(cast.mette, task_id=task.id)

    assert one(UserTask, UserTask.id == task.id).follow_up_on is None


def test_it_is_taken_up_before_its_day(cast):
    task = a_task(cast.case_id, assignee=cast.mette, due_at=TONIGHT)
    put_task_aside(cast.mette, task_id=task.id, until=TODAY + timedelta(days=2))

    put_task_aside(cast.mette, task_id=task.id, until=None)

    assert today(cast.mette) == [task.id]


def test_refuses_days_that_are_not_ahead_and_tasks_of_others(cast):
    task = a_task(cast.case_id, assignee=cast.mette)
    loose = a_task(a_case().id)
    tomorrow = TODAY + timedelta(days=1)

    for day in (TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=367)):
        with pytest.raises(InvalidError):
            put_task_aside(cast.mette, task_id=task.id, until=day)
    for task_id in (task.id, loose.id):
        with pytest.raises(ForbiddenError):
            put_task_aside(cast.nadia, task_id=task_id, until=tomorrow)
    with pytest.raises(NotFoundError):
        put_task_aside(cast.sofie, task_id=task.id, until=tomorrow)


def test_refuses_what_is_over(cast):
    release(one_after_the_other("a"))
    (task_id,) = started(cast).task_ids
    claim_user_task(cast.mette, task_id=task_id)
    complete_user_task(cast.mette, task_id=task_id, answers={})

    with pytest.raises(ConflictError):
        put_task_aside(cast.mette, task_id=task_id, until=TODAY + timedelta(days=1))
