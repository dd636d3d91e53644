"""When things happen to a young person: every timer and deadline counts from the birth date, and so a correction moves them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from casework import calendar, feel
from casework.calendar import CalendarKind, day_of
from casework.calendar.local_time import instant_of
from casework.operations.turns.deadlines import counted
from tests.processes.project import definition
from tests.processes.test_clocks import rules

#: Born on the last day of August, on a leap day, on an ordinary day.
AUGUST, LEAP, MARCH = date(2009, 8, 31), date(2008, 2, 29), date(2010, 3, 14)
NOON = datetime(2024, 1, 15, 11, 0, tzinfo=UTC)
TIMERS = {
    ("youth_to_adult", "start_16"): (date(2025, 5, 31), date(2023, 11, 29), date(2025, 12, 14)),
    ("youth_to_adult", "atten"): (date(2027, 8, 31), date(2026, 2, 28), date(2028, 3, 14)),
    ("sub_ungespor", "fyldt17"): (date(2026, 8, 31), date(2025, 2, 28), date(2027, 3, 14)),
    ("sub_ungespor", "fyldt17_3"): (date(2026, 11, 30), date(2025, 5, 29), date(2027, 6, 14)),
    ("sub_ungehus", "foer17"): (date(2026, 7, 31), date(2025, 1, 28), date(2027, 2, 14)),
    ("sub_ungehus", "foer175"): (date(2027, 1, 31), date(2025, 7, 29), date(2027, 8, 14)),
    ("sub_handicapspor", "fyldt16"): (date(2025, 8, 31), date(2024, 2, 29), date(2026, 3, 14)),
    ("sub_handicapspor", "foer17"): (date(2026, 5, 31), date(2024, 11, 29), date(2026, 12, 14)),
    ("sub_ungestoette", "ni"): (date(2026, 11, 30), date(2025, 5, 28), date(2027, 6, 14)),
    ("sub_ungestoette_afgoerelse", "syv"): (date(2027, 1, 31), date(2025, 7, 28), date(2027, 8, 14)),
    ("sub_voksenovergang", "fire"): (date(2027, 4, 30), date(2025, 10, 28), date(2027, 11, 14)),
    ("sub_voksenovergang", "tre"): (date(2027, 5, 31), date(2025, 11, 28), date(2027, 12, 14)),
    ("sub_voksenovergang", "atten"): (date(2027, 8, 31), date(2026, 2, 28), date(2028, 3, 14)),
    ("sub_efter18", "udloeber"): (date(2032, 8, 31), date(2031, 2, 28), date(2033, 3, 14)),
    ("foedselsdage", "fyldt10"): (date(2019, 8, 31), date(2018, 2, 28), date(2020, 3, 14)),
    ("foedselsdage", "fyldt12"): (date(2021, 8, 31), date(2020, 2, 29), date(2022, 3, 14)),
    ("foedselsdage", "fyldt15"): (date(2024, 8, 31), date(2023, 2, 28), date(2025, 3, 14)),
    ("foedselsdage", "fyldt16"): (date(2025, 8, 31), date(2024, 2, 29), date(2026, 3, 14)),
    ("foedselsdage", "fyldt17_5"): (date(2027, 2, 28), date(2025, 8, 29), date(2027, 9, 14)),
    ("foedselsdage", "fyldt18"): (date(2027, 8, 31), date(2026, 2, 28), date(2028, 3, 14)),
    ("foedselsdage", "fyldt23"): (date(2032, 8, 31), date(2031, 2, 28), date(2033, 3, 14)),
}
#: Class and last day of each deadline; it began before the young person was 16.
DEADLINES = {
    ("youth_to_adult", "tovholder"): ("LOKAL", date(2025, 9, 14), date(2024, 3, 14), date(2026, 3, 28)),
    ("youth_to_adult", "velkomst"): ("LOKAL", date(2025, 9, 28), date(2024, 3, 28), date(2026, 4, 11)),
    ("youth_to_adult", "ungeplan"): ("LOV", date(2025, 11, 30), date(2024, 5, 29), date(2026, 6, 14)),
    ("sub_handicapspor", "overgang_handicap_start"): ("LOV", date(2025, 9, 30), date(2024, 3, 30), date(2026, 4, 13)),
    ("sub_handicapspor", "handicap_16_5"): ("LOKAL", date(2026, 2, 28), date(2024, 8, 29), date(2026, 9, 14)),
    ("sub_handicapspor", "handicap_17"): ("LOKAL", date(2026, 8, 31), date(2025, 2, 28), date(2027, 3, 14)),
    ("sub_ungehus", "ungehus_17"): ("LOKAL", date(2026, 8, 31), date(2025, 2, 28), date(2027, 3, 14)),
    ("sub_ungehus", "ungehus_175"): ("LOKAL", date(2027, 2, 28), date(2025, 8, 29), date(2027, 9, 14)),
    ("sub_ungespor", "jobcenter"): ("LOKAL", date(2027, 2, 28), date(2025, 8, 29), date(2027, 9, 14)),
    ("sub_ungespor", "socialcenter"): ("LOKAL", date(2027, 2, 28), date(2025, 8, 29), date(2027, 9, 14)),
    ("sub_ungestoette", "ungestoette"): ("LOV", date(2027, 2, 28), date(2025, 8, 28), date(2027, 9, 14)),
    ("sub_ungestoette_afgoerelse", "ungestoette_stoettet"): (
        "LOKAL", date(2027, 2, 28), date(2025, 8, 28), date(2027, 9, 14),
    ),
    ("sub_voksenovergang", "overgangsmoede"): ("LOKAL", date(2027, 5, 31), date(2025, 11, 28), date(2027, 12, 14)),
    ("sub_voksenovergang", "voksen_klar"): ("LOV", date(2027, 8, 31), date(2026, 2, 28), date(2028, 3, 14)),
}  # fmt: skip
BORN = (AUGUST, LEAP, MARCH)


def known(born, **more):
    return {"foedselsdato": born, "ungStart": date(2023, 1, 1), "now": NOON, **more}


@pytest.mark.parametrize("which", TIMERS)
@pytest.mark.parametrize("number", range(3))
def test_a_timer_comes_on_the_right_day(which, number):
    element = definition(which[0]).element(*which)

    assert element.timer_kind == "timeDate"
    assert feel.evaluate(element.expression, known(BORN[number])) == TIMERS[which][number]


@pytest.mark.parametrize("which", DEADLINES)
@pytest.mark.parametrize("number", range(3))
def test_a_deadline_ends_on_the_right_day(which, number):
    rule = rules()[which]
    due_class, *days = DEADLINES[which]

    row = counted(rule, known(BORN[number]), NOON)
    assert (rule.deadline_class, day_of(row["due_at"])) == (due_class, days[number])
    assert rule.law


def test_whoever_comes_later_than_16_has_the_time_from_then():
    row = counted(rules()["youth_to_adult", "tovholder"], known(AUGUST, ungStart=date(2026, 10, 1)), NOON)

    assert day_of(row["due_at"]) == date(2026, 10, 15)


def test_the_plan_counts_from_a_later_decision():
    rule = rules()["youth_to_adult", "ungeplan"]

    assert day_of(counted(rule, known(AUGUST, afgoerelsesDato=date(2026, 11, 30)), NOON)["due_at"]) == date(2027, 2, 28)
    assert day_of(counted(rule, known(AUGUST, afgoerelsesDato=date(2020, 1, 1)), NOON)["due_at"]) == date(2025, 11, 30)


@pytest.mark.parametrize(
    ("born", "rungs"),
    [
        (AUGUST, [date(2026, 11, 30), date(2026, 12, 31), date(2027, 2, 28)]),
        (LEAP, [date(2025, 5, 28), date(2025, 6, 28), date(2025, 8, 28)]),
    ],
)
def test_youth_support_escalates_eight_and_six_months_before_18(born, rungs):
    ladder = counted(rules()["sub_ungestoette", "ungestoette"], known(born), NOON)["ladder"]

    assert [day_of(datetime.fromisoformat(rung)) for rung in ladder] == rungs


def test_youth_support_stands_on_the_board_before_its_first_rung():
    opens = feel.evaluate(definition("sub_ungestoette").element("sub_ungestoette", "ni").expression, known(AUGUST))
    row = counted(rules()["sub_ungestoette", "ungestoette"], known(AUGUST), NOON)

    assert instant_of(opens) <= datetime.fromisoformat(row["ladder"][0])


@pytest.mark.parametrize("process_id", ["youth_to_adult", "foedselsdage"])
def test_what_starts_by_the_clock_reads_facts_only(process_id):
    timers = [e for e in definition(process_id).elements.values() if e.type == "startEvent" and e.event == "timer"]

    assert {feel.names(e.expression.removeprefix("=")) for e in timers} == {frozenset({"foedselsdato"})}


def test_the_transition_starts_once_and_for_new_cases_until_18():
    start = definition("youth_to_adult").element("youth_to_adult", "start_16")

    assert (start.timer.single, start.timer.late) == (True, "P2Y3M")
    last = calendar.due("P2Y3M", CalendarKind.CALENDAR, date(2025, 5, 31)).instant
    assert day_of(last) == date(2027, 8, 31)


def test_a_corrected_birth_date_moves_every_deadline():
    for which in DEADLINES:
        moved = {day_of(counted(rules()[which], known(born), NOON)["due_at"]) for born in (MARCH, date(2010, 9, 14))}
        assert len(moved) == 2, which
