"""Waits: the outside tells one of them that its moment has come."""

from __future__ import annotations

import pytest

from casework.engine import Fire, NotStandingError, due_conditions
from tests import diagrams as d


def with_boundary(event, *, interrupting):
    nodes = [d.start(), d.user("a"), d.boundary("b", "a", event, interrupting=interrupting), d.user("h"), d.end()]
    return d.process(*nodes, flows="start a, a end, b h, h end", shared=d.MESSAGE)


def test_an_interrupting_event_takes_the_place_of_its_host(begin):
    case = begin(with_boundary(d.timer("P1D"), interrupting=True))

    step = case.fire("b")

    assert case.open() == ["h"]
    assert {(c.element_id, c.how) for c in step.closed} == {("a", "cancelled"), ("b", "completed")}
    assert ("a", "cancelled") in case.history


def test_a_message_beside_a_task_is_awaited_again(begin):
    case = begin(with_boundary(d.message(), interrupting=False))
    first = case.stands("b")[0].task_id

    case.fire("b")
    assert case.open() == ["a", "b", "h"]
    assert case.stands("b")[0].task_id != first

    case.fire("b", last=True)
    assert case.open() == ["a", "h", "h"]


@pytest.mark.parametrize("event", [d.timer("P1D"), d.timer("2026-12-01", "timeDate"), d.condition("=x")])
def test_what_happens_once_is_not_awaited_again(begin, event):
    case = begin(with_boundary(event, interrupting=False))

    case.fire("b")

    assert case.open() == ["a", "h"]


def test_a_cycle_is_awaited_again(begin):
    case = begin(with_boundary(d.timer("R/P1D", "timeCycle"), interrupting=False))

    case.fire("b")

    assert case.open() == ["a", "b", "h"]


def test_of_the_events_behind_a_gateway_one_happens(begin):
    nodes = [
        d.start(),
        d.node("eventBasedGateway", "g"),
        d.catch("svar", d.message()),
        d.catch("frist", d.timer("P1D")),
    ]
    case = begin(d.process(*nodes, d.end(), flows="start g, g svar, g frist, svar end, frist end", shared=d.MESSAGE))
    svar, frist = case.stands("svar")[0], case.stands("frist")[0]

    step = case.fire("frist")

    assert {(c.element_id, c.how) for c in step.closed} == {("svar", "cancelled"), ("frist", "completed")}
    assert step.is_completed
    assert svar.task_id == frist.task_id


def test_refuses_a_wait_that_no_longer_stands(begin):
    case = begin(with_boundary(d.timer("P1D"), interrupting=True))
    task_id = case.stands("b")[0].task_id
    case.complete("a")

    with pytest.raises(NotStandingError):
        case.apply(Fire(task_id, "b"))


def test_conditions_are_due_when_they_are_true(begin):
    case = begin(with_boundary(d.condition("=alvor > alder"), interrupting=True))
    known = case.definition, case.step.state
    key = case.stands("b")[0].key

    assert due_conditions(*known, {}, {}) == []
    assert due_conditions(*known, {"alvor": 3}, {"alder": 8}) == []
    assert due_conditions(*known, {"alvor": 9}, {"alder": 8}) == [key]


def test_an_event_says_whether_it_interrupts_and_whom(begin):
    wait = begin(with_boundary(d.message(), interrupting=False)).stands("b")[0].wait

    assert (wait.kind, wait.name, wait.attached_to, wait.interrupting) == ("message", "Svar", "a", False)
