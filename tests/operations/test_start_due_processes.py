"""Processes start by themselves when a moment of the case comes: once, moved with the fact, and not when it is of no use."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from sqlalchemy import select

from casework.database import transaction
from casework.feel import FeelTimeoutError
from casework.model import (
    SYSTEM,
    Case,
    Incident,
    InstanceState,
    JournalEntry,
    ProcessInstance,
    ProcessStart,
    ProcessVersion,
    StartState,
)
from casework.operations import start_due_processes as module
from casework.operations.cancel_instance import cancel_instance
from casework.operations.close_case import close_case
from casework.operations.correct_fact import correct_fact
from casework.operations.retry_incident import retry_incident
from casework.operations.start_due_processes import start_due_processes
from casework.operations.start_process import start_process
from casework.operations.turns import starts
from casework.queries.case_page import case_page
from tests.diagrams import end, message, node, process, timer, user
from tests.factories import a_case
from tests.operations.asking import kinds, one, open_elements, rows
from tests.operations.processes import one_after_the_other, release
from tests.operations.test_at_the_same_time import at_once
from workers.sweep import do_what_is_due


def task(name):
    return user(name, camunda_candidateGroups="modtagelse")


def at_birthdays(name="p", *, ext="", **moments):
    """A process with a start event for each moment, all leading to one task."""
    starts = [
        node("startEvent", f"ved_{key}", timer(text, "timeDate"), f"<sag:timer {ext}/>" if ext else "")
        for key, text in moments.items()
    ]
    flows = ", ".join(f"ved_{key} arbejd_{name}" for key in moments)
    return process(*starts, task(f"arbejd_{name}"), end(), flows=f"{flows}, arbejd_{name} end", name=name)


TRANSITION = '=foedselsdato + duration("P16Y") - duration("P3M")'
TEN = '=foedselsdato + duration("P10Y")'


def born(when, **given):
    """A new open case of a child with this birth date."""
    return a_case(birth_date=when, facts={"foedselsdato": when}, **given).id


def of(case_id, *where):
    query = select(ProcessStart).where(ProcessStart.case_id == case_id, *where)
    return rows(query.order_by(ProcessStart.created_at, ProcessStart.id))


def running(case_id):
    return rows(select(ProcessInstance.process_id).where(ProcessInstance.case_id == case_id))


def test_it_starts_when_the_moment_comes_and_not_before(cast, clock):
    release(at_birthdays(over=TRANSITION))
    case_id = born(date(2011, 3, 10))
    start_due_processes()
    (planned,) = of(case_id)

    clock.move_to(datetime(2026, 12, 9, 22, 59, tzinfo=UTC))
    before = start_due_processes()
    clock.advance(minutes=1)
    start_due_processes()

    assert (planned.due_at, planned.state) == (datetime(2026, 12, 9, 23, 0, tzinfo=UTC), StartState.WAITING)
    assert before == 0
    assert open_elements(case_id) == ["arbejd_p"]
    (started,) = of(case_id)
    assert (started.state, started.instance_id) == (StartState.STARTED, one(ProcessInstance).id)
    assert start_due_processes() == 0


def test_what_was_planned_stays_while_a_machine_is_too_busy_to_count_anew(cast, clock, monkeypatch):
    release(at_birthdays(over=TRANSITION))
    case_id = born(date(2011, 3, 10))
    start_due_processes()
    with monkeypatch.context() as patch:
        patch.setattr(
            starts.feel, "attempt", lambda questions: [FeelTimeoutError(q.expression, 0.25) for q in questions]
        )
        correct_fact(cast.mette, case_id=case_id, name="foedselsdato", value=date(2011, 3, 20), reason="Tastefejl")
    (kept,) = of(case_id)

    start_due_processes()

    assert (kept.due_at, kept.state) == (datetime(2026, 12, 9, 23, 0, tzinfo=UTC), StartState.WAITING)
    (moved,) = of(case_id)
    assert moved.due_at == datetime(2026, 12, 19, 23, 0, tzinfo=UTC)


def test_every_open_case_with_the_fact_gets_its_own(cast, clock):
    release(at_birthdays(over=TRANSITION))
    young, unknown = born(date(2015, 1, 1)), a_case().id
    start_due_processes()

    assert [row.due_at for row in of(young)] == [datetime(2030, 9, 30, 22, 0, tzinfo=UTC)]
    assert [row.due_at for row in of(cast.case_id)] == [datetime(2029, 12, 13, 23, 0, tzinfo=UTC)]
    assert of(unknown) == []
    correct_fact(cast.mette, case_id=unknown, name="foedselsdato", value=date(2015, 1, 1), reason="Ukendt før")
    assert [row.due_at for row in of(unknown)] == [row.due_at for row in of(young)]


def test_several_start_events_each_have_their_moment(cast, clock):
    release(at_birthdays(ti=TEN, atten='=foedselsdato + duration("P18Y")'))
    case_id = born(date(2017, 1, 1))
    start_due_processes()

    clock.move_to(datetime(2027, 1, 1, 12, 0, tzinfo=UTC))
    start_due_processes()
    clock.move_to(datetime(2035, 1, 1, 12, 0, tzinfo=UTC))
    start_due_processes()

    assert open_elements(case_id) == ["arbejd_p", "arbejd_p"]


def test_a_case_that_comes_too_late_gets_only_what_is_still_of_use(cast, clock):
    release(at_birthdays("ti", i=TEN), at_birthdays("over", ext='late="P2Y"', i=TRANSITION))
    sixteen_and_a_half, nineteen, ten_today = born(date(2010, 5, 1)), born(date(2007, 5, 1)), born(date(2016, 11, 23))

    start_due_processes()

    assert running(sixteen_and_a_half) == ["over"]
    assert running(nineteen) == []
    assert running(ten_today) == ["ti"]


def test_a_process_released_later_counts_for_old_cases(cast, clock):
    release(at_birthdays("ti", i=TEN))
    case_id = born(date(2011, 3, 10))
    start_due_processes()

    release(at_birthdays("over", ext='late="P2Y"', i=TRANSITION))
    start_due_processes()

    assert [(row.process_id, row.state) for row in of(case_id)] == [("over", StartState.WAITING)]


def test_a_newer_version_that_no_longer_starts_there_starts_nothing(cast, clock):
    release(at_birthdays(over=TRANSITION))
    case_id = born(date(2011, 3, 10))
    start_due_processes()
    release(one_after_the_other("a"))

    clock.move_to(datetime(2026, 12, 10, tzinfo=UTC))
    start_due_processes()

    assert [row.state for row in of(case_id)] == [StartState.FALLEN_AWAY]
    assert running(case_id) == []


def test_a_corrected_fact_moves_it_and_the_journal_says_from_to_and_why(cast, clock):
    release(at_birthdays(over=TRANSITION))
    case_id = born(date(2015, 1, 1))
    start_due_processes()

    correct_fact(cast.mette, case_id=case_id, name="foedselsdato", value=date(2014, 1, 1), reason="Ifølge CPR")

    (row,) = of(case_id)
    assert row.due_at == datetime(2029, 9, 30, 22, 0, tzinfo=UTC)
    (entry,) = rows(select(JournalEntry).where(JournalEntry.kind == "start_moved"))
    assert (entry.details["before"][:10], entry.details["after"][:10]) == ("2030-09-30", "2029-09-30")
    assert (entry.details["because"], entry.details["reason"]) == (["foedselsdato"], "Ifølge CPR")
    assert entry.actor_id == cast.mette.id


def test_a_fact_corrected_into_the_past_starts_at_once_what_is_still_of_use(cast, clock):
    release(at_birthdays("ti", i=TEN), at_birthdays("over", ext='late="P2Y"', i=TRANSITION))
    case_id = born(date(2020, 1, 1))
    start_due_processes()

    correct_fact(cast.mette, case_id=case_id, name="foedselsdato", value=date(2010, 6, 1), reason="Ifølge CPR")
    start_due_processes()

    assert running(case_id) == ["over"]
    assert {row.process_id: row.state for row in of(case_id)} == {
        "ti": StartState.FALLEN_AWAY,
        "over": StartState.STARTED,
    }
    assert "start_fell_away" in kinds(case_id)


def test_what_has_started_does_not_start_again_for_a_moment_that_has_passed(cast, clock):
    release(at_birthdays("over", ext='late="P2Y"', i=TRANSITION))
    case_id = born(date(2010, 6, 1))
    start_due_processes()

    correct_fact(cast.mette, case_id=case_id, name="foedselsdato", value=date(2010, 7, 1), reason="Ifølge CPR")
    start_due_processes()

    assert running(case_id) == ["over"]


def test_what_had_started_too_early_starts_again_at_the_right_time_unless_it_still_runs(cast, clock):
    release(at_birthdays("over", i=TRANSITION))
    early, ongoing = born(date(2011, 2, 23)), born(date(2011, 2, 23))
    start_due_processes()
    stop(early, cast)
    for case_id in (early, ongoing):
        correct_fact(cast.mette, case_id=case_id, name="foedselsdato", value=date(2012, 2, 23), reason="Ifølge CPR")

    clock.move_to(datetime(2027, 11, 23, 8, 0, tzinfo=UTC))
    start_due_processes()

    assert len(running(early)) == 2
    assert len(running(ongoing)) == 1
    assert "start_left_out" in kinds(ongoing)


def stop(case_id, cast):
    """Stop what runs on a case."""
    found = one(ProcessInstance, ProcessInstance.case_id == case_id)
    cancel_instance(cast.anders, instance_id=found.id, reason="Startet på forkert fødselsdato")


def test_a_single_process_does_not_start_beside_one_that_somebody_has_started(cast, clock):
    release(at_birthdays("over", ext='single="true"', i=TRANSITION), at_birthdays("ti", i=TRANSITION))
    case_id = born(date(2011, 2, 24))
    start_due_processes()
    for name in ("over", "ti"):
        with transaction() as session:
            session.add(_instance_like(case_id, name))

    clock.advance(days=1)
    start_due_processes()

    assert sorted(running(case_id)) == ["over", "ti", "ti"]


def _instance_like(case_id, name):
    version = one(ProcessVersion, ProcessVersion.process_id == name)
    return ProcessInstance(
        case_id=case_id,
        process_version_id=version.id,
        process_id=name,
        engine_state=b"",
        started_at=version.released_at,
    )


def test_a_closed_case_starts_nothing_and_is_asked_anew_when_it_opens(cast, clock):
    release(at_birthdays("ti", i=TEN), at_birthdays("over", ext='late="P2Y"', i=TRANSITION), one_after_the_other("a"))
    case_id = born(date(2011, 3, 10))
    start_due_processes()
    close_case(SYSTEM, case_id=case_id, reason="Flyttet")

    clock.move_to(datetime(2027, 3, 1, tzinfo=UTC))
    start_due_processes()
    while_closed = running(case_id)
    start_process(cast.mette, case_id=case_id, process_id="p")
    start_due_processes()

    assert while_closed == []
    assert sorted(running(case_id)) == ["over", "p"]


def watching():
    """The way to adulthood: started by the clock, and ended with the case."""
    return process(
        node("startEvent", "ved", timer(TRANSITION, "timeDate"), '<sag:timer late="P2Y3M" single="true"/>'),
        node("intermediateCatchEvent", "lukkes", message("luk")),
        end(),
        flows="ved lukkes, lukkes end",
        shared='<bpmn:message id="luk" name="SagLukket"/>',
        name="ung",
    )


@pytest.mark.parametrize(("opened", "times"), [(date(2027, 3, 1), 2), (date(2029, 4, 1), 1)])
def test_what_ended_with_the_case_starts_again_when_it_opens_while_it_is_of_use(cast, clock, opened, times):
    release(watching(), one_after_the_other("a"))
    case_id = born(date(2011, 3, 10))
    clock.move_to(datetime(2026, 12, 11, tzinfo=UTC))
    start_due_processes()
    start_due_processes()
    close_case(SYSTEM, case_id=case_id, reason="Flyttet")

    clock.move_to(datetime(opened.year, opened.month, opened.day, tzinfo=UTC))
    start_process(cast.mette, case_id=case_id, process_id="p")
    start_due_processes()
    start_due_processes()

    assert running(case_id).count("ung") == times


def test_workers_at_once_start_it_once(cast, clock):
    release(at_birthdays("over", i=TRANSITION))
    cases = [born(date(2011, 2, 24)) for _ in range(3)]
    at_once(*(partial(start_due_processes) for _ in range(4)))
    clock.advance(days=1)

    at_once(*(partial(start_due_processes) for _ in range(4)))
    start_due_processes()

    assert [running(case_id) for case_id in cases] == [["over"]] * 3
    assert all(len(of(case_id)) == 1 for case_id in cases)


def test_a_start_that_breaks_is_an_incident_that_can_be_tried_again(cast, clock, monkeypatch):
    release(at_birthdays("over", i=TRANSITION))
    broken, whole = born(date(2011, 2, 23)), born(date(2011, 2, 23))
    begin = module.begin

    def breaks(turn, *rest, **words):
        if turn.case.id == broken:
            raise RuntimeError
        return begin(turn, *rest, **words)

    monkeypatch.setattr(module, "begin", breaks)
    start_due_processes()
    monkeypatch.undo()

    incident = one(Incident)
    assert running(whole) == ["over"]
    assert open_elements(broken) == []
    assert retry_incident(cast.anders, incident_id=incident.id).is_solved
    assert open_elements(broken) == ["arbejd_over"]


def test_no_moment_comes_of_a_fact_that_is_no_date(cast, clock):
    release(at_birthdays("over", i="=dag"))
    case_id = a_case(facts={"dag": "i morgen"}).id

    start_due_processes()

    assert of(case_id) == []
    assert rows(select(Case.starts_planned).where(Case.id == case_id)) == [1]
    assert InstanceState.RUNNING not in rows(select(ProcessInstance.state).where(ProcessInstance.case_id == case_id))


def test_the_case_page_says_what_will_begin_and_when(cast, clock):
    release(at_birthdays(tolv='=foedselsdato + duration("P13Y")', atten='=foedselsdato + duration("P18Y")'))
    start_due_processes()

    found = case_page(cast.mette, cast.case_id).upcoming

    assert [(one.occasion.text("da"), one.process.text("da"), one.at) for one in found] == [
        ("Ved_tolv", "Proces p", datetime(2027, 3, 13, 23, 0, tzinfo=UTC)),
        ("Ved_atten", "Proces p", datetime(2032, 3, 13, 23, 0, tzinfo=UTC)),
    ]


def test_every_worker_looks_for_it(cast, clock):
    release(at_birthdays("ti", i=TEN))
    case_id = born(date(2016, 11, 23))

    planned_and_started = do_what_is_due()

    assert planned_and_started >= 2
    assert running(case_id) == ["ti"]


def test_a_case_that_cannot_be_planned_holds_up_no_other(cast, clock, monkeypatch):
    release(at_birthdays("ti", i=TEN))
    broken, whole = born(date(2016, 11, 23)), born(date(2016, 11, 23))
    plan = module.plan_starts

    def breaks(turn):
        if turn.case.id == broken:
            raise RuntimeError
        plan(turn)

    monkeypatch.setattr(module, "plan_starts", breaks)
    start_due_processes()
    first = running(broken), running(whole)
    monkeypatch.undo()
    start_due_processes()

    assert first == ([], ["ti"])
    assert running(broken) == ["ti"]


def test_one_expression_that_fails_leaves_the_others_their_moment(cast, clock):
    endless = '=foedselsdato + duration(string join(for i in 1..100000000 return "x"))'
    release(at_birthdays("ti", i=TEN), at_birthdays("aldrig", i=endless))
    case_id = born(date(2016, 11, 23))

    start_due_processes()

    assert running(case_id) == ["ti"]
