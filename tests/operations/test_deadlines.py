"""Deadlines open, explain themselves, are met late or in time, and move with what they start from."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from casework.errors import InvalidError
from casework.model import Deadline, DeadlineState, Submission, Timer
from casework.operations.cancel_instance import cancel_instance
from casework.operations.complete_user_task import complete_user_task
from casework.operations.correct_fact import correct_fact
from casework.operations.receive_message import receive_message
from tests.diagrams import boundary, end, message, process, start, timer, user
from tests.operations.asking import deadline, kinds, rows, started, task_at
from tests.operations.processes import a_form, field, one_after_the_other, release
from tests.services.clock import MONDAY

RECEIVED = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
H24 = (
    '<sag:deadline key="vurdering24" class="LOV" duration="PT24H" calendar="elapsed" start="=modtagetTid" law="bl136"/>'
)


def extension(text):
    return f"<bpmn:extensionElements>{text}</bpmn:extensionElements>"


def task(name, ext=""):
    return user(name, ext=ext, camunda_candidateGroups="modtagelse")


def test_a_task_shows_its_deadline_and_the_deadline_says_why(cast):
    release(one_after_the_other("vurder", ext=H24))

    started(cast, variables={"modtagetTid": RECEIVED})

    found, shown = deadline("vurdering24"), task_at("vurder")
    assert found.due_at == RECEIVED + timedelta(hours=24)
    assert (shown.deadline_id, shown.due_at, shown.inbox_at) == (found.id, found.due_at, found.due_at)
    assert (found.unit_id, shown.due_class) == ("modtagelse_nord", "LOV")
    assert found.explanation
    half, most, end_ = (datetime.fromisoformat(rung) for rung in found.ladder)
    assert [half, most, end_] == [RECEIVED + timedelta(hours=h) for h in (12, 19.2, 24)]


def test_the_diagram_may_say_when_to_escalate(cast):
    own = H24.replace("/>", ' e1="PT8H" e2="PT16H" e3="PT22H"/>')
    release(one_after_the_other("vurder", ext=own))

    started(cast, variables={"modtagetTid": RECEIVED})

    rungs = [datetime.fromisoformat(rung) - RECEIVED for rung in deadline("vurdering24").ladder]
    assert rungs == [timedelta(hours=h) for h in (8, 16, 22)]


def test_completing_the_task_meets_its_deadline(cast, clock):
    release(one_after_the_other("vurder", "b", ext=H24))
    first = started(cast, variables={"modtagetTid": RECEIVED}).task_ids[0]
    clock.advance(hours=2)

    complete_user_task(cast.mette, task_id=first, answers={})

    met, running = sorted((d.state, d.ended_at) for d in rows(select(Deadline)))
    assert met == (DeadlineState.MET, clock.now)
    assert running == (DeadlineState.RUNNING, None)


@pytest.mark.parametrize("due_class", ["LOV", "LOKAL"])
def test_lateness_asks_for_a_reason_and_keeps_it(cast, clock, due_class):
    release(one_after_the_other("vurder", ext=H24.replace("LOV", due_class)))
    (late,) = started(cast, variables={"modtagetTid": RECEIVED}).task_ids
    clock.advance(hours=30)

    with pytest.raises(InvalidError) as refused:
        complete_user_task(cast.mette, task_id=late, answers={}, late_reason=" ")
    complete_user_task(cast.mette, task_id=late, answers={}, late_reason="Sygdom i gruppen")

    assert set(refused.value.fields) == {"forsinkelsesaarsag"}
    found = deadline("vurdering24")
    assert (found.state, found.late_reason) == (DeadlineState.MET, "Sygdom i gruppen")
    assert rows(select(Submission))[0].late_reason == "Sygdom i gruppen"


def test_the_reason_stands_with_a_deadline_that_ends_after_the_task(cast, clock):
    whole = extension(H24.replace("/>", ' met="sidst"/>'))
    early = task("registrer", '<sag:deadlineRef key="vurdering24"/>')
    flows = "start registrer, registrer sidst, sidst end"
    release(process(start(), early, task("sidst"), end(), flows=flows, inner=whole))
    (late,) = started(cast, variables={"modtagetTid": RECEIVED}).task_ids
    clock.advance(hours=30)

    (last,) = complete_user_task(cast.mette, task_id=late, answers={}, late_reason="Sygdom i gruppen").next_task_ids
    running = deadline("vurdering24")
    complete_user_task(cast.mette, task_id=last, answers={})

    assert (running.state, running.late_reason) == (DeadlineState.RUNNING, "Sygdom i gruppen")
    assert (deadline("vurdering24").state, deadline("vurdering24").late_reason) == (
        DeadlineState.MET,
        "Sygdom i gruppen",
    )


def test_a_reminder_asks_for_no_reason(cast, clock):
    release(
        one_after_the_other("a", ext='<sag:deadline key="husk" class="INTERN" duration="P1D" calendar="calendar"/>')
    )
    (late,) = started(cast).task_ids
    clock.advance(days=9)

    complete_user_task(cast.mette, task_id=late, answers={})

    assert deadline("husk").late_reason is None
    assert len(deadline("husk").ladder) == 1


def process_wide(*, until=""):
    rule = H24.replace("/>", f' met="vurder" until="{until}"/>')
    return process(
        start(),
        task("registrer"),
        task("vurder", '<sag:deadlineRef key="vurdering24"/>'),
        task("sidst"),
        end(),
        flows="start registrer, registrer vurder, vurder sidst, sidst end",
        inner=extension(rule),
    )


def test_a_deadline_of_the_process_runs_from_its_start_and_ends_where_it_is_met(cast):
    release(process_wide())
    first = started(cast, variables={"modtagetTid": RECEIVED}).task_ids[0]
    at_start = deadline("vurdering24")

    (second,) = complete_user_task(cast.mette, task_id=first, answers={}).next_task_ids
    shown = task_at("vurder")
    complete_user_task(cast.mette, task_id=second, answers={})

    assert (at_start.state, at_start.engine_task_id, at_start.met_by) == (DeadlineState.RUNNING, None, "vurder")
    assert at_start.name == "Vurder"
    assert (shown.deadline_id, shown.due_at) == (at_start.id, RECEIVED + timedelta(hours=24))
    assert deadline("vurdering24").state is DeadlineState.MET


@pytest.mark.parametrize(("received", "shown"), [(RECEIVED - timedelta(hours=22), "LOV"), (RECEIVED, "LOKAL")])
def test_of_its_own_deadline_and_that_of_the_process_a_task_shows_the_nearer(cast, received, shown):
    own = '<sag:deadline key="samme_dag" class="LOKAL" duration="P0D" calendar="calendar"/>'
    whole = extension(H24.replace("/>", ' met="vurder"/>'))
    both = task("registrer", own + '<sag:deadlineRef key="vurdering24"/>')
    flows = "start registrer, registrer vurder, vurder end"
    release(process(start(), both, task("vurder"), end(), flows=flows, inner=whole))

    started(cast, variables={"modtagetTid": received})

    assert task_at("registrer").due_class == shown


def test_a_part_shows_the_nearest_deadline_of_whoever_called_it(cast):
    days = '<sag:deadline key="dage" class="LOV" duration="P7D" calendar="calendar-with-start" met="vurder"/>'
    month = '<sag:deadline key="maaned" class="LOV" duration="P1M" calendar="calendar" met="vurder"/>'
    shows = "".join(f'<sag:deadlineRef key="{key}"/>' for key in ("maaned", "dage", "andres"))
    flows = "start vurder, vurder end"
    release(process(start(), task("vurder", shows), end(), flows=flows, inner=extension(days + month)))

    started(cast)

    assert task_at("vurder").deadline_id == deadline("dage").id
    assert deadline("dage").due_at == datetime(2026, 11, 29, 22, 59, 59, tzinfo=UTC)


def test_a_deadline_falls_away_silently_where_the_diagram_says_so(cast):
    release(process_wide(until="registrer"))
    first = started(cast, variables={"modtagetTid": RECEIVED}).task_ids[0]

    complete_user_task(cast.mette, task_id=first, answers={})

    assert deadline("vurdering24").state is DeadlineState.WITHDRAWN
    assert task_at("vurder").due_at is None


def test_an_unknown_start_counts_from_now_and_moves_when_it_is_known(cast, clock):
    form = a_form("F01", field("modtaget", "datetime", subtype="datetime", required=True, fact="modtagetTid"))
    release(process_wide(), forms={"F01": form})
    first = started(cast).task_ids[0]
    before = deadline("vurdering24").due_at

    complete_user_task(cast.mette, task_id=first, answers={"modtaget": "2026-11-22T20:00:00+01:00"})

    assert before == MONDAY + timedelta(hours=24)
    assert deadline("vurdering24").due_at == datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    assert task_at("vurder").due_at == datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    assert "deadline_moved" in kinds(cast.case_id)


def test_a_start_that_is_no_date_stops_no_clock(cast):
    release(process_wide())

    started(cast, facts={"modtagetTid": "i går, tror jeg"})

    assert deadline("vurdering24").due_at == MONDAY + timedelta(hours=24)
    assert "incident_raised" not in kinds(cast.case_id)


def test_correcting_the_fact_moves_deadline_task_and_timer(cast):
    diagram = process(
        start(),
        task("vurder", H24),
        boundary("rykker", "vurder", timer("PT6H"), interrupting=False, ext='<sag:timer start="=modtagetTid"/>'),
        task("ryk"),
        end(),
        end("end2"),
        flows="start vurder, vurder end, rykker ryk, ryk end2",
    )
    release(diagram)
    started(cast, facts={"modtagetTid": RECEIVED})
    moved = RECEIVED - timedelta(hours=3)

    correct_fact(cast.mette, case_id=cast.case_id, name="modtagetTid", value=moved, reason="Kl. 5 stod der i mailen")

    assert deadline("vurdering24").due_at == moved + timedelta(hours=24)
    assert task_at("vurder").inbox_at == moved + timedelta(hours=24)
    assert rows(select(Timer))[0].due_at == moved + timedelta(hours=6)
    assert kinds(cast.case_id)[-3:] == ["fact_corrected", "deadline_moved", "timer_moved"]


def test_a_fact_of_another_kind_is_refused(cast):
    with pytest.raises(InvalidError):
        correct_fact(cast.mette, case_id=cast.case_id, name="foedselsdato", value="i går", reason="Fejl")
    with pytest.raises(InvalidError):
        correct_fact(cast.mette, case_id=cast.case_id, name="ukendt", value=True, reason="Fejl")


def test_stopping_the_process_withdraws_its_deadlines(cast):
    release(process_wide())
    begun = started(cast, variables={"modtagetTid": RECEIVED})

    cancel_instance(cast.karin, instance_id=begun.instance_id, reason="Oprettet ved en fejl")

    assert deadline("vurdering24").state is DeadlineState.WITHDRAWN
    assert task_at("registrer").state == "withdrawn"


def test_a_subprocess_has_a_deadline_of_its_own(cast):
    inner = start("s1") + task("i", '<sag:deadlineRef key="afdaekning"/>') + end("e1")
    flows = '<bpmn:sequenceFlow id="x1" sourceRef="s1" targetRef="i"/><bpmn:sequenceFlow id="x2" sourceRef="i" targetRef="e1"/>'
    rule = '<sag:deadline key="afdaekning" class="LOKAL" duration="P56D" calendar="calendar"/>'
    sub = f'<bpmn:subProcess id="sub" name="Afdækning">{extension(rule)}{inner}{flows}</bpmn:subProcess>'
    release(process(start(), sub, task("efter"), end(), flows="start sub, sub efter, efter end"))
    first = started(cast).task_ids[0]
    running, shown = deadline("afdaekning").state, task_at("i").deadline_id

    complete_user_task(cast.mette, task_id=first, answers={})

    assert (running, deadline("afdaekning").state) == (DeadlineState.RUNNING, DeadlineState.MET)
    assert shown == deadline("afdaekning").id


def test_what_is_interrupted_withdraws_its_deadline(cast):
    diagram = process(
        start(),
        task("vurder", H24),
        boundary("flytter", "vurder", message()),
        end(),
        end("end2"),
        flows="start vurder, vurder end, flytter end2",
        shared='<bpmn:message id="m" name="Flytning"/>',
    ).replace(b'<bpmn:message id="m" name="Svar"/>', b"")
    release(diagram)
    started(cast, variables={"modtagetTid": RECEIVED})

    receive_message(cast.mette, case_id=cast.case_id, name="Flytning")

    assert deadline("vurdering24").state is DeadlineState.WITHDRAWN
    assert task_at("vurder").state == "withdrawn"
