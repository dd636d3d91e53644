"""The frames of the oracle's interpreter for activities: boundary events, instances, loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.proof.blocks import COUNTS, LISTS, Block, Boundary, Seq, Sub, item_name
from tests.proof.frames import Enabled, Frame, Items, LoopFrame, Scope, SeqFrame

if TYPE_CHECKING:
    from collections.abc import Iterator


class ActivityFrame(Frame):
    """An activity with its boundary events: while it runs they wait; interrupted, its handler may take its place."""

    def start(self) -> None:
        self.running, self.rejoin = True, ""
        self.armed = [b for b in self.block.boundaries if b.trigger not in ("error", "escalation")]
        self.begin()

    def may_leave(self) -> bool:
        return self.running or super().may_leave()

    def begin(self) -> None:
        body = self.block.body if isinstance(self.block, Sub) else self.oracle.model.called[self.block.process]
        self.open(body, self.scope.items)

    def open(self, body: Block, items: Items) -> None:
        scope = Scope(self, self.oracle, items, body)
        self.kids.append(scope)
        scope.start()

    def enabled(self) -> Iterator[Enabled]:
        yield from super().enabled()
        for b in self.armed:
            yield Enabled(
                b.id, self.scope.items, lambda b=b, last=False: self.outside(b, last=last), repeats=not b.interrupting
            )

    def outside(self, b: Boundary, *, last: bool) -> None:
        if b.interrupting or last or b.trigger in ("timer", "conditional"):
            self.armed.remove(b)
        self.caught(b)

    def caught(self, b: Boundary) -> None:
        if not b.interrupting:
            self.scope.spawn(Seq([b.handler, *self.rest()]) if b.rejoin == "after" else b.handler)
            return
        for kid in list(self.kids):
            self.drop(kid)
        self.running, self.armed, self.rejoin = False, [], b.rejoin
        if b.rejoin == "end":
            self.scope.spawn(b.handler)
            self.vanish()
        else:
            self.child(b.handler).start()

    def rest(self) -> list[Block]:
        """What follows this activity in its scope."""
        out: list[Block] = []
        frame = self.parent
        while frame is not None and not isinstance(frame, Scope):
            if isinstance(frame, SeqFrame):
                out += frame.block.items[frame.at + 1 :]
            frame = frame.parent
        return out

    def done(self, kid: Frame) -> None:
        self.drop(kid)
        if not self.running:
            self.skips = int(self.rejoin == "skip")
            if self.rejoin == "before":
                self.start()
            elif self.rejoin == "leave":
                self.leave()
            else:
                self.finish()
        else:
            self.over(kid)

    def leave(self) -> None:
        loop = self.parent
        while not isinstance(loop, LoopFrame):
            assert loop is not None
            loop = loop.parent
        for kid in list(loop.kids):
            loop.drop(kid)
        loop.finish()

    def over(self, kid: Frame) -> None:
        self.complete()

    def complete(self) -> None:
        for kid in list(self.kids):
            self.drop(kid)
        self.running, self.armed = False, []
        self.finish()


class TaskFrame(ActivityFrame):
    def begin(self) -> None:
        pass

    def enabled(self) -> Iterator[Enabled]:
        if self.running:
            yield Enabled(self.block.id, self.scope.items, lambda **_: self.complete())
        yield from super().enabled()


class InstanceTask(Frame):
    """One instance of a looping user task."""

    items: Items

    def start(self) -> None:
        pass

    def enabled(self) -> Iterator[Enabled]:
        yield Enabled(self.block.id, self.items, lambda **_: self.finish())


class InstancesFrame(ActivityFrame):
    def instance(self, items: Items) -> None:
        if self.block.body is not None:
            self.open(self.block.body, items)
        else:
            task = InstanceTask(self, self.scope, self.block, self.oracle)
            task.items = items
            self.kids.append(task)


class MultiFrame(InstancesFrame):
    def begin(self) -> None:
        over, items = self.block.over, self.scope.items
        if over in COUNTS:
            self.todo = [items] * self.oracle.variables[over]
        else:
            self.todo = [tuple(sorted({**dict(items), item_name(self.block): value}.items())) for value in LISTS[over]]
        if not self.todo:
            self.complete()
        elif self.block.sequential:
            self.instance(self.todo.pop(0))
        else:
            todo, self.todo = self.todo, []
            for one in todo:
                self.instance(one)

    def over(self, kid: Frame) -> None:
        if (self.block.stop and self.flag(self.block.stop)) or not (self.kids or self.todo):
            self.complete()
        elif self.block.sequential:
            self.instance(self.todo.pop(0))


class StdLoopFrame(InstancesFrame):
    def begin(self) -> None:
        self.rounds = 0
        if self.block.before and not self.flag(self.block.flag):
            self.complete()
        else:
            self.instance(self.scope.items)

    def over(self, kid: Frame) -> None:
        self.rounds += 1
        if self.rounds == self.block.maximum or not self.flag(self.block.flag):
            self.complete()
        else:
            self.instance(self.scope.items)
