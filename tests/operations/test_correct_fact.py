"""Correcting what the case knows: what counts from it moves, says from, to and why, and nothing that has happened comes back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError, NotFoundError
from casework.model import (
    Case,
    Deadline,
    DeadlineState,
    JournalEntry,
    Person,
    ProcessInstance,
    ProcessStart,
    Timer,
    TimerState,
)
from casework.operations.add_team_member import add_team_member
from casework.operations.complete_user_task import complete_user_task
from casework.operations.correct_fact import correct_fact
from casework.operations.fire_due_timers import fire_due_timers
from casework.operations.raise_due_escalations import raise_due_escalations
from casework.operations.start_due_processes import start_due_processes
from tests.diagrams import boundary, end, node, process, start, timer, user
from tests.operations.asking import deadline, instance, one, open_elements, rows, started, task_at
from tests.operations.processes import one_after_the_other, release
from tests.operations.test_start_due_processes import at_birthdays

WHY = "Tastefejl ved registreringen"
#: Each with a rule that counts from it.
COUNTED = {
    "foedselsdato": 'start="=foedselsdato + duration(&quot;P18Y&quot;) - duration(&quot;P6M&quot;)" duration="P0D"',
    "kendskabsDato": 'start="=kendskabsDato" duration="P4M"',
    "anbringelsesDato": 'start="=anbringelsesDato" duration="P3M"',
    "afgoerelsesDato": 'start="=afgoerelsesDato" duration="P14D"',
}


def correct(cast, name, value, *, by=None, reason=WHY):
    correct_fact(by or cast.mette, case_id=cast.case_id, name=name, value=value, reason=reason)


def entry(kind):
    (found,) = rows(select(JournalEntry).where(JournalEntry.kind == kind))
    return found


@pytest.mark.parametrize("name", COUNTED)
def test_deadline_task_timer_and_start_move_together(cast, name):
    rule = f'<sag:deadline key="frist" class="LOV" calendar="calendar" {COUNTED[name]}/>'
    working = process(
        start(),
        user("a", ext=rule, camunda_candidateGroups="modtagelse"),
        boundary("rykker", "a", timer("P5M"), interrupting=False, ext=f'<sag:timer start="={name}"/>'),
        end(),
        end("e2"),
        flows="start a, a end, rykker e2",
    )
    release(working, at_birthdays("q", om=f'={name} + duration("P20Y")'))
    first = date(2015, 3, 14)
    with transaction() as session:
        session.get_one(Case, cast.case_id).facts = {name: first}
    started(cast)
    start_due_processes()
    before = deadline("frist").due_at, one(Timer).due_at, _start(cast)

    correct(cast, name, first + timedelta(days=10))

    after = deadline("frist").due_at, one(Timer).due_at, _start(cast)
    moved = [late - early for early, late in zip(before, after, strict=True)]
    assert all(timedelta(days=9) <= by <= timedelta(days=11) for by in moved), moved
    assert task_at("a").due_at == after[0]
    for kind, was, now in zip(("deadline_moved", "timer_moved", "start_moved"), before, after, strict=True):
        details = entry(kind).details
        assert (details["before"], details["after"]) == (was.isoformat(), now.isoformat())
        assert (details["because"], details["reason"]) == ([name], WHY)
    assert deadline("frist").moved == {"before": before[0].isoformat(), "because": [name], "reason": WHY}


def _start(cast):
    return one(ProcessStart, ProcessStart.case_id == cast.case_id).due_at


def test_a_date_moved_into_the_past_is_overdue_and_told_at_once(cast, clock):
    rule = '<sag:deadline key="frist" class="LOV" duration="P4M" calendar="calendar" start="=kendskabsDato"/>'
    release(one_after_the_other("a", ext=rule))
    started(cast, facts={"kendskabsDato": date(2026, 11, 1)})

    correct(cast, "kendskabsDato", date(2026, 6, 1))
    raise_due_escalations(limit=100)

    found = deadline("frist")
    assert (found.state, found.due_at) == (DeadlineState.RUNNING, datetime(2026, 10, 1, 21, 59, 59, tzinfo=UTC))
    assert found.escalation_level == 3


def test_a_timer_moved_into_the_past_fires_at_the_next_look(cast):
    wait = node("intermediateCatchEvent", "vent", timer('=kendskabsDato + duration("P6M")', "timeDate"))
    efter = user("efter", camunda_candidateGroups="modtagelse")
    release(process(start(), wait, efter, end(), flows="start vent, vent efter, efter end"))
    started(cast, facts={"kendskabsDato": date(2026, 11, 1)})

    correct(cast, "kendskabsDato", date(2026, 1, 1))
    fire_due_timers(limit=100)

    assert open_elements(cast.case_id) == ["efter"]


def test_what_was_met_and_what_has_fired_does_not_come_back(cast, clock):
    rule = '<sag:deadline key="frist" class="LOV" duration="P4M" calendar="calendar" start="=kendskabsDato"/>'
    wait = node("intermediateCatchEvent", "vent", timer('=kendskabsDato + duration("P1D")', "timeDate"))
    task = user("a", ext=rule, camunda_candidateGroups="modtagelse")
    release(process(start(), task, wait, user("b"), end(), flows="start a, a vent, vent b, b end"))
    (first,) = started(cast, facts={"kendskabsDato": date(2026, 11, 1)}).task_ids
    complete_user_task(cast.mette, task_id=first, answers={})
    fire_due_timers(limit=100)
    met, fired = deadline("frist").due_at, one(Timer).due_at

    correct(cast, "kendskabsDato", date(2027, 6, 1))

    assert (deadline("frist").state, deadline("frist").due_at) == (DeadlineState.MET, met)
    assert (one(Timer).state, one(Timer).due_at) == (TimerState.FIRED, fired)
    assert open_elements(cast.case_id) == ["b"]


def test_a_process_that_was_told_the_old_value_knows_the_new_one(cast):
    rule = '<sag:deadline key="frist" class="LOV" duration="P4M" calendar="calendar" start="=kendskabsDato"/>'
    release(one_after_the_other("a", ext=rule))
    told = started(cast, facts={"kendskabsDato": date(2026, 11, 1)}, variables={"kendskabsDato": date(2026, 11, 1)})
    other = started(cast, variables={"kendskabsDato": date(2026, 11, 20)})

    correct(cast, "kendskabsDato", date(2026, 10, 1))

    def due(begun):
        return one(Deadline, Deadline.instance_id == begun.instance_id).due_at

    assert instance(ProcessInstance.id == told.instance_id).variables["kendskabsDato"] == date(2026, 10, 1)
    assert due(told) == datetime(2027, 2, 1, 22, 59, 59, tzinfo=UTC)
    assert due(other) == datetime(2027, 3, 20, 22, 59, 59, tzinfo=UTC)


def test_the_child_is_born_on_the_corrected_day(cast):
    correct(cast, "foedselsdato", date(2013, 3, 14))

    assert one(Person, Person.id == cast.emil_id).birth_date == date(2013, 3, 14)


def test_who_must_not_know_the_address_is_kept_with_the_child(cast):
    correct(cast, "beskyttetAdresse", True)

    assert one(Person, Person.id == cast.emil_id).has_protected_address is True


def test_refuses_a_birth_date_to_come(cast):
    with pytest.raises(InvalidError) as refused:
        correct(cast, "foedselsdato", date(2026, 11, 24))

    assert set(refused.value.fields) == {"value"}
    assert rows(select(Case.facts)) == [{"foedselsdato": date(2014, 3, 14)}]


def test_a_fact_that_the_case_may_have_can_be_told_first(cast):
    correct(cast, "anbringelsesDato", date(2026, 10, 1))

    assert rows(select(Case.facts))[0]["anbringelsesDato"] == date(2026, 10, 1)
    assert entry("fact_corrected").details["before"] is None


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("foedselsdato", "i går", "value"),
        ("erAnbragt", date(2026, 1, 1), "value"),
        ("anbringelsesGrundlag", "49", "value"),
        ("muligeSager", ["S-1"], "name"),
        ("ukendt", True, "name"),
    ],
)
def test_refuses_what_it_does_not_know_and_other_kinds(cast, name, value, field):
    with transaction() as session:
        case = session.get_one(Case, cast.case_id)
        case.facts = {**case.facts, "muligeSager": ["S-2026-1"]}

    with pytest.raises(InvalidError) as refused:
        correct(cast, name, value)

    assert set(refused.value.fields) == {field}


def test_only_the_responsible_unit_and_with_a_reason(cast):
    add_team_member(cast.mette, case_id=cast.case_id, employee_id=cast.peter.id, role="participant")

    with pytest.raises(ForbiddenError):
        correct(cast, "erAnbragt", True, by=cast.peter)
    with pytest.raises(NotFoundError):
        correct(cast, "erAnbragt", True, by=cast.sofie)
    with pytest.raises(InvalidError):
        correct(cast, "erAnbragt", True, reason=" ")
