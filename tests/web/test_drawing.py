"""Numbers behind the drawings: the time line of a case, the bar of a deadline, the nested outline; and words around them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from api.web.ladder import WIDTH as LADDER_WIDTH
from api.web.ladder import ladder
from api.web.steps import tree
from api.web.timeline import WIDTH, timeline
from api.web.words import logged, quoted

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def deadline(starts, due):
    at = NOW + timedelta(days=due) if due is not None else None
    return SimpleNamespace(id=uuid4(), starts_at=NOW + timedelta(days=starts), due=SimpleNamespace(at=at))


def test_puts_all_deadlines_on_one_scale(clock):
    late, soon, far = deadline(-40, -8), deadline(-2, 3), deadline(-1, 90)

    drawn = timeline([late, soon, far])

    bars = [drawn.bars[row.id] for row in (late, soon, far)]
    assert bars[0].due < drawn.today < bars[1].due < bars[2].due <= WIDTH
    assert bars[0].late == pytest.approx(drawn.today - bars[0].due, abs=0.2)
    assert bars[1].late == 0
    assert all(0 <= bar.start <= bar.due and bar.length >= 0 for bar in bars)


def test_names_no_more_months_than_there_is_room_for(clock):
    drawn = timeline([deadline(-700, 700)])

    assert 0 < len(drawn.ticks) <= 8
    assert [tick.x for tick in drawn.ticks] == sorted(tick.x for tick in drawn.ticks)


@pytest.mark.parametrize(("starts", "due", "anchor"), [(-400, -1, "end"), (0, 400, "start"), (-100, 100, "middle")])
def test_keeps_the_word_today_inside(clock, starts, due, anchor):
    assert timeline([deadline(starts, due)]).anchor == anchor


def test_draws_nothing_without_a_date(clock):
    assert timeline([deadline(-1, None)]) is None


def running(days, *parts, part=0.5):
    rungs = [SimpleNamespace(part=one, at=NOW + timedelta(days=days * one)) for one in parts]
    due = SimpleNamespace(at=NOW + timedelta(days=days))
    return SimpleNamespace(starts_at=NOW, due=due, part=part, ladder=rungs)


def test_marks_the_reminders_on_the_bar():
    drawn = ladder(running(1, 0.33, 0.67, 0.92))

    assert [mark.x for mark in drawn.marks] == pytest.approx([112.2, 227.8, 312.8])
    assert all(mark.label_x <= LADDER_WIDTH - 32 for mark in drawn.marks)
    assert drawn.form == "brief_time"


def test_leaves_out_reminders_whose_labels_would_overlap_and_those_after_the_date():
    assert len(ladder(running(10, 0.5, 0.55, 0.8, 1.4)).marks) == 2


def test_says_long_deadlines_by_the_day():
    assert ladder(running(60, 0.5)).form == "digits"


@pytest.mark.parametrize(("part", "passed"), [(-0.2, 0), (0.25, 85), (3.0, LADDER_WIDTH)])
def test_the_bar_stays_inside(part, passed):
    assert ladder(running(1, part=part)).passed == passed


def step(depth, state="next", process_id="main"):
    return SimpleNamespace(depth=depth, state=state, process_id=process_id)


def test_nests_the_outline_by_depth():
    first, *rest = tree([step(0, "done"), step(0, "now"), step(1, "done", "sub"), step(1, "now", "sub"), step(0)])

    assert not first.inside
    assert [len(one.inside) for one in rest] == [2, 0]
    assert rest[0].called == "sub"
    assert rest[0].is_present
    assert not rest[1].is_present


def test_what_waits_deep_inside_is_present_too():
    (only,) = tree([step(0, "done"), step(1, "done"), step(2, "waiting")])

    assert only.is_present


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Jeg sover ikke.", "»Jeg sover ikke.«"),
        ("»Jeg sover ikke.«", "»Jeg sover ikke.«"),
        ('"Jeg sover ikke."', "»Jeg sover ikke.«"),
        ("”Ja.”", "»Ja.«"),
        ("Han sagde »nej«, sagde hun.", "»Han sagde »nej«, sagde hun.«"),
        ("»", "»»«"),
    ],
)
def test_puts_one_pair_of_quotation_marks_around_what_was_said(application, said, shown):
    with application.test_request_context():
        assert quoted(said) == shown


def test_says_the_year_in_logs_of_other_years_only(application, clock):
    with application.test_request_context():
        assert logged(datetime(2026, 3, 1, 8, 5, tzinfo=UTC)) == "1.3. 09.05"
        assert logged(datetime(2025, 3, 1, 8, 5, tzinfo=UTC)) == "1.3.2025 09.05"
