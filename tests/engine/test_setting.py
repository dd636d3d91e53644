"""Setting an instance to another element: afterwards it stands as the diagram itself could have brought it to stand."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from casework.engine import (
    CannotSetError,
    Cause,
    Complete,
    Fire,
    SetTo,
    Stuck,
    advance,
    compile_definition,
    standing,
    start,
)
from casework.engine.places import is_settable, places
from tests import diagrams as d
from tests.proof.driver import fresh_variables, sound_model
from tests.proof.engine import Lookup
from tests.proof.xml import to_xml

KNOWN = {"facts": {}, "now": None}
MOST_STEPS = 150


class Instance:
    """One of a drawn process; each step is loaded into another parsed copy."""

    def __init__(self, *xml, variables=None, evaluator=None, name="p"):
        self.copies = [compile_definition(name, list(xml)) for _ in range(2)]
        self.more = {"evaluator": evaluator} if evaluator else {}
        self.variables = variables if variables is not None else {}
        self.loads = 0
        self._take(start(self.copy, variables=self.variables, **KNOWN, **self.more))

    @property
    def copy(self):
        return self.copies[self.loads % 2]

    def _take(self, step):
        self.step, self.loads = step, self.loads + 1

    def apply(self, event):
        self._take(advance(self.copy, self.step.state, event, variables=self.variables, **KNOWN, **self.more))
        return self

    def stands(self):
        return [s for s in standing(self.copy, self.step.state) if s.kind != "activity"]

    def open(self):
        return sorted(s.element_id for s in self.stands() if not (s.wait and s.wait.attached_to))

    def do(self, *names):
        for name in names:
            stands = next(s for s in self.stands() if s.element_id == name)
            self.apply(Fire(stands.task_id, name) if stands.kind == "wait" else Complete(stands.task_id))
        return self

    def set_to(self, *at, after=False, **results):
        return self.apply(SetTo(at, after=after, results=results))


def in_a_row():
    return d.process(d.start(), d.user("a"), d.user("b"), d.user("c"), d.end(), flows="start a, a b, b c, c end")


def in_parallel(**more):
    nodes = [d.start(), d.user("v"), d.node("parallelGateway", "split"), d.user("a1"), d.user("a2"), d.user("b1")]
    nodes += [d.user("b2"), d.node("parallelGateway", "join"), d.user("e"), d.end()]
    flows = "start v, v split, split a1, a1 a2, a2 join, split b1, b1 b2, b2 join, join e, e end"
    return d.process(*nodes, flows=flows, **more)


def test_goes_back_and_forth_in_a_row():
    one = Instance(in_a_row()).do("a", "b")

    assert one.set_to("a").open() == ["a"]
    assert [(c.element_id, c.how) for c in one.step.closed] == [("c", "cancelled")]
    assert one.set_to("c").do("c").step.is_completed


def test_goes_on_behind_an_element_with_new_results():
    choice = d.process(
        d.start(), d.user("a"), d.choice("g"), d.user("b"), d.user("c"), d.end(),
        flows="start a, a g, g b if =way, g c else, b end, c end",
    )  # fmt: skip
    one = Instance(choice).do("a")

    assert one.open() == ["c"]
    assert one.set_to("a", after=True, way=True).open() == ["b"]
    assert one.step.variables["way"] is True


def test_another_branch_stays_where_it_is():
    one = Instance(in_parallel()).do("v", "a1", "b1")

    assert one.set_to("a1").open() == ["a1", "b2"]
    assert one.do("a1", "a2", "b2").open() == ["e"]


def test_a_branch_that_waits_at_the_join_can_go_back():
    one = Instance(in_parallel()).do("v", "a1", "a2")

    assert one.set_to("a1").open() == ["a1", "b1"]
    assert one.do("a1", "a2", "b1", "b2", "e").step.is_completed


def test_all_branches_are_left_for_what_is_before_or_behind_the_block():
    one = Instance(in_parallel()).do("v", "a1")

    assert one.set_to("e").open() == ["e"]
    assert one.set_to("v").open() == ["v"]
    assert one.do("v").open() == ["a1", "b1"]


def test_the_middle_of_a_block_whose_other_branches_have_gone_is_refused_by_name():
    one = Instance(in_parallel()).do("v", "a1", "a2", "b1", "b2")

    with pytest.raises(CannotSetError, match="A1 stands in a parallel block"):
        one.set_to("a1")
    assert one.open() == ["e"]


def test_behind_the_last_task_of_a_branch_its_token_waits_at_the_join():
    one = Instance(in_parallel()).do("v")

    assert one.set_to("a2", after=True).open() == ["b1"]
    assert one.do("b1", "b2").open() == ["e"]


def test_a_join_cannot_be_begun_by_itself():
    with pytest.raises(CannotSetError, match="Join cannot be begun by itself"):
        Instance(in_parallel()).set_to("join")


def test_what_does_not_exist_and_what_has_ended_is_refused():
    one = Instance(in_a_row())

    with pytest.raises(CannotSetError, match="no element hest"):
        one.set_to("hest")
    with pytest.raises(CannotSetError, match="has ended"):
        one.do("a", "b", "c").set_to("a")


def nested():
    inside = d.node("subProcess", "sub", d.start("s") + d.user("x") + d.user("y") + d.end("t") + flows("s x, x y, y t"))
    return d.process(
        d.start(), d.user("a"), inside, d.boundary("late", "sub", d.timer("P1D")), d.user("z"), d.end(),
        flows="start a, a sub, sub z, late z, z end",
    )  # fmt: skip


def flows(text):
    return "".join(
        f'<bpmn:sequenceFlow id="i_{pair.replace(" ", "_")}" sourceRef="{pair.split()[0]}" targetRef="{pair.split()[1]}"/>'
        for pair in text.split(", ")
    )


def test_an_activity_is_entered_in_its_middle_with_the_events_at_its_boundary():
    one = Instance(nested()).set_to("sub", "y")

    assert sorted(s.element_id for s in one.stands()) == ["late", "y"]
    assert one.do("y", "z").step.is_completed


def test_an_activity_that_runs_is_not_begun_anew():
    one = Instance(nested()).do("a", "x")
    (late,) = [s for s in one.stands() if s.element_id == "late"]

    one.set_to("sub", "x")

    assert [s.task_id for s in one.stands() if s.element_id == "late"] == [late.task_id]
    assert one.do("x", "y", "z").step.is_completed


def test_an_activity_is_left_with_everything_inside_and_at_its_boundary():
    one = Instance(nested()).do("a", "x").set_to("a")

    assert [s.element_id for s in one.stands()] == ["a"]
    assert sorted(c.element_id for c in one.step.closed) == ["late", "y"]


def test_the_inside_of_a_loop_begins_with_it():
    loop = "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2</bpmn:loopCardinality>"
    inside = (
        d.start("s") + d.user("x") + d.end("t") + flows("s x, x t") + f"{loop}</bpmn:multiInstanceLoopCharacteristics>"
    )
    drawn = d.process(
        d.start(), d.user("a"), d.node("subProcess", "sub", inside), d.end(), flows="start a, a sub, sub end"
    )

    with pytest.raises(CannotSetError, match="begins with it"):
        Instance(drawn).set_to("sub", "x")
    with pytest.raises(CannotSetError, match="several times at once"):
        Instance(drawn).do("a").set_to("sub", "x")
    assert Instance(drawn).set_to("sub").open() == ["x", "x"]


def test_what_an_event_beside_has_started_lives_on():
    reminded = d.process(
        d.start(), d.user("a"), d.boundary("t", "a", d.timer("P1D"), interrupting=False), d.user("r"), d.end("end_r"),
        d.user("b"), d.end(), flows="start a, a b, b end, t r, r end_r",
    )  # fmt: skip
    one = Instance(reminded).do("t")

    assert one.set_to("b").open() == ["b", "r"]
    assert one.do("r", "b").step.is_completed
    with pytest.raises(CannotSetError, match="follows an event that did not happen"):
        Instance(reminded).set_to("r")


def stroll(one, rnd, steps):
    for _ in range(steps):
        if one.step.is_completed:
            return
        one.variables.update(shaken(rnd))
        stands = rnd.choice(one.stands())
        event = (
            Complete(stands.task_id)
            if stands.kind == "user_task"
            else Fire(stands.task_id, stands.element_id, last=True)
        )
        one.apply(event)


def shaken(rnd):
    return {
        n: rnd.choice((0, 1, 2)) if n.startswith("n") else rnd.random() < 0.4 for n in fresh_variables() if n[0] != "l"
    }


def moved(seed):
    """Stroll a while through a random process, set it somewhere, and stroll on: how that went."""
    rnd = random.Random(seed)
    one = Instance(to_xml(sound_model(seed)), variables=fresh_variables(), evaluator=Lookup(), name="main")
    stroll(one, rnd, rnd.randint(0, 8))
    if one.step.is_completed:
        return "ended before"
    at = rnd.choice([at for at, _ in places(one.copy) if is_settable(one.copy, at)])
    try:
        one.set_to(*at, after=rnd.random() < 0.4)
    except CannotSetError:
        return "refused"
    except Stuck as stuck:
        return stuck.cause.value
    stroll(one, rnd, MOST_STEPS)
    return "ended" if one.step.is_completed else "goes on"


@pytest.mark.parametrize("block", range(15))
def test_a_random_process_that_was_set_anywhere_goes_on_to_its_end(block):
    went = Counter(moved(seed) for seed in range(block * 10, block * 10 + 10))

    assert went[Cause.STANDSTILL.value] == went[Cause.ENGINE.value] == 0
    assert went["ended"] >= went["goes on"]
    assert went["ended"] >= 1
