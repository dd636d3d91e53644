"""Deadlines in words and states, in both languages."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.queries.due_words import DueState, due, due_state, due_words, when_words
from casework.queries.rule_words import rule_words

#: Thursday 26 November 2026, 09.14 in Copenhagen.
NOW = datetime(2026, 11, 26, 8, 14, tzinfo=UTC)


def _end_of(day, month=11, year=2026):
    return datetime(year, month, day, 22, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "danish", "english"),
    [
        (None, "Ingen frist", "No deadline"),
        (NOW - timedelta(minutes=12), "12 min over", "12 min over"),
        (_end_of(25), "9 t 14 min over", "9 h 14 min over"),
        (NOW - timedelta(hours=25), "1 dag over", "1 day over"),
        (_end_of(23), "3 dage over", "3 days over"),
        (datetime(2026, 10, 16, 10, 0, tzinfo=UTC), "41 dage over", "41 days over"),
        (datetime(2026, 11, 26, 12, 40, tzinfo=UTC), "13.40 · om 4 t 26 min", "13:40 · in 4 h 26 min"),
        (datetime(2026, 11, 26, 8, 40, tzinfo=UTC), "09.40 · om 26 min", "09:40 · in 26 min"),
        (_end_of(26), "I løbet af dagen", "In the course of the day"),
        (datetime(2026, 11, 27, 7, 5, tzinfo=UTC), "fre. 08.05", "Fri 08:05"),
        (_end_of(27), "fre. 27.11.", "Fri 27 Nov"),
        (datetime(2026, 11, 30, 7, 5, tzinfo=UTC), "man. 30.11.", "Mon 30 Nov"),
        (_end_of(1, 3, 2027), "man. 1.3.2027", "Mon 1 Mar 2027"),
    ],
)
def test_says_for_a_list_how_late_how_long_or_which_day(at, danish, english):
    said = due_words(at, NOW)

    assert said.text("da") == danish
    assert said.text("en") == english


@pytest.mark.parametrize(
    ("ended_at", "danish"),
    [
        (datetime(2026, 10, 2, 10, 0, tzinfo=UTC), "2.10. · til tiden"),
        (datetime(2026, 10, 3, 8, 59, 59, tzinfo=UTC), "3.10. · 12 t 0 min for sent"),
        (datetime(2026, 10, 5, 9, 0, tzinfo=UTC), "5.10. · 3 dage for sent"),
        (datetime(2025, 10, 2, 10, 0, tzinfo=UTC), "2.10.2025 · til tiden"),
    ],
)
def test_says_of_what_is_done_whether_it_was_in_time(ended_at, danish):
    at = datetime(2026, 10, 2, 20, 59, 59, tzinfo=UTC)

    assert due_words(at, NOW, ended_at=ended_at).text("da") == danish


@pytest.mark.parametrize(
    ("at", "danish"),
    [
        (datetime(2026, 11, 26, 12, 40, tzinfo=UTC), "i dag kl. 13.40"),
        (_end_of(26), "i dag"),
        (_end_of(27), "i morgen, fre. 27.11."),
        (_end_of(25), "i går, ons. 25.11."),
        (_end_of(3, 12), "tors. 3.12."),
    ],
)
def test_says_which_day_without_the_way_there(at, danish):
    assert when_words(at, NOW).text("da") == danish


def test_around_summer_time_the_span_is_what_the_clock_really_runs():
    before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 01.30, half an hour before the clocks go forward
    at = datetime(2026, 3, 29, 8, 0, tzinfo=UTC)  # 10.00 summer time

    assert due_words(at, before).text("da") == "10.00 · om 7 t 30 min"


LAW = {"due_class": "LOV", "starts_at": NOW - timedelta(days=80)}


@pytest.mark.parametrize(
    ("at", "more", "state"),
    [
        (None, {}, DueState.NEUTRAL),
        (NOW - timedelta(seconds=1), {}, DueState.OVERDUE),
        (NOW - timedelta(seconds=1), {"is_waiting": True}, DueState.OVERDUE),
        (NOW + timedelta(hours=1), {}, DueState.SOON),
        (NOW + timedelta(days=21), LAW, DueState.NEUTRAL),
        (NOW + timedelta(days=19), LAW, DueState.SOON),
        (NOW + timedelta(days=19), LAW | {"due_class": "LOKAL"}, DueState.NEUTRAL),
        (NOW + timedelta(days=3), {"due_class": "LOKAL", "is_waiting": True}, DueState.WAITING),
        (NOW + timedelta(days=30), LAW | {"is_waiting": True}, DueState.NEUTRAL),
        (NOW - timedelta(days=3), {"ended_at": NOW}, DueState.DONE),
    ],
)
def test_the_state_is_a_comparison_with_the_clock(at, more, state):
    assert due_state(at, NOW, **more) is state


def test_only_the_law_counts_as_law():
    assert due(NOW, NOW, due_class="LOV").is_law
    assert not due(NOW, NOW, due_class="LOKAL").is_law


@pytest.mark.parametrize(
    ("duration", "calendar", "law", "danish", "english"),
    [
        ("PT24H", "elapsed", "bl136", "24 timer, Barnets lov § 136", "24 hours, Children's Act § 136"),
        ("P6D", "working-days", "bl138", "6 hverdage, Barnets lov", "6 working days, Children's Act"),
        ("P4M", "calendar", None, "4 måneder", "4 months"),
        ("P1D", "working-days", None, "1 hverdag", "1 working day"),
        ("P10D", "calendar", None, "10 dage", "10 days"),
        ("P1DT12H", "elapsed", None, "1 dag og 12 timer", "1 day and 12 hours"),
        ("-P6M", "calendar", None, "6 måneder før", "6 months before"),
        ("P7D", "calendar-with-start", None, "7 dage med den første dag", "7 days with the first day"),
        ("P0D", "calendar", None, "på dagen", "the same day"),
        ("=opfoelgningInterval", "calendar", "bl136", "Barnets lov § 136", "Children's Act § 136"),
        ("=x", "calendar", "findesikke", None, None),
        (None, None, None, None, None),
    ],
)
def test_a_rule_in_words_has_a_number_only_where_it_was_read(duration, calendar, law, danish, english):
    said = rule_words(duration, calendar, law)

    assert (said and said.text("da")) == danish
    assert (said and said.text("en")) == english
