"""Many runs of a diagram by chance: what is certain comes out as it must, and what was seen comes out as often."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from casework.calendar import CalendarKind, add_working_days, due
from casework.config import TIME_ZONE
from casework.studio import Folder
from casework.studio.simulation import Lasted, Model, Past, Seen, Together, sample, simulate
from casework.studio.simulation.sums import interval
from tests import diagrams as d

NOON, WEEK = 12 * 3600, timedelta(days=7)
LANE = {"camunda_candidateGroups": "modtagelse"}
MANY = '<bpmn:multiInstanceLoopCharacteristics {}camunda:collection="=parter" camunda:elementVariable="part"/>'


def simulated(content, history=(), *, runs=100, seed=1, **past):
    """`history`: element, passed, and the working days that each of them took."""
    seen = {
        ("p", element): Seen(passed, passed if days else 0, [Lasted(days, NOON)] * passed if days else [])
        for element, passed, days in history
    }
    return simulate(model(content), Past(seen, **past), runs=runs, seed=seed)


def model(content):
    return Model.of(Folder({"p.bpmn": content}, {}, {}, {"p": "p.bpmn"}), "p")


def about(**span):
    """Weekends and holidays come as they come."""
    return pytest.approx(timedelta(**span), abs=timedelta(days=2))


def with_deadline(duration, **more):
    given = "".join(f' {name}="{value}"' for name, value in more.items())
    rule = f'<sag:deadline key="frist" class="LOV" duration="{duration}" law="bl136"{given}/>'
    return d.process(d.start(), d.user("a", ext=rule, **LANE), d.end(), flows="start a, a end")


@pytest.mark.parametrize(("duration", "late"), [("P10D", 0.0), ("P9D", 1.0)])
def test_a_task_that_always_takes_ten_working_days(duration, late):
    found = simulated(with_deadline(duration, calendar="working-days"), [("a", 50, 10)])

    (rule,) = found.deadlines
    assert (rule.late, rule.observations) == (late, 50)
    assert found.half == about(weeks=2)
    assert (found.load, found.unfinished, found.assumed) == ({"modtagelse": 1.0}, 0, frozenset())


def test_lateness_stays_what_was_seen_of_few():
    """17 tasks begun on all days of the week, of which one was done later than on the second working day."""
    rng, spans = random.Random(4), []
    for number in range(17):
        began = datetime(2026, 8, 3, 8, tzinfo=TIME_ZONE) + timedelta(days=3 * number, minutes=rng.randrange(480))
        done = add_working_days(began.date(), 4 if number == 11 else rng.randrange(3))
        spans.append(
            (began, max(began + timedelta(hours=1), datetime(done.year, done.month, done.day, 14, tzinfo=TIME_ZONE)))
        )
    late = sum(ended > due("P2D", CalendarKind.WORKING_DAYS, began).instant for began, ended in spans) / 17
    past = Past({("p", "a"): Seen(17, 17, sample(spans))}, [(began.weekday(), 9 * 3600) for began, _ in spans])

    (rule,) = simulate(model(with_deadline("P2D", calendar="working-days")), past, runs=500, seed=1).deadlines

    assert rule.late == pytest.approx(late, abs=0.03)
    assert (rule.observations, late) == (17, pytest.approx(1 / 17))
    assert rule.low < late < rule.high
    assert rule.high - rule.low > 0.2  # of 500 runs alone it would be a fifth of that


@pytest.mark.parametrize("end", ["2026-12-14 09:00", "2026-12-11 15:30", "2026-12-13 23:00", "2026-12-22 08:00"])
def test_what_was_seen_ends_again_when_it_did(end):
    began, ended = (datetime.fromisoformat(at).replace(tzinfo=TIME_ZONE) for at in ("2026-12-11 14:00", end))

    seen = Lasted.of(began, ended)

    assert seen.after(began) == ended
    assert (seen.after(began + 2 * WEEK) - ended) >= 2 * WEEK


def test_what_was_done_on_the_same_day_is_done_on_the_same_day():
    late_in_the_day = datetime(2026, 12, 9, 20, tzinfo=TIME_ZONE)

    assert Lasted(0, 6 * 3600).after(late_in_the_day).date() == late_in_the_day.date()


def test_of_many_observations_some_are_kept_from_the_shortest_to_the_longest():
    began = datetime(2026, 6, 1, 9, tzinfo=TIME_ZONE)

    kept = sample([(began, began + timedelta(seconds=number)) for number in range(1000)])

    assert len(kept) == 200
    assert sum(one.seconds for one in kept) / 200 == pytest.approx(499.5, rel=0.01)


def test_a_deadline_that_counts_from_a_fact_counts_from_where_it_did():
    content = with_deadline("P5D", start="=planlagtStart")
    seen = [Together(day, 0, {"frist": 4 * 86_400.0}, Lasted(days, NOON)) for day in range(5) for days in (1, 4) * 3]

    (rule,) = simulated(content, [("a", 9, 1)], runs=300, together={("p", "a"): seen}).deadlines

    assert rule.late == pytest.approx(0.65, abs=0.1)  # all that take four, and those of one over a weekend
    assert rule.observations == 30
    assert simulated(content, [("a", 9, 1)]).moved == {("p", "frist")}


@pytest.mark.parametrize(("kind", "weeks"), [("", 1), ('isSequential="true" ', 3)])
def test_what_is_done_for_several_is_done_as_often_as_it_was(kind, weeks):
    content = d.process(
        d.start(), d.user("a", MANY.format(kind), **LANE), d.choice("g"), d.end(), flows="start a, a g, g end else"
    )

    found = simulated(content, [("a", 400, 5), ("g", 100, 0)])  # three for each, and all of them together

    assert found.load == {"modtagelse": 3.0}
    assert found.half == about(weeks=weeks)
    assert (found.several, simulated(content, [("a", 0, 0)]).several) == (frozenset(), {("p", "a")})


def test_a_deadline_stands_still_while_another_is_awaited():
    rule = '<sag:deadline key="frist" class="LOKAL" duration="P3D" calendar="working-days" met="b" pauses="svar"/>'
    of_process = f"<bpmn:extensionElements>{rule}</bpmn:extensionElements>"
    tasks = d.user("svar"), d.user("b")
    content = d.process(d.start(), *tasks, d.end(), flows="start svar, svar b, b end", inner=of_process)

    (paused,) = simulated(content, [("svar", 9, 9), ("b", 9, 2)]).deadlines
    (other,) = simulated(content.replace(b' pauses="svar"', b""), [("svar", 9, 9), ("b", 9, 2)]).deadlines

    assert (paused.late, other.late) == (0.0, 1.0)


def test_what_is_seldom_done_yet_is_as_likely_as_it_is_begun():
    content = d.process(
        d.start(), d.choice("g"), d.user("a", **LANE), d.user("b", camunda_candidateGroups="ppr"), d.end(),
        flows="start g, g a if =x, g b else, a end, b end",
    )  # fmt: skip
    seen = {("p", "a"): Seen(10, begun=50), ("p", "b"): Seen(50, begun=50)}

    found = simulate(model(content), Past(seen), runs=400, seed=1)

    assert found.load["modtagelse"] == pytest.approx(0.5, abs=0.06)


def test_the_same_seed_gives_the_same_figures_and_another_does_not():
    one, same, other = (simulated(with_deadline("P2D"), seed=seed) for seed in (1, 1, 2))

    assert one == same
    assert one.deadlines != other.deadlines


def test_what_nothing_was_seen_of_is_named_as_assumed():
    content = d.process(
        d.start(), d.choice("g"), d.user("a"), d.user("b"), d.end(), flows="start g, g a if =x, g b else, a end, b end"
    )

    found = simulated(content)

    assert found.assumed == {("p", "a"), ("p", "b")}
    assert found.guessed == {("p", "g")}


def test_ways_are_taken_as_often_as_they_were():
    content = d.process(
        d.start(), d.choice("g"), d.user("a", **LANE), d.user("b", camunda_candidateGroups="ppr"), d.end(),
        flows="start g, g a if =x, g b else, a end, b end",
    )  # fmt: skip

    found = simulated(content, [("a", 90, 1), ("b", 10, 1)], runs=400)

    assert found.load["modtagelse"] == pytest.approx(0.9, abs=0.05)


def test_a_parallel_join_waits_for_the_longest():
    content = d.process(
        d.start(), d.node("parallelGateway", "s"), d.user("a"), d.user("b"), d.node("parallelGateway", "j"), d.end(),
        flows="start s, s a, s b, a j, b j, j end",
    )  # fmt: skip

    assert simulated(content, [("a", 9, 3), ("b", 9, 20)]).half == about(weeks=4)


def test_an_inclusive_join_waits_for_what_can_still_come():
    content = d.process(
        d.start(), d.node("inclusiveGateway", "s"), d.user("a"), d.user("b"), d.node("inclusiveGateway", "j"),
        d.user("c"), d.end(),
        flows="start s, s a if =x, s b if =y, a j, b j, j c, c end",
    )  # fmt: skip

    found = simulated(content, [("s", 10, 0), ("a", 10, 3), ("b", 10, 20), ("c", 10, 1)])

    assert found.half == about(weeks=4, days=1)
    assert found.load == {"": 3.0}


def test_a_timer_of_the_diagram_interrupts():
    late = d.boundary("tid", "a", d.timer("P3D"))
    content = d.process(
        d.start(), d.user("a"), late, d.end("faerdig"), d.end("afbrudt"), flows="start a, a faerdig, tid afbrudt"
    )

    found = simulated(content, [("a", 9, 20)])

    assert found.most < timedelta(days=4.1)
    assert found.unfinished == 0


def test_an_inner_process_ends_before_what_comes_after_it():
    inside = d.with_flows((d.start("s2"), d.user("a"), d.end("e2")), "s2 a, a e2")
    content = d.process(d.start(), d.node("subProcess", "i", inside), d.user("b"), d.end(), flows="start i, i b, b end")

    assert simulated(content, [("a", 9, 5), ("b", 9, 2)]).half == about(weeks=1, days=3)


def test_a_ring_comes_to_an_end_or_is_counted_as_unfinished():
    content = d.process(d.start(), d.user("a"), d.choice("g"), d.end(), flows="start a, a g, g a if =x, g end else")

    assert simulated(content, [("a", 100, 1), ("end", 50, 0)], runs=50).unfinished == 0
    assert simulated(content, [("a", 100, 1), ("end", 0, 0)], runs=3).unfinished == 3


def test_the_interval_says_how_little_is_known():
    assert interval(5, 10) == pytest.approx((0.237, 0.763), abs=0.001)
    assert interval(0, 0) == (0.0, 1.0)


def test_a_way_back_is_taken_as_often_as_it_was():
    content = d.process(
        d.start(), d.user("a", **LANE), d.choice("g"), d.end(), flows="start a, a g, g a if =x, g end else"
    )

    found = simulated(content, [("start", 100, 0), ("a", 110, 1), ("g", 110, 0), ("end", 100, 0)], runs=400)

    assert found.load["modtagelse"] == pytest.approx(1.1, abs=0.06)


def test_a_way_back_into_a_branch_is_told_from_what_the_split_brings():
    content = d.process(
        d.start(), d.node("parallelGateway", "s"), d.user("a", **LANE), d.user("b"), d.choice("g"),
        d.node("parallelGateway", "j"), d.end(), flows="start s, s a, s b, a g, g a if =x, g j else, b j, j end",
    )  # fmt: skip
    seen = [(name, 100, 0) for name in ("start", "s", "j", "end")] + [("a", 120, 1), ("g", 120, 0), ("b", 100, 1)]

    found = simulated(content, seen, runs=400)

    assert found.load["modtagelse"] == pytest.approx(1.2, abs=0.08)


@pytest.mark.parametrize(("days", "is_later"), [("P1D", True), ("P5D", False)])
def test_what_is_late_more_often_is_told_from_chance(days, is_later):
    history = {("p", "a"): Seen(50, 50, [Lasted(number % 5, NOON) for number in range(50)])}
    draft, released = (
        simulate(model(with_deadline(one, calendar="working-days")), Past(history), runs=60, seed=seed).deadlines[0]
        for one, seed in ((days, 1), ("P3D", 2))
    )

    assert (draft.is_later_than(released), released.is_later_than(draft)) == (is_later, not is_later)
    assert not draft.is_later_than(draft)
