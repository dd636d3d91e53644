"""The first follow-up in a database: its deadline and its timer move when the case learns more, and stay with what is agreed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from casework.calendar import add_working_days, day_of
from casework.database import transaction
from casework.model import Case, Timer, TimerState
from casework.operations.correct_fact import correct_fact
from tests.operations.asking import deadline, one, open_elements, started
from tests.operations.processes import release
from tests.processes.project import diagrams, form_files, tables

PARTS = ("sub_opfoelgning", "sub_opfoelgningsforloeb", "sub_boernesamtale")
WHY = "Oplysningen var forkert"
BEGUN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def follow_up(cast, *, first, **facts):
    """The real diagrams, on the cast's case."""
    forms = {key: content.decode() for key, content in form_files().items()}
    release(*(diagrams()[f"{name}.bpmn"] for name in PARTS), forms=forms, decisions=(tables()["dmn_parter.dmn"],))
    with transaction() as session:
        session.get_one(Case, cast.case_id).facts = facts
    inputs = {"opfoelgningForfald": date(2027, 4, 26), "erFoerste": first}
    started(cast, "sub_opfoelgning", variables=inputs)


def due(key):
    return day_of(deadline(key).due_at)


def asks_for_the_report_on():
    return day_of(one(Timer, Timer.element_id == "tyveHverdage", Timer.state == TimerState.WAITING).due_at)


def correct(cast, name, value):
    correct_fact(cast.mette, case_id=cast.case_id, name=name, value=value, reason=WHY)


def test_a_corrected_day_of_placement_moves_deadline_and_report(cast, clock):
    clock.move_to(BEGUN)
    follow_up(cast, first=True, erAnbragt=True, anbringelsesDato=date(2026, 11, 24))
    assert (due("opfoelgning_foerste"), asks_for_the_report_on()) == _both(date(2027, 2, 24))

    correct(cast, "anbringelsesDato", date(2026, 12, 31))

    assert (due("opfoelgning_foerste"), asks_for_the_report_on()) == _both(date(2027, 3, 31))


def test_an_assessment_that_is_finished_beside_the_measure_brings_the_first_follow_up_forward(cast, clock):
    clock.move_to(BEGUN)
    follow_up(cast, first=True, erAnbragt=True, anbringelsesDato=date(2026, 11, 24), bfuFaerdigDato=None)

    correct(cast, "bfuFaerdigDato", date(2027, 2, 1))

    assert (due("opfoelgning_foerste"), asks_for_the_report_on()) == _both(date(2027, 2, 1))


def test_what_is_agreed_for_the_child_does_not_move_with_the_placement(cast, clock):
    clock.move_to(BEGUN)
    follow_up(cast, first=False, erAnbragt=True, anbringelsesDato=date(2026, 11, 24))

    correct(cast, "anbringelsesDato", date(2026, 12, 31))

    assert (due("opfoelgning_naeste"), asks_for_the_report_on()) == _both(date(2027, 4, 26))
    assert open_elements(cast.case_id) == []


def _both(day):
    return day, add_working_days(day, -20)
