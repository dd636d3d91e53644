"""Clocks of the municipality stand still while another party is waited for, by hand or by the diagram; the law's never do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from casework.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from casework.model import END_OF_TIME, Deadline, DeadlineState, Escalation, JournalEntry
from casework.operations.add_team_member import add_team_member
from casework.operations.complete_user_task import complete_user_task
from casework.operations.correct_fact import correct_fact
from casework.operations.pause_deadline import pause_deadline
from casework.operations.raise_due_escalations import raise_due_escalations
from casework.operations.receive_message import receive_message
from casework.operations.resume_deadline import resume_deadline
from tests.diagrams import MESSAGE, end, node, process, start, user
from tests.operations.asking import deadline, kinds, rows, started, task_at
from tests.operations.processes import one_after_the_other, release
from tests.services.clock import MONDAY

LOCAL = '<sag:deadline key="svarfrist" class="LOKAL" duration="P5D" calendar="working-days"/>'
LAW = '<sag:deadline key="lov" class="LOV" duration="P10D" calendar="calendar"/>'
#: Five working days after Monday 23 November, and when somebody is told of it.
DUE = datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)
WAITED = "Udtalelse fra skolen"


def task(name, ext="", **more):
    return user(name, ext=ext, camunda_candidateGroups="modtagelse", **more)


@pytest.fixture
def running(cast):
    """A task with a deadline of the municipality."""
    release(one_after_the_other("a", ext=LOCAL))
    (task_id,) = started(cast).task_ids
    return task_id


def paused(cast, reason=WAITED, key="svarfrist"):
    pause_deadline(cast.mette, deadline_id=deadline(key).id, reason=reason)


def test_a_paused_deadline_shows_no_date_and_keeps_its_reason(cast, running):
    paused(cast)

    found, shown = deadline("svarfrist"), task_at("a")
    assert (found.paused_at, found.next_escalation_at, found.due_at) == (MONDAY, None, DUE)
    assert [(p["reason"], p["until"], p["by_hand"]) for p in found.pauses] == [(WAITED, None, True)]
    assert (shown.deadline_id, shown.due_at, shown.inbox_at) == (found.id, None, END_OF_TIME)
    (entry,) = rows(select(JournalEntry).where(JournalEntry.kind == "deadline_paused"))
    assert (entry.details["waits_for"], entry.actor_id) == (WAITED, cast.mette.id)


def test_nobody_is_told_of_it_while_it_stands_still(cast, running, clock):
    paused(cast)

    clock.advance(days=20)
    raise_due_escalations(limit=100)

    assert rows(select(Escalation)) == []


def test_it_goes_on_by_the_working_days_that_it_stood_still_and_so_does_its_ladder(cast, running, clock):
    before = [datetime.fromisoformat(rung) for rung in deadline("svarfrist").ladder]
    clock.advance(days=2)
    paused(cast)
    clock.advance(days=6)  # from Wednesday to Tuesday: four working days

    resume_deadline(cast.mette, deadline_id=deadline("svarfrist").id)

    found, shown = deadline("svarfrist"), task_at("a")
    assert found.due_at == datetime(2026, 12, 4, 22, 59, 59, tzinfo=UTC)
    assert (shown.due_at, shown.inbox_at, found.paused_at) == (found.due_at, found.due_at, None)
    after = [datetime.fromisoformat(rung) for rung in found.ladder]
    assert [b < a for b, a in zip(before, after, strict=True)] == [True] * 3
    assert after[-1] == found.due_at
    assert found.next_escalation_at == after[0]
    assert found.pauses[0]["days"] == 4
    (entry,) = rows(select(JournalEntry).where(JournalEntry.kind == "deadline_resumed"))
    assert (entry.details["before"], entry.details["after"]) == (DUE.isoformat(), found.due_at.isoformat())


def test_a_rung_that_was_told_is_not_told_again(cast, running, clock):
    clock.advance(days=5)
    raise_due_escalations(limit=100)
    told = len(rows(select(Escalation)))
    paused(cast)
    clock.advance(days=3)
    resume_deadline(cast.mette, deadline_id=deadline("svarfrist").id)

    raise_due_escalations(limit=100)

    assert told == 1
    assert len(rows(select(Escalation))) == 1
    clock.move_to(deadline("svarfrist").due_at + timedelta(seconds=1))
    raise_due_escalations(limit=100)
    assert max(rows(select(Escalation.level))) == 3


def test_the_law_never_pauses(cast):
    release(one_after_the_other("a", ext=LAW))
    started(cast)

    with pytest.raises(ConflictError):
        paused(cast, key="lov")

    assert deadline("lov").paused_at is None


def test_while_one_clock_stands_still_the_task_shows_the_other(cast):
    release(one_after_the_other("a", ext=LOCAL + LAW))
    started(cast)
    paused(cast)
    law = deadline("lov")
    beside = task_at("a")

    resume_deadline(cast.mette, deadline_id=deadline("svarfrist").id)

    assert (beside.deadline_id, beside.due_at, beside.due_class) == (law.id, law.due_at, "LOV")
    assert (task_at("a").deadline_id, task_at("a").due_at) == (deadline("svarfrist").id, DUE)


def test_what_is_overdue_does_not_pause(cast, running, clock):
    clock.move_to(DUE + timedelta(hours=1))

    with pytest.raises(ConflictError):
        paused(cast)


def test_pausing_and_going_on_twice_is_refused(cast, running):
    with pytest.raises(ConflictError):
        resume_deadline(cast.mette, deadline_id=deadline("svarfrist").id)
    paused(cast)
    with pytest.raises(ConflictError):
        paused(cast)


@pytest.mark.parametrize("reason", ["  ", "x" * 201])
def test_asks_for_a_short_reason(cast, running, reason):
    with pytest.raises(InvalidError) as refused:
        paused(cast, reason)

    assert set(refused.value.fields) == {"reason"}


def test_only_who_has_the_deadline_or_the_case(cast, running):
    found = deadline("svarfrist").id
    with pytest.raises(NotFoundError):
        pause_deadline(cast.sofie, deadline_id=found, reason=WAITED)
    add_team_member(cast.mette, case_id=cast.case_id, employee_id=cast.lars.id, role="participant")
    with pytest.raises(ForbiddenError):
        pause_deadline(cast.lars, deadline_id=found, reason=WAITED)
    pause_deadline(cast.karin, deadline_id=found, reason=WAITED)


def test_a_paused_task_can_be_completed_and_is_not_late(cast, running, clock):
    paused(cast)
    clock.advance(days=60)

    complete_user_task(cast.mette, task_id=running, answers={})

    assert (deadline("svarfrist").state, deadline("svarfrist").late_reason) == (DeadlineState.MET, None)


PAUSING = LOCAL.replace("/>", ' pauses="svar"/>')


def asking(ext=PAUSING, inner=""):
    """`a` has a clock of its own; beside it another party is asked and answers by message."""
    return process(
        start(),
        node("parallelGateway", "split"),
        task("a", ext),
        task("spoerg"),
        node("receiveTask", "svar", messageRef="m"),
        end(),
        end("end2"),
        flows="start split, split a, split spoerg, a end, spoerg svar, svar end2",
        shared=MESSAGE,
        inner=inner,
    )


def test_the_diagram_says_what_a_clock_waits_for(cast, clock):
    release(asking())
    _, asked = sorted(started(cast).task_ids, key=lambda t: t != task_at("a").id)
    before = deadline("svarfrist").paused_at

    complete_user_task(cast.mette, task_id=asked, answers={})
    while_asked = deadline("svarfrist")
    clock.advance(days=2)
    receive_message(cast.mette, case_id=cast.case_id, name="Svar")

    assert (before, while_asked.paused_at) == (None, MONDAY)
    assert [(p["reason"], p["by_hand"]) for p in while_asked.pauses] == [("Svar", False)]
    after = deadline("svarfrist")
    assert (after.paused_at, after.due_at) == (None, DUE + timedelta(days=2))
    assert task_at("a").due_at == after.due_at
    assert [k for k in kinds(cast.case_id) if k.startswith("deadline_")] == ["deadline_paused", "deadline_resumed"]


def test_what_stands_still_by_hand_goes_on_by_hand_only(cast, clock):
    release(asking())
    _, asked = sorted(started(cast).task_ids, key=lambda t: t != task_at("a").id)
    paused(cast)
    complete_user_task(cast.mette, task_id=asked, answers={})

    receive_message(cast.mette, case_id=cast.case_id, name="Svar")
    still = deadline("svarfrist").paused_at
    resume_deadline(cast.mette, deadline_id=deadline("svarfrist").id)

    assert still == MONDAY
    assert deadline("svarfrist").paused_at is None


def test_going_on_by_hand_stops_again_at_what_the_process_waits_for(cast, clock):
    release(asking())
    _, asked = sorted(started(cast).task_ids, key=lambda t: t != task_at("a").id)
    complete_user_task(cast.mette, task_id=asked, answers={})

    resume_deadline(cast.mette, deadline_id=deadline("svarfrist").id)

    assert deadline("svarfrist").paused_at is not None
    assert len(deadline("svarfrist").pauses) == 2


def test_a_deadline_of_the_process_pauses_from_the_first_moment_when_it_already_waits(cast):
    whole = PAUSING.replace("/>", ' met="a"/>')
    extension = f"<bpmn:extensionElements>{whole}</bpmn:extensionElements>"
    svar = node("receiveTask", "svar", messageRef="m")
    nodes = (start(), svar, task("a", '<sag:deadlineRef key="svarfrist"/>'), end())
    release(process(*nodes, flows="start svar, svar a, a end", shared=MESSAGE, inner=extension))

    started(cast)
    waiting = deadline("svarfrist").paused_at
    receive_message(cast.mette, case_id=cast.case_id, name="Svar")

    assert waiting == MONDAY
    assert task_at("a").due_at == deadline("svarfrist").due_at == DUE


def test_a_corrected_fact_moves_a_clock_that_has_stood_still(cast, clock):
    release(one_after_the_other("a", ext=LOCAL.replace("/>", ' start="=modtaget"/>')))
    started(cast, facts={"modtaget": MONDAY.date()})
    paused(cast)
    clock.advance(days=2)
    resume_deadline(cast.mette, deadline_id=deadline("svarfrist").id)
    paused(cast)

    correct_fact(cast.mette, case_id=cast.case_id, name="modtaget", value=date(2026, 11, 24), reason="Fejl")

    found = deadline("svarfrist")
    assert found.due_at == DUE + timedelta(days=3)
    assert (found.paused_at, found.next_escalation_at) == (clock.now, None)
    assert task_at("a").due_at is None
    assert (found.moved["because"], found.moved["reason"]) == (["modtaget"], "Fejl")


def test_a_date_that_had_passed_before_the_pause_is_overdue(cast, clock):
    release(one_after_the_other("a", ext=LOCAL.replace("/>", ' start="=modtaget"/>')))
    started(cast, facts={"modtaget": MONDAY.date()})
    paused(cast)

    correct_fact(cast.mette, case_id=cast.case_id, name="modtaget", value=date(2026, 11, 2), reason="Fejl")

    found = deadline("svarfrist")
    assert (found.paused_at, found.due_at) == (None, datetime(2026, 11, 9, 22, 59, 59, tzinfo=UTC))
    assert task_at("a").due_at == found.due_at


def test_a_paused_deadline_ends_with_its_task(cast, running):
    paused(cast)

    complete_user_task(cast.mette, task_id=running, answers={})

    assert rows(select(Deadline.state)) == [DeadlineState.MET]


def test_a_clock_around_a_call_waits_for_what_stands_inside(cast):
    ext = LOCAL.replace("/>", ' pauses="q/svar"/>')
    caller = process(
        start(), node("callActivity", "kald", ext=ext, calledElement="q"), end(), flows="start kald, kald end"
    )
    asks = node("receiveTask", "svar", messageRef="m")
    called = process(
        start(), task("spoerg"), asks, task("efter"), end(),
        flows="start spoerg, spoerg svar, svar efter, efter end", shared=MESSAGE, name="q",
    )  # fmt: skip
    release(caller, called)
    (asked,) = started(cast).task_ids
    before = deadline("svarfrist").paused_at

    complete_user_task(cast.mette, task_id=asked, answers={})
    while_asked = deadline("svarfrist").paused_at
    receive_message(cast.mette, case_id=cast.case_id, name="Svar")

    assert (before, while_asked, deadline("svarfrist").paused_at) == (None, MONDAY, None)
