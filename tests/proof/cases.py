"""The hard cases by name, and an engine that is driven by element ids."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from tests.proof.blocks import (
    Block,
    Boundary,
    Call,
    End,
    EventGate,
    Inc,
    Loop,
    Model,
    Multi,
    Par,
    Seq,
    StdLoop,
    Sub,
    Task,
    Xor,
)
from tests.proof.driver import fresh_variables
from tests.proof.engine import Engine


def user(name: str, *boundaries: Boundary) -> Task:
    return Task(name, "user", boundaries=list(boundaries))


def beside(name: str, trigger: str, handler: Block) -> Boundary:
    return Boundary(name, trigger, interrupting=False, handler=handler)


def instead(name: str, trigger: str, handler: Block, rejoin: str = "after", code: str = "") -> Boundary:
    return Boundary(name, trigger, interrupting=True, handler=handler, rejoin=rejoin, code=code)


def again(*body: Block) -> Loop:
    return Loop("l", "repeat", "v0", Seq(list(body)))


PLAN = again(user("plan", beside("bt", "timer", user("remind"))), Par("ps", [user("A"), user("B")]))
SIDE = Model(Seq([Par("P", [user("monitor"), Seq([user("go"), PLAN, user("close")])]), user("last")]), {})
HEAR = Seq([user("hear"), Par("q", [user("x"), Task("answer", "message")])])
GATE = EventGate("g", [(Task("reply", "message"), user("read")), (Task("late", "timer"), Seq([]))])
WAITING = Multi("m", sequential=False, over="list3", stop="v5", body=Seq([user("ask"), GATE]))
RUNNING = Sub(
    "case",
    Seq([user("first"), Multi("each", sequential=False, over="list3", stop=None, body=HEAR)]),
    boundaries=[instead("stop", "message", user("tidy")), beside("note", "signal", user("log"))],
)
INNER = Multi("dm", sequential=False, over="list2", stop=None, body=Seq([user("inner"), Call("k3", "c3")]))
DEEP: dict[str, Block] = {
    "c3": Seq([user("deep"), Xor("dx", ["v1"], [End("fail", "error", "E1"), user("fine")])]),
    "c2": Seq([user("middle"), INNER]),
    "c1": Seq([user("outer"), Par("dp", [user("side"), Seq([user("go2"), Call("k2", "c2")])])]),
}
HALT = Seq([user("halt"), End("t", "terminate")])
HALTED = Sub("sub", Seq([user("a"), Par("p", [Seq([user("b"), End("t", "terminate")]), Seq([user("c"), WAITING])])]))
REPAIRED = Call("k1", "c1", boundaries=[instead("be", "error", user("repair"), "before", "E1")])
CHOSEN = [user("a", instead("ba", "timer", user("ha"), "end")), user("b", instead("bb", "message", user("hb")))]
STOPPED = [instead("b", "message", Seq([])), instead("e", "error", user("h"), "before", "E1")]
LOOPING = StdLoop("o", before=True, flag="v1", maximum=4, body=Seq([user("a"), Call("k", "c3")]), boundaries=STOPPED)

CASES: dict[str, Model] = {
    "branch open for years beside a loop with a join": SIDE,
    "multi-instance with waits, stop condition": Model(Seq([again(user("s"), WAITING), user("end")]), {}),
    "interrupted subprocess with running instances": Model(again(user("s"), RUNNING), {}),
    "three calls deep, error caught outside": Model(Seq([user("s"), REPAIRED]), DEEP),
    "terminate over everything": Model(
        Seq([user("z"), Par("p", [HALT, Seq([user("s"), RUNNING]), Seq([user("r"), WAITING])])]), {}
    ),
    "terminate inside a subprocess in a loop": Model(again(user("s"), HALTED), {}),
    "inclusive join in loops, branch interrupted": Model(
        again(user("s"), Inc("i", ["v1", "v2"], [*CHOSEN, user("c")])), {}
    ),
    "standard loop of subprocess, interrupted": Model(again(user("s"), LOOPING), DEEP),
}


class Steps:
    """An engine driven by name; notes what each step cost."""

    def __init__(self, model: Model):
        self.variables: dict[str, Any] = fresh_variables()
        self.engine = Engine(model, self.variables)
        self.seconds: list[float] = []
        self.sizes: list[int] = []

    def ready(self) -> Counter[str]:
        return Counter(key[0] for key, _ in self.engine.enabled())

    def do(self, *elements: str, **variables: Any) -> None:
        self.variables.update(variables)
        for element in elements:
            key = next(k for k, _ in self.engine.enabled() if k[0] == element)
            begun = time.process_time()
            self.engine.happen(key, last=False)
            self.seconds.append(time.process_time() - begun)
            self.sizes.append(len(self.engine.state))
