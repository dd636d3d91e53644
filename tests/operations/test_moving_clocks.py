"""Deadlines and timers of instances that are moved: they keep their start and get the new length."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from casework.model import (
    DeadlineState,
    JournalEntry,
    Timer,
    TimerState,
)
from casework.operations.complete_user_task import complete_user_task
from casework.operations.fire_due_timers import fire_due_timers
from casework.operations.pause_deadline import pause_deadline
from casework.operations.raise_due_escalations import raise_due_escalations
from casework.operations.resume_deadline import resume_deadline
from tests.diagrams import end, node, process, start
from tests.operations.asking import deadline, one, open_elements, rows, started, task_at
from tests.operations.moving import back, begin, beside, move, row, rule, standing, task, work
from tests.operations.processes import release
from tests.services.clock import MONDAY


def test_what_is_overdue_stays_overdue(cast, clock):
    release(row("a", ext=rule("P1D")))
    started(cast)
    before = deadline("frist").due_at
    clock.advance(days=3)
    release(row("a", ext=rule("P10D")))

    assert move(cast) == []

    assert (deadline("frist").due_at, deadline("frist").starts_at) == (before, MONDAY)


def test_a_shorter_deadline_that_has_passed_is_late_at_once_and_not_after_moving_back(cast, clock):
    release(row("a", ext=rule("P10D")))
    started(cast)
    before = standing()
    clock.advance(days=6)
    raise_due_escalations()
    release(row("a", ext=rule("P5D")))

    move_id = begin(cast)
    work()
    assert deadline("frist").due_at < clock.now
    assert deadline("frist").next_escalation_at <= clock.now
    assert raise_due_escalations() == 1
    assert back(cast, move_id) == []

    assert standing() == before
    assert raise_due_escalations() == 0, "the first warning of the old date has been given"


def test_a_paused_deadline_stays_paused_and_goes_on_with_the_new_length(cast, clock):
    release(row("a", ext=rule("P6D")))
    started(cast)
    pause_deadline(cast.mette, deadline_id=deadline("frist").id, reason="Skolen")
    clock.advance(days=2)
    release(row("a", ext=rule("P8D")))

    assert move(cast) == []

    found = deadline("frist")
    assert (found.paused_at, found.next_escalation_at, task_at("a").due_at) == (MONDAY, None, None)
    resume_deadline(cast.mette, deadline_id=found.id)
    assert deadline("frist").due_at == datetime(2026, 12, 3, 22, 59, 59, tzinfo=UTC)


def test_a_deadline_that_the_new_version_lacks_falls_away_and_is_taken_up_again(cast, clock):
    release(row("a", ext=rule()))
    started(cast)
    before, clock_id = standing(), deadline("frist").id
    clock.advance(days=1)
    release(row("a"))

    move_id = begin(cast)
    work()
    assert deadline("frist").state is DeadlineState.WITHDRAWN
    assert (task_at("a").deadline_id, task_at("a").due_at) == (None, None)
    assert one(JournalEntry, JournalEntry.kind == "instance_moved").details["fallen_away"] == ["A"]
    assert back(cast, move_id) == []

    assert deadline("frist").id == clock_id
    assert standing() == before


def test_a_deadline_that_the_new_version_adds_counts_from_when_the_task_began(cast, clock):
    release(row("a"))
    started(cast)
    clock.advance(days=2)
    release(row("a", ext=rule("P6D")))

    assert move(cast) == []

    assert (deadline("frist").starts_at, task_at("a").deadline_id) == (MONDAY, deadline("frist").id)


def test_deadlines_of_the_whole_process_go_along_by_their_key(cast, clock):
    def drawn(duration, met="b", *more):
        rules = f'<sag:deadline key="hele" class="LOV" duration="{duration}" calendar="calendar" met="{met}"/>'
        inner = f"<bpmn:extensionElements>{rules}</bpmn:extensionElements>"
        tasks = [task("a", sag_deadlineRef="hele"), task("b")]
        return process(start(), *tasks, end(), flows="start a, a b, b end", inner=inner)

    release(drawn("P10D"))
    (task_id,) = started(cast).task_ids
    release(drawn("P4D", "a"))

    assert move(cast) == []

    found = deadline("hele")
    assert (found.met_by, found.starts_at, found.duration, found.name) == ("a", MONDAY, "P4D", "A")
    complete_user_task(cast.mette, task_id=task_id, answers={})
    assert deadline("hele").state is DeadlineState.MET


def test_a_timer_keeps_its_start_and_fires_at_once_when_its_new_moment_has_passed(cast, clock):
    release(row("a", **beside("P10D")))
    started(cast)
    (before,) = rows(select(Timer))
    clock.advance(days=6)
    release(row("a", **beside("P5D")))

    move_id = begin(cast)
    work()

    moved = one(Timer)
    assert (moved.id, moved.started_at, moved.engine_task_id) == (before.id, MONDAY, before.engine_task_id)
    assert moved.due_at < clock.now
    assert fire_due_timers() == 1
    assert open_elements(cast.case_id) == ["a", "r_t"]
    assert back(cast, move_id) == []
    assert open_elements(cast.case_id) == ["a", "r_t"]
    clock.advance(days=30)
    assert fire_due_timers() == 0, "it has come, and comes once"


def test_a_new_boundary_timer_counts_from_when_its_activity_began(cast, clock):
    release(row("a", "b"))
    started(cast)
    before = standing()
    clock.advance(days=2)
    release(row("a", "b", **beside("P5D")))

    move_id = begin(cast)
    work()
    assert one(Timer).started_at == MONDAY
    assert back(cast, move_id) == []

    assert one(Timer).state is TimerState.CANCELLED
    assert standing() == before
    clock.advance(days=30)
    assert fire_due_timers() == 0


def test_a_new_timer_at_a_subprocess_counts_from_its_start(cast, clock):
    inside = start("s") + task("x") + end("t")
    inside += '<bpmn:sequenceFlow id="i1" sourceRef="s" targetRef="x"/><bpmn:sequenceFlow id="i2" sourceRef="x" targetRef="t"/>'

    def drawn(*more, flows="", ext=""):
        nodes = task("a"), node("subProcess", "sub", inside, ext=ext)
        return process(start(), *nodes, *more, end(), flows=f"start a, a sub, sub end{flows}")

    release(drawn())
    started(cast)
    clock.advance(days=1)
    complete_user_task(cast.mette, task_id=task_at("a").id, answers={})
    clock.advance(days=2)
    extra = beside("P5D", host="sub")
    release(drawn(*extra["more"], flows=f", {extra['flows']}", ext=rule("P9D")))

    assert move(cast) == []

    assert one(Timer).started_at == MONDAY + timedelta(days=1)
    assert deadline("frist").starts_at == MONDAY + timedelta(days=1)


def test_a_cycle_goes_on_after_the_time_that_came_last(cast, clock):
    release(row("a", **beside("R/P10D", event="t")).replace(b"timeDuration", b"timeCycle"))
    started(cast)
    clock.advance(days=11)
    fire_due_timers()
    before = standing()
    release(row("a", **beside("R/P4D", event="t")).replace(b"timeDuration", b"timeCycle"))

    move_id = begin(cast)
    work()
    waiting = one(Timer, Timer.state == TimerState.WAITING)
    assert (waiting.started_at, waiting.due_at.date().isoformat()) == (MONDAY, "2026-12-05")
    assert back(cast, move_id) == []

    assert standing() == before
