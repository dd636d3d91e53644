"""Moving an instance to another version: it stands as the new diagram could have brought it to stand, or stays with a reason."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import pytest

from casework.engine import Begin, Complete, Fire, advance, compile_definition, standing, start
from casework.engine.moving import CannotMoveError, move
from casework.engine.moving_branches import Branches
from casework.engine.moving_pairs import paired, propose, turned
from tests import diagrams as d
from tests.proof import moved as proof

KNOWN = {"variables": {}, "facts": {}, "now": None}
SPLIT = "split", "join"


class Instance:
    def __init__(self, *xml, name="p"):
        self.definition = compile_definition(name, list(xml))
        self.state = start(self.definition, **KNOWN).state

    def stands(self):
        return standing(self.definition, self.state)

    def open(self):
        return sorted(s.element_id for s in self.stands())

    def do(self, *names):
        for name in names:
            stands = next(s for s in self.stands() if s.element_id == name)
            event = Fire(stands.task_id, name) if stands.kind == "wait" else Complete(stands.task_id)
            step = advance(self.definition, self.state, event, **KNOWN)
            self.state, self.is_completed = step.state, step.is_completed
        return self

    def move(self, *xml, also=(), back=None, branches=Branches.STAY):
        new = compile_definition(self.definition.process_id, list(xml))
        pairs = paired(propose(self.definition, new)) | {("p", a): ("p", b) for a, b in also}
        pairs = pairs if back is None else turned(back)
        self.moved = move(self.definition, new, self.state, pairs, branches=branches, **KNOWN)
        self.pairs, self.definition, self.state = pairs, new, self.moved.state
        if self.moved.begins:
            self.state = advance(new, self.state, Begin(self.moved.begins), **KNOWN).state
        return self


def row(*nodes, flows):
    return d.process(d.start(), *nodes, d.end(), flows=flows)


def ab(*more, flows="start a, a b, b end"):
    return row(d.user("a"), d.user("b"), *more, flows=flows)


def reminded(event="late", text="P5D", **more):
    nodes = d.user("a"), d.user("b"), d.boundary(event, "a", d.timer(text), interrupting=False, **more), d.user("r")
    return d.process(d.start(), *nodes, d.end(), d.end("e2"), flows=f"start a, a b, b end, {event} r, r e2")


def parallel(*branches, before="v"):
    """Each branch is a row of tasks between one split and one join."""
    names = [name for branch in branches for name in branch.split()]
    gates = [d.node("parallelGateway", name) for name in SPLIT]
    flows = [f"start {before}", f"{before} split", "join z", "z end"]
    for branch in branches:
        way = ["split", *branch.split(), "join"]
        flows += [f"{one} {other}" for one, other in pairwise(way)]
    tasks = [d.user(name) for name in (before, *names, "z")]
    return d.process(d.start(), *tasks, *gates, d.end(), flows=", ".join(flows))


def why(one, *xml, **more):
    before = one.state
    with pytest.raises(CannotMoveError) as refused:
        one.move(*xml, **more)
    assert one.state == before
    return [reason.text("en") for reason in refused.value.reasons]


def test_a_task_stays_the_same_task_and_goes_on_in_the_new_diagram():
    one = Instance(ab())
    (before,) = one.stands()

    one.move(ab(d.user("c"), flows="start a, a c, c b, b end"))

    assert one.stands()[0].task_id == before.task_id
    assert [(k.old.element_id, k.new.element_id) for k in one.moved.kept] == [("a", "a")]
    assert one.do("a").open() == ["c"]
    assert one.do("c", "b").is_completed


def test_a_task_with_a_new_id_is_found_by_its_name_and_else_by_hand():
    named = ab().replace(b'id="a"', b'id="x"').replace(b'"a"', b'"x"')
    renamed = row(d.user("x", camunda_formKey="F09"), d.user("b"), flows="start x, x b, b end")

    assert Instance(ab()).move(named).open() == ["x"]
    assert why(Instance(ab()), renamed) == ["It stands at A, which has no counterpart in the new version."]
    assert Instance(ab()).move(renamed, also=[("a", "x")]).do("x", "b").is_completed


def test_a_task_does_not_become_a_wait():
    waits = d.process(d.start(), d.catch("a", d.timer("P1D")), d.user("b"), d.end(), flows="start a, a b, b end")

    assert why(Instance(ab()), waits, also=[("a", "a")]) == ["A is another kind of step than A in the new version."]


def test_a_boundary_event_is_added_and_taken_away_again():
    one = Instance(ab())
    before = one.state

    one.move(reminded())
    assert [(s.element_id, s.wait.value) for s in one.moved.opened] == [("late", "P5D")]
    assert one.moved.hosts == {one.moved.opened[0].task_id: one.moved.kept[0].new.task_id}
    one.move(ab())

    assert [s.element_id for s in one.moved.closed] == ["late"]
    assert json.loads(one.state) == json.loads(before)


def test_an_event_that_has_come_does_not_come_again_whichever_way_it_is_moved():
    one = Instance(reminded()).do("late", "r")
    before = proof.shape(one.state)

    assert one.move(reminded(text="P9D")).open() == ["a"]
    assert one.move(ab()).open() == ["a"]
    assert one.move(reminded()).open() == ["a"]
    assert proof.shape(one.state) == before


def test_an_event_that_waits_goes_along_with_its_new_length():
    one = Instance(reminded())
    (late,) = [s for s in one.stands() if s.element_id == "late"]

    one.move(reminded(event="late", text="P9D"))

    assert [s.task_id for s in one.stands() if s.element_id == "late"] == [late.task_id]
    assert one.moved.opened == one.moved.closed == ()


def test_what_an_event_beside_has_started_stays_on_its_way():
    one = Instance(reminded()).do("late")

    assert why(one, ab(d.user("r"), flows="start a, a b, b r, r end")) == [
        "R lies on the way of an event beside an activity in one of the versions only."
    ]
    assert one.move(reminded(text="P1D")).do("r", "a", "b").is_completed


def test_a_token_at_a_join_goes_on_waiting_there_though_a_step_was_added_behind_it():
    one = Instance(parallel("a1 a2", "b1")).do("v", "a1", "a2")

    one.move(parallel("a1 a2 a3", "b1"))
    assert one.open() == ["b1"]
    one.move(parallel("a1 a2", "b1"), back=one.pairs)

    assert one.do("b1").open() == ["z"]


def test_a_branch_that_never_began_is_refused_unless_somebody_chooses():
    with pytest.raises(CannotMoveError) as refused:
        Instance(parallel("a", "b")).do("v").move(parallel("a", "b", "c1 c2"))

    assert refused.value.is_choice
    assert [reason.text("en") for reason in refused.value.reasons] == [
        "At the same time as A and B the new version has C1 and C2, which has not begun here."
    ]
    assert why(Instance(ab()), parallel("a", "b")) == [
        "At the same time as A the new version has B, which has not begun here."
    ]


def test_a_new_branch_begins_and_is_waited_for():
    one = Instance(ab()).move(parallel("a", "c1 c2"), branches=Branches.BEGIN, also=[("b", "z")])

    assert [element.id for element in one.moved.begun] == ["c1", "c2"]
    assert one.open() == ["a", "c1"]
    assert one.do("a", "c1", "c2").open() == ["z"]


def test_it_goes_on_without_a_new_branch():
    one = Instance(ab()).move(parallel("a", "c1 c2"), branches=Branches.SKIP, also=[("b", "z")])

    assert [element.id for element in one.moved.skipped] == ["c1", "c2"]
    assert one.open() == ["a"]
    assert one.do("a").open() == ["z"]


@pytest.mark.parametrize("branches", [Branches.BEGIN, Branches.SKIP])
def test_a_new_branch_is_taken_back_where_it_has_done_nothing(branches):
    one = Instance(parallel("a", "b")).do("v", "a")
    before = proof.shape(one.state)

    one.move(parallel("a", "b", "c1 c2"), branches=branches)
    one.move(parallel("a", "b"), back=one.pairs)

    assert proof.shape(one.state) == before
    assert one.do("b").open() == ["z"]


def test_a_new_branch_that_has_gone_on_is_not_taken_back():
    one = Instance(parallel("a", "b")).do("v")
    one.move(parallel("a", "b", "c1 c2"), branches=Branches.BEGIN).do("c1")

    assert why(one, parallel("a", "b")) == ["It stands at C2, which has no counterpart in the new version."]


def test_a_join_that_all_have_reached_in_the_new_version_is_refused():
    one = Instance(parallel("a", "b", "c")).do("v", "a", "b")

    assert "no counterpart" in why(one, parallel("a", "b"))[0]
    assert why(one, parallel("a", "b"), also=[("c", "z")]) == [
        "In the new version these cannot stand at the same time: C and Join."
    ]


def test_a_branch_that_is_done_is_let_go_of_where_the_new_version_has_none_and_counts_as_done_again_on_the_way_back():
    one = Instance(parallel("a1 a2", "b", "c")).do("v", "a1", "a2")
    before = proof.shape(one.state)

    one.move(parallel("b", "c"))
    assert one.open() == ["b", "c"]
    one.move(parallel("a1 a2", "b", "c"), back=one.pairs)

    assert proof.shape(one.state) == before
    assert one.do("b", "c").open() == ["z"]


def test_what_was_parallel_goes_on_one_after_the_other_where_one_is_left():
    in_a_row = row(*map(d.user, "vabz"), flows="start v, v a, a b, b z, z end")

    assert Instance(parallel("a", "b")).do("v", "a").move(in_a_row).do("b").open() == ["z"]
    assert why(Instance(parallel("a", "b")).do("v"), in_a_row) == [
        "In the new version these cannot stand at the same time: A and B."
    ]


def wrapped(inner="a", more=(), flows="start sub, sub b, b end", loop=""):
    names = inner.split()
    nodes = d.start("s") + "".join(map(d.user, names)) + d.end("t")
    ways = "".join(
        f'<bpmn:sequenceFlow id="i{n}" sourceRef="{one}" targetRef="{other}"/>'
        for n, (one, other) in enumerate(pairwise(["s", *names, "t"]))
    )
    left = [d.user(name) for name in ("a", "b") if name not in names]
    return row(d.node("subProcess", "sub", loop + nodes + ways), *left, *more, flows=flows)


def test_what_is_wrapped_in_an_activity_goes_on_inside_and_comes_out_again():
    one = Instance(ab())
    (before,), state = one.stands(), one.state

    one.move(wrapped())
    (inside,) = one.stands()
    assert (inside.task_id, inside.path) == (before.task_id, ("sub",))
    assert [k.new.element_id for k in one.moved.kept] == ["a"]
    one.move(ab(), back=one.pairs)

    assert proof.shape(one.state) == proof.shape(state)
    assert one.move(wrapped("a b", flows="start sub, sub end")).do("a").open() == ["b"]
    assert one.do("b").is_completed


def test_an_activity_that_is_taken_away_and_put_back_is_the_same_and_its_reminder_does_not_come_again():
    late = d.boundary("late", "sub", d.timer("P5D"), interrupting=False), d.user("r"), d.end("e2")
    drawn = wrapped(more=late, flows="start sub, sub b, b end, late r, r e2")
    one = Instance(drawn).do("late", "r")
    before = proof.shape(one.state), {task["host"] for task in json.loads(one.state)["inside"]}

    assert one.move(ab()).open() == ["a"]
    one.move(drawn, back=one.pairs)

    assert (proof.shape(one.state), {task["host"] for task in json.loads(one.state)["inside"]}) == before
    assert one.do("a", "b").is_completed


def test_what_is_wrapped_in_a_repeated_activity_is_refused():
    loop = '<bpmn:multiInstanceLoopCharacteristics camunda:collection="=[1, 2]" camunda:elementVariable="child"/>'

    assert why(Instance(ab()), wrapped(loop=loop)) == ["A lies inside another activity in the new version."]


def test_a_called_process_goes_along_with_a_mapping_of_its_own():
    def files(*inner, flows):
        call = d.node("callActivity", "call", calledElement="q")
        return d.process(d.start(), call, d.end(), flows="start call, call end"), d.process(
            d.start(), *inner, d.end(), flows=flows, name="q"
        )

    one = Instance(*files(d.user("x"), flows="start x, x end"))

    one.move(*files(d.user("y"), d.user("x"), flows="start y, y x, x end"))

    assert one.open() == ["x"]
    assert one.do("x").is_completed


def test_an_item_of_a_repetition_gets_the_name_that_the_new_diagram_reads():
    def over(item):
        loop = f'<bpmn:multiInstanceLoopCharacteristics camunda:collection="=[1, 2]" camunda:elementVariable="{item}"/>'
        return row(d.user("a", loop), flows="start a, a end")

    one = Instance(over("child"))

    one.move(over("person"))

    assert sorted(s.items["person"] for s in one.stands()) == [1, 2]
    assert one.do("a", "a").is_completed
    assert why(Instance(over("child")), row(d.user("a"), flows="start a, a end"), also=[("a", "a")]) == [
        "A is repeated in another way in the new version."
    ]


def test_an_ended_instance_is_refused():
    assert why(Instance(ab()).do("a", "b"), ab()) == ["The process has ended."]


@pytest.mark.parametrize("block", range(2))
def test_whatever_is_moved_is_complete_goes_back_and_on(block):
    went = [proof.moving(seed) for seed in range(block * 20, block * 20 + 20)]

    assert [one.problem for one in went if one.problem] == []
    assert Counter(one.how for one in went)["moved"] >= 5
    assert any(one.branches for one in went)
    assert sum(one.is_compared for one in went) >= 5


@pytest.mark.proof
@pytest.mark.parametrize("block", range(50))
def test_whatever_is_moved_is_complete_goes_back_and_on_over_five_thousand_versions(block):
    went = [proof.moving(seed) for seed in range(10_000 + block * 100, 10_000 + block * 100 + 100)]

    assert [one.problem for one in went if one.problem] == []


@pytest.mark.parametrize("seed", [10018, 10059])
def test_where_tokens_may_pile_up_a_way_to_where_it_stands_is_looked_for(seed):
    assert proof.moving(seed).how == "moved"


def test_the_proof_finds_tokens_that_cannot_stand_together(monkeypatch):
    monkeypatch.setattr("casework.engine.moving.misfit", lambda _: None)

    assert any(proof.moving(seed).problem for seed in (11, 24, 29))
