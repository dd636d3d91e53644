"""Many runs of a diagram by chance: what is certain comes out as it must, and what was seen comes out as often."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.studio import Folder
from casework.studio.simulation import Model, Seen, simulate
from casework.studio.simulation.sums import interval
from tests import diagrams as d

DAY = 86_400
LANE = {"camunda_candidateGroups": "modtagelse"}


def simulated(content, history=(), *, runs=100, seed=1):
    """`history`: element, passed, and the days that each of them took."""
    seen = {
        ("p", element): Seen(passed, passed if days else 0, [days * DAY] * 9 if days else [])
        for element, passed, days in history
    }
    return simulate(Model.of(Folder({"p.bpmn": content}, {}, {}, {"p": "p.bpmn"}), "p"), seen, runs=runs, seed=seed)


def with_deadline(duration):
    rule = f'<sag:deadline key="frist" class="LOV" duration="{duration}" law="bl136"/>'
    return d.process(d.start(), d.user("a", ext=rule, **LANE), d.end(), flows="start a, a end")


@pytest.mark.parametrize(("duration", "late"), [("P30D", 0.0), ("P2D", 1.0)])
def test_a_task_that_always_takes_ten_days(duration, late):
    found = simulated(with_deadline(duration), [("a", 50, 10)])

    (rule,) = found.deadlines
    assert rule.late == pytest.approx(late, abs=0.1)  # a tenth is drawn below the first decile
    assert rule.half == found.half == timedelta(days=10)
    assert (found.load, found.unfinished, found.assumed) == ({"modtagelse": 1.0}, 0, frozenset())


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

    assert simulated(content, [("a", 9, 3), ("b", 9, 20)]).half == timedelta(days=20)


def test_an_inclusive_join_waits_for_what_can_still_come():
    content = d.process(
        d.start(), d.node("inclusiveGateway", "s"), d.user("a"), d.user("b"), d.node("inclusiveGateway", "j"),
        d.user("c"), d.end(),
        flows="start s, s a if =x, s b if =y, a j, b j, j c, c end",
    )  # fmt: skip

    found = simulated(content, [("s", 10, 0), ("a", 10, 3), ("b", 10, 20), ("c", 10, 1)])

    assert found.half == timedelta(days=21)
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

    assert simulated(content, [("a", 9, 5), ("b", 9, 2)]).half == timedelta(days=7)


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
