"""A case may run for eighteen years: what a step costs may not depend on how many there were."""

from __future__ import annotations

from statistics import median

import pytest
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from casework.engine import compile_definition
from casework.engine.workflow import TokenWorkflow
from tests import diagrams as d
from tests.engine.bad_diagrams import line
from tests.proof.blocks import Call, Inc, Model, Multi, Seq, StdLoop, Sub
from tests.proof.cases import SIDE, Steps, again, beside, instead, user

ROUNDS = 500
SUB = Sub(
    "sub",
    Seq([user("a"), user("b")]),
    boundaries=[beside("n", "message", user("h")), instead("i", "timer", user("j"))],
)
CALLED = {
    "k3": user("x"),
    "k2": Seq([user("y"), Call("z", "k3")]),
    "k1": Seq([user("w"), Call("v", "k2")]),
}
EACH = Multi("m", sequential=False, over="list3", stop=None, body=user("i"))
CHOICE = Inc("i", ["v0", "v0"], [user("a"), user("b"), user("c")])
PROCESSES = {
    "loop of one task": (Model(again(user("a")), {}), ["a"]),
    "loop with a join beside an open branch": (SIDE, ["plan", "B", "A"]),
    "loop of a subprocess whose boundary event fires": (Model(again(user("s"), SUB), {}), ["s", "n", "h", "a", "b"]),
    "loop of a subprocess, interrupted": (Model(again(user("s"), SUB), {}), ["s", "a", "i", "j"]),
    "loop of three nested calls": (Model(again(user("s"), Call("k", "k1")), CALLED), ["s", "w", "y", "x"]),
    "loop of three parallel instances": (Model(again(user("s"), EACH), {}), ["s", "i", "i", "i"]),
    "standard loop of a task": (Model(StdLoop("o", before=False, flag="v0", maximum=None, body=None), {}), ["o"]),
    "repeating timer on an open task": (Model(user("u", beside("c", "cycle", user("h"))), {}), ["c", "h"]),
    "inclusive block in a loop": (Model(again(user("s"), CHOICE), {}), ["s", "a", "b"]),
}


@pytest.mark.parametrize("name", PROCESSES)
def test_costs_the_same_after_five_hundred_rounds(name):
    model, round_ = PROCESSES[name]
    steps = Steps(model)
    if model is SIDE:
        steps.do("go", v0=True)
    steps.seconds.clear()
    steps.sizes.clear()

    for _ in range(ROUNDS):
        steps.do(*round_, v0=True)

    assert max(steps.sizes[-len(round_) :]) <= max(steps.sizes[: 5 * len(round_)]) + 20
    assert max(steps.sizes) < 4_000
    assert median(steps.seconds[-100:]) < 3 * median(steps.seconds[:100])


def test_a_loop_of_five_thousand_rounds_is_not_over_before_it_is():
    steps = Steps(Model(again(user("a")), {}))

    for _ in range(5_000):
        steps.do("a", v0=True)

    assert not steps.engine.completed
    steps.do("a", v0=False)
    assert steps.engine.completed


def test_a_tree_deeper_than_the_engines_iterators_reach_is_not_over_before_it_is():
    definition = compile_definition("p", [line(d.user("a", '<bpmn:standardLoopCharacteristics loopMaximum="9"/>'))])
    workflow = TokenWorkflow(definition.spec, definition.subprocess_specs)
    task = workflow.task_tree
    for _ in range(2_000):
        task._set_state(TaskState.COMPLETED)
        task = Task(workflow, definition.spec.task_specs["p:a"], task, state=TaskState.READY)

    assert not workflow.is_completed()
    assert task in workflow.get_tasks(state=TaskState.READY)
