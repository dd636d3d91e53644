"""Draws models at random, such that a sound one is found within a few tries."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from tests.proof.blocks import (
    COUNTS,
    FLAGS,
    LISTS,
    Block,
    Boundary,
    Call,
    Cross,
    End,
    Escalate,
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
    ends,
    starts_with_task,
)


@dataclass
class Place:
    """Where in a model something is drawn: what may be thrown here, and whether a token may end here."""

    depth: int
    may_end: bool = True  # not inside a parallel block of the same scope
    errors: tuple[str, ...] = ()
    escalations: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    loop: bool = False  # inside a loop of the same scope, with no parallel or inclusive block between
    straight: bool = True  # only sequences and choices between here and the scope: a second token may run on from here

    def deeper(self, **changes: Any) -> Place:
        return Place(**{**self.__dict__, "depth": self.depth - 1, **changes})


class Drawer:
    def __init__(self, rnd: random.Random, size: int):
        self.rnd, self.left, self.count = rnd, size, 0
        self.throws: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}  # by process: errors, escalations

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def model(self) -> Model:
        called: dict[str, Block] = {}
        budget = self.left
        for k in range(self.rnd.choice((0, 0, 1, 2, 3))):  # each may call those before it: three deep at most
            self.left = budget // 4
            name = f"called{k}"
            errors = ("E1",) if self.rnd.random() < 0.4 else ()
            escalations = ("S1",) if self.rnd.random() < 0.4 else ()
            self.throws[name] = (errors, escalations)
            called[name] = self.seq(
                Place(2, errors=errors, escalations=escalations, calls=tuple(called)), first_task=True
            )
        self.left = budget
        at, shape = Place(4, calls=tuple(called)), self.rnd.random()
        if shape < 0.4:
            return Model(self.seq(at, first_task=self.rnd.random() < 0.7), called)
        body = self.seq(at.deeper(straight=False, loop=True, may_end=shape < 0.75), first_task=True)
        main: Block = Loop(self.name("l"), "repeat", self.rnd.choice(FLAGS), body)  # a long life
        if shape >= 0.75:  # beside a branch that stays open
            main = Par(self.name("p"), [Task(self.name("u"), "user"), Seq([Task(self.name("u"), "user"), main])])
        return Model(main, called)

    def seq(self, at: Place, *, first_task: bool = False) -> Block:
        items: list[Block] = [self.task(at)] if first_task else []
        for _ in range(self.rnd.choice((1, 1, 2, 2, 3)) - len(items)):
            items.append(self.block(at))
            if ends(items[-1]):
                break
        last = items[-1]
        if not ends(last) and self.rnd.random() < (0.25 if at.errors or at.escalations else 0.05):
            self._add_end(items, at)
        return items[0] if len(items) == 1 else Seq(items)

    def _add_end(self, items: list[Block], at: Place) -> None:
        kinds = ["terminate"] + ["plain"] * (2 * at.may_end)
        if at.errors:
            kinds += ["error"] * 5
        if at.escalations and at.may_end:
            kinds += ["escalation"] * 3
        kind = self.rnd.choice(kinds)
        code = (
            self.rnd.choice(at.errors)
            if kind == "error"
            else self.rnd.choice(at.escalations)
            if kind == "escalation"
            else ""
        )
        items.append(End(self.name("end"), kind, code))

    def task(self, at: Place) -> Block:
        kind = self.rnd.choice(("user",) * 6 + ("receive", "message", "timer"))
        task = Task(self.name(kind[0]), kind)
        if kind in ("user", "receive") and at.depth > 0 and self.rnd.random() < 0.3:
            task.boundaries = self.boundaries(at, ())
        return task

    def boundaries(self, at: Place, thrown: tuple[tuple[str, str, bool], ...]) -> list[Boundary]:
        """Some events of the outside world, and one for each (trigger, code, interrupting) thrown inside."""
        out = []
        extra = [
            (self.rnd.choice(("timer", "cycle", "message", "signal", "conditional")), "", None)
            for _ in range(self.rnd.choice((0, 1, 1, 2) if thrown else (1, 1, 2, 3)))
        ]
        for trigger, code, must in (*thrown, *extra):
            interrupting = self.rnd.random() < 0.5 if must is None else must
            if trigger == "cycle":
                interrupting = False
            rejoin = "end"
            if interrupting:
                rejoin = self.rnd.choice(
                    (["end"] if at.may_end else []) + ["after", "after", "before", "skip"] + ["leave"] * 2 * at.loop
                )
            elif at.straight and self.rnd.random() < 0.3:
                rejoin = "after"
            inner = at.deeper(may_end=at.may_end if rejoin != "end" else True, straight=False, loop=False)
            handler = self.seq(inner, first_task=True) if self.rnd.random() < 0.8 else Seq([])
            if trigger in ("escalation", "error") and rejoin == "before" and not starts_with_task(handler):
                handler = self.task(inner.deeper())
            if trigger == "escalation" and not starts_with_task(handler):
                handler = self.task(inner.deeper())
            out.append(Boundary(self.name("b"), trigger, interrupting, handler, rejoin, code))
        return out

    def block(self, at: Place) -> Block:
        self.left -= 1
        if at.depth <= 0 or self.left <= 0:
            return self.task(at.deeper())
        kinds = [
            "task",
            "task",
            "xor",
            "xor",
            "par",
            "par",
            "inc",
            "loop",
            "loop",
            "sub",
            "sub",
            "multi",
            "stdloop",
            "gate",
            "cross",
        ]
        if at.calls:
            kinds += ["call", "call"]
        if at.escalations:
            kinds += ["escalate"] * 4
        return getattr(self, "_" + self.rnd.choice(kinds))(at)

    def _task(self, at: Place) -> Block:
        return self.task(at)

    def _branches(self, at: Place, low: int, high: int, empty: float = 0.15) -> list[Block]:
        n = self.rnd.randint(low, high)
        return [Seq([]) if self.rnd.random() < empty else self.seq(at, first_task=True) for _ in range(n)]

    def _xor(self, at: Place) -> Block:
        n = self.rnd.randint(2, 3)
        branches = [Seq([]) if self.rnd.random() < 0.2 else self.seq(at.deeper()) for _ in range(n)]
        return Xor(self.name("x"), [self.rnd.choice(FLAGS) for _ in branches[1:]], branches, self.rnd.random() < 0.6)

    def _cross(self, at: Place) -> Block:
        a, b, c, d = (self.seq(at.deeper(straight=False), first_task=True) for _ in range(4))
        return Cross(self.name("c"), self.rnd.choice(FLAGS), self.rnd.choice(FLAGS), a, b, c, d)

    def _par(self, at: Place) -> Block:
        branches = self._branches(at.deeper(may_end=False, straight=False, loop=False), 2, 3, empty=0.05)
        if not any(starts_with_task(b) for b in branches):
            branches[0] = self.task(at.deeper())
        drawn = self.rnd.choice(("plain", "fused", "split2", "join2"))
        return Par(self.name("p"), branches, drawn if len(branches) > 2 or drawn == "fused" else "plain")

    def _inc(self, at: Place) -> Block:
        branches = self._branches(at.deeper(straight=False, loop=False), 2, 3, empty=0)
        return Inc(self.name("i"), [self.rnd.choice(FLAGS) for _ in branches[1:]], branches)

    def _loop(self, at: Place) -> Block:
        form = self.rnd.choice(("repeat", "until", "while", "mixed", "break"))
        at = at.deeper(straight=False, loop=True)
        body = self.seq(at, first_task=True)
        second = self.seq(at, first_task=True) if form == "break" else None
        return Loop(
            self.name("l"), form, self.rnd.choice(FLAGS), body, self.rnd.choice(FLAGS), second, self.rnd.random() < 0.4
        )

    def _scope(self, at: Place) -> tuple[Place, tuple[tuple[str, str, bool], ...]]:
        """A place inside a new scope, and what the activity around it must catch."""
        thrown: list[tuple[str, str, bool]] = []
        if self.rnd.random() < 0.35:
            thrown.append(("error", self.rnd.choice(("E1", "E2")), True))
        if self.rnd.random() < 0.3:
            thrown.append(("escalation", self.rnd.choice(("S1", "S2")), self.rnd.random() < 0.4))
        errors = tuple({*at.errors, *(c for t, c, _ in thrown if t == "error")})
        escalations = tuple({*at.escalations, *(c for t, c, _ in thrown if t == "escalation")})
        return at.deeper(
            may_end=True,
            straight=True,
            loop=False,
            errors=tuple(sorted(errors)),
            escalations=tuple(sorted(escalations)),
        ), tuple(thrown)

    def _sub(self, at: Place) -> Block:
        inner, thrown = self._scope(at)
        sub = Sub(self.name("s"), self.seq(inner, first_task=True))
        if thrown or self.rnd.random() < 0.5:
            sub.boundaries = self.boundaries(at, thrown)
        return sub

    def _call(self, at: Place) -> Block:
        call = Call(self.name("k"), self.rnd.choice(at.calls))
        errors, escalations = self.throws[call.process]
        thrown = [("error", c, True) for c in errors if c not in at.errors or self.rnd.random() < 0.5]
        thrown += [("escalation", c, self.rnd.random() < 0.4) for c in escalations if self.rnd.random() < 0.7]
        if thrown or self.rnd.random() < 0.4:
            call.boundaries = self.boundaries(at, tuple(thrown))
        return call

    def _multi(self, at: Place) -> Block:
        inner, thrown = self._scope(at)
        body = self.seq(inner, first_task=True) if self.rnd.random() < 0.6 else None
        stop = self.rnd.choice(FLAGS) if self.rnd.random() < 0.25 else None
        multi = Multi(self.name("m"), self.rnd.random() < 0.4, self.rnd.choice(COUNTS + list(LISTS)[1:]), stop, body)
        thrown = thrown if body else ()
        if thrown or self.rnd.random() < 0.5:
            multi.boundaries = self.boundaries(at, thrown)
        return multi

    def _stdloop(self, at: Place) -> Block:
        inner, thrown = self._scope(at)
        body = self.seq(inner, first_task=True) if self.rnd.random() < 0.5 else None
        loop = StdLoop(
            self.name("o"), self.rnd.random() < 0.5, self.rnd.choice(FLAGS), self.rnd.choice((None, 2, 4)), body
        )
        thrown = thrown if body else ()
        if thrown or self.rnd.random() < 0.4:
            loop.boundaries = self.boundaries(at, thrown)
        return loop

    def _gate(self, at: Place) -> Block:
        kinds = [self.rnd.choice(("message", "timer", "receive")) for _ in range(self.rnd.randint(2, 3))]
        return EventGate(
            self.name("g"),
            [
                (Task(self.name(k[0]), k), Seq([]) if self.rnd.random() < 0.3 else self.seq(at.deeper(straight=False)))
                for k in kinds
            ],
        )

    def _escalate(self, at: Place) -> Block:
        return Seq([Escalate(self.name("t"), self.rnd.choice(at.escalations)), self.task(at)])


def random_model(seed: int, size: int = 12) -> Model:
    return Drawer(random.Random(seed), size).model()
