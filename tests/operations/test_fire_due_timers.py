"""Timers come due by the calendar, fire once, and come again where the diagram says so."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from casework.model import InstanceState, ProcessInstance, Timer, TimerState
from casework.operations.complete_user_task import complete_user_task
from casework.operations.fire_due_timers import fire_due_timers
from tests.diagrams import boundary, catch, end, process, start, timer, user
from tests.operations.asking import kinds, one, open_elements, rows, started
from tests.operations.processes import release
from tests.services.clock import MONDAY


def task(name, ext=""):
    return user(name, ext=ext, camunda_candidateGroups="modtagelse")


def reminded(event, *, interrupting=False, ext=""):
    """A task with a boundary timer that leads to another task."""
    return process(
        start(),
        task("arbejd"),
        boundary("tid", "arbejd", event, interrupting=interrupting, ext=ext),
        task("ryk"),
        end(),
        end("end2"),
        flows="start arbejd, arbejd end, tid ryk, ryk end2",
    )


def test_nothing_fires_before_its_time(cast, clock):
    release(reminded(timer("PT6H")))
    started(cast)

    clock.advance(hours=5, minutes=59)

    assert fire_due_timers(limit=100) == 0
    assert open_elements(cast.case_id) == ["arbejd"]


def test_a_timer_that_does_not_interrupt_fires_once_beside_the_task(cast, clock):
    release(reminded(timer("PT6H")))
    started(cast)
    clock.advance(hours=6)

    assert fire_due_timers(limit=100) == 1
    assert fire_due_timers(limit=100) == 0

    assert open_elements(cast.case_id) == ["arbejd", "ryk"]
    assert kinds(cast.case_id)[-1] == "timer_fired"


def test_an_interrupting_timer_withdraws_the_task(cast, clock):
    release(reminded(timer("PT6H"), interrupting=True))
    started(cast)
    clock.advance(hours=6)

    fire_due_timers(limit=100)

    assert open_elements(cast.case_id) == ["ryk"]


def test_a_timer_falls_away_with_its_task(cast, clock):
    release(reminded(timer("PT6H")))
    (work,) = started(cast).task_ids

    complete_user_task(cast.mette, task_id=work, answers={})
    clock.advance(days=1)

    assert one(Timer).state is TimerState.CANCELLED
    assert fire_due_timers(limit=100) == 0


def test_days_count_by_the_calendar_that_the_diagram_names(cast):
    release(reminded(timer("P6D"), ext='<sag:timer calendar="working-days"/>'))

    started(cast)

    assert one(Timer).due_at == datetime(2026, 12, 1, 22, 59, 59, tzinfo=UTC)
    assert one(Timer).explanation


def test_a_date_may_come_from_a_fact(cast, clock):
    wait = catch("vent", timer("=start", "timeDate"))
    release(process(start(), wait, task("efter"), end(), flows="start vent, vent efter, efter end"))
    started(cast, variables={"start": datetime(2026, 12, 24, 9, 0, tzinfo=UTC)})

    clock.move_to(datetime(2026, 12, 24, 9, 0, tzinfo=UTC))
    fire_due_timers(limit=100)

    assert open_elements(cast.case_id) == ["efter"]


def test_a_cycle_comes_again_from_where_it_began_and_ends(cast, clock):
    release(reminded(timer("R3/PT1H", "timeCycle")))
    started(cast)

    for minutes in (61, 60, 60, 60):
        clock.advance(minutes=minutes)
        fire_due_timers(limit=100)

    assert open_elements(cast.case_id) == ["arbejd", "ryk", "ryk", "ryk"]
    due = rows(select(Timer.due_at).order_by(Timer.due_at))
    assert due == [MONDAY + timedelta(hours=h) for h in (1, 2, 3)]


def test_what_a_cycle_has_missed_is_made_up_for_once(cast, clock):
    release(reminded(timer("R/PT1H", "timeCycle")))
    started(cast)
    clock.advance(hours=10, minutes=30)

    fired = fire_due_timers(limit=100) + fire_due_timers(limit=100)

    assert fired == 1
    assert one(Timer, Timer.state == TimerState.WAITING).due_at == MONDAY + timedelta(hours=11)


def test_a_monthly_cycle_does_not_slide_to_the_shortest_month(cast, clock):
    clock.move_to(datetime(2027, 1, 31, 9, 0, tzinfo=UTC))
    release(reminded(timer("R/P1M", "timeCycle")))
    started(cast)

    for month in (3, 4, 5):
        clock.move_to(datetime(2027, month, 1, 9, 0, tzinfo=UTC))
        fire_due_timers(limit=100)

    days = [due.day for due in rows(select(Timer.due_at).order_by(Timer.due_at))]
    assert days == [28, 31, 30, 31]


def test_timers_of_many_cases_fire_in_one_sweep_up_to_the_limit(cast, clock):
    release(reminded(timer("PT6H"), interrupting=True))
    for _ in range(5):
        started(cast)
    clock.advance(hours=7)

    assert [fire_due_timers(limit=3), fire_due_timers(limit=3), fire_due_timers(limit=3)] == [3, 2, 0]


def test_a_wait_of_years_ends(cast, clock):
    wait = catch("vent", timer("P5Y"))
    release(process(start(), wait, end(), flows="start vent, vent end"))
    started(cast)

    clock.move_to(datetime(2031, 11, 24, 9, 0, tzinfo=UTC))
    fire_due_timers(limit=100)

    assert one(ProcessInstance).state is InstanceState.COMPLETED
