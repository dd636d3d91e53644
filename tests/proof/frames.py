"""The frames of the oracle's interpreter: running blocks, written from the BPMN 2.0 text, without any engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.proof.blocks import Block, ends

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.proof.oracle import Oracle

FRAMES: dict[type[Block], type[Frame]] = {}


Items = tuple[tuple[str, Any], ...]


@dataclass
class Enabled:
    """One thing that may happen next: a person completes a task, or a wait is told that its moment has come."""

    element: str
    items: Items
    happen: Callable[..., None]
    repeats: bool = False  # may be told `last=True`

    @property
    def key(self) -> tuple[str, Items]:
        return self.element, self.items


class Frame:
    """A running block. `done` and `died` tell the parent that the token left it, or ended inside it."""

    block: Any  # the block of this frame; each frame class knows its own kind

    def __init__(self, parent: Frame | None, scope: Scope, block: Any, oracle: Oracle):
        self.parent, self.scope, self.block, self.oracle = parent, scope, block, oracle
        self.kids: list[Frame] = []
        self.dead = False
        self.skips = 0  # how many elements after this one are passed over

    def alive(self) -> bool:
        frame: Frame | None = self
        while frame is not None:
            if frame.dead:
                return False
            frame = frame.parent
        return True

    def child(self, block: Block) -> Frame:
        kid = FRAMES[type(block)](self, self.scope, block, self.oracle)
        self.kids.append(kid)
        return kid

    def drop(self, kid: Frame) -> None:
        kid.dead = True
        self.kids = [k for k in self.kids if k is not kid]

    def enabled(self) -> Iterator[Enabled]:
        for kid in self.kids:
            yield from kid.enabled()

    def state(self) -> tuple[Any, ...]:
        """What is to be known of this frame; two frames with equal state behave alike."""
        own: list[tuple[str, Any]] = [
            (k, v) for k, v in sorted(self.__dict__.items()) if isinstance(v, int | str | tuple)
        ]
        own += [
            (k, [getattr(x, "id", x) for x in v]) for k, v in sorted(self.__dict__.items()) if k in ("armed", "todo")
        ]
        return type(self).__name__, id(self.block), str(own), sorted((kid.state() for kid in self.kids), key=str)

    def start(self) -> None:
        raise NotImplementedError

    def may_leave(self) -> bool:
        """Does a path lead from the token in here out of the block? (An inclusive join waits for no other tokens.)"""
        return all(kid.may_leave() for kid in self.kids)

    def done(self, kid: Frame) -> None:
        """By default a block is over when its only running part is."""
        self.drop(kid)
        self.finish()

    def died(self, kid: Frame) -> None:
        self.drop(kid)
        self.vanish()

    def finish(self) -> None:
        assert self.parent is not None
        if self.alive():
            self.parent.done(self)

    def vanish(self) -> None:
        assert self.parent is not None
        if self.alive():
            self.parent.died(self)

    def flag(self, name: str) -> bool:
        return bool(self.oracle.variables[name])


class Scope(Frame):
    """A process or subprocess instance: over when no token is left in it."""

    def __init__(self, host: Frame | None, oracle: Oracle, items: Items, body: Block):
        super().__init__(host, self, body, oracle)
        self.items, self.over = items, False

    def start(self) -> None:

        self.spawn(self.block)

    def spawn(self, block: Block) -> None:
        self.child(block).start()

    def done(self, kid: Frame) -> None:
        self.drop(kid)
        if not self.kids and not self.over:
            self.close()

    died = done

    def close(self) -> None:
        self.over = True
        if self.parent is not None and self.alive():
            self.parent.done(self)

    def terminate(self) -> None:
        for kid in self.kids:
            kid.dead = True
        self.kids = []
        self.close()

    def throw(self, trigger: str, code: str) -> None:
        """To the nearest enclosing activity that catches it."""
        host = self.parent
        while host is not None:
            if hasattr(host, "caught"):  # an activity
                caught = next((b for b in host.block.boundaries if (b.trigger, b.code) == (trigger, code)), None)
                if caught is not None:
                    host.caught(caught)
                    return
            host = host.parent
        assert trigger == "escalation", "an error that nothing catches"


class SeqFrame(Frame):
    def start(self) -> None:
        self.at = -1
        self.step()

    def step(self) -> None:
        self.at += 1
        if self.at == len(self.block.items):
            self.finish()
        else:
            self.child(self.block.items[self.at]).start()

    def may_leave(self) -> bool:
        return super().may_leave() and not any(ends(b) for b in self.block.items[self.at + 1 :])

    def done(self, kid: Frame) -> None:
        self.drop(kid)
        self.at += kid.skips
        self.step()


class XorFrame(Frame):
    def start(self) -> None:
        chosen = next(
            (b for f, b in zip(self.block.flags, self.block.branches, strict=False) if self.flag(f)),
            self.block.branches[-1],
        )
        self.child(chosen).start()


class CrossFrame(Frame):
    def start(self) -> None:
        self.second = False
        self.child(self.block.a if self.flag(self.block.first) else self.block.b).start()

    def may_leave(self) -> bool:
        return super().may_leave() and (self.second or not (ends(self.block.c) and ends(self.block.d)))

    def done(self, kid: Frame) -> None:
        self.drop(kid)
        if self.second:
            self.finish()
        else:
            self.second = True
            self.child(self.block.c if self.flag(self.block.second) else self.block.d).start()


class ParFrame(Frame):
    def branches(self) -> list[Block]:
        return self.block.branches

    def start(self) -> None:
        self.arrived = 0
        for kid in [self.child(b) for b in self.branches()]:
            if kid.alive():
                kid.start()

    def done(self, kid: Frame) -> None:
        self.drop(kid)
        self.arrived += 1
        if not self.kids:
            self.finish()


class IncFrame(ParFrame):
    def branches(self) -> list[Block]:
        chosen = [b for f, b in zip(self.block.flags, self.block.branches, strict=False) if self.flag(f)]
        return chosen or [self.block.branches[-1]]

    def may_leave(self) -> bool:
        return self.arrived > 0 or any(kid.may_leave() for kid in self.kids)

    def done(self, kid: Frame) -> None:
        self.drop(kid)
        self.arrived += 1
        self.check()

    def died(self, kid: Frame) -> None:
        self.drop(kid)
        if not self.kids and not self.arrived:
            self.vanish()
        else:
            self.check()

    def check(self) -> bool:
        """Fire once no token can reach the join any more; what still runs on its way to an end event runs on."""
        if not self.arrived or any(kid.may_leave() for kid in self.kids) or not self.alive():
            return False
        for kid in self.kids:
            kid.parent = self.scope
            self.scope.kids.append(kid)
        self.kids = []
        self.finish()
        return True


class LoopFrame(Frame):
    def start(self) -> None:
        self.second = False
        if self.block.form in ("while", "mixed") and not self.flag(self.block.flag):
            self.finish()
        else:
            self.child(self.block.body).start()

    def done(self, kid: Frame) -> None:
        self.drop(kid)
        flag = self.flag(self.block.flag)
        match self.block.form:
            case "break" if self.second:
                again = self.flag(self.block.flag2)
            case "break" if not flag:
                self.second = True
                self.child(self.block.second).start()
                return
            case "break":
                again = False
            case "until":
                again = not flag
            case _:
                again = flag
        if again:
            self.second = False
            self.child(self.block.body).start()
        else:
            self.finish()


class GateFrame(Frame):
    def start(self) -> None:
        self.waiting = True

    def may_leave(self) -> bool:
        return any(not ends(b) for _, b in self.block.branches) if self.waiting else super().may_leave()

    def enabled(self) -> Iterator[Enabled]:
        if self.waiting:
            for catch, branch in self.block.branches:
                yield Enabled(catch.id, self.scope.items, lambda branch=branch, **_: self.choose(branch))
        yield from super().enabled()

    def choose(self, branch: Block) -> None:
        self.waiting = False
        self.child(branch).start()


class EndFrame(Frame):
    def may_leave(self) -> bool:
        return False

    def start(self) -> None:
        match self.block.kind:
            case "plain":
                self.vanish()
            case "terminate":
                self.scope.terminate()
            case "error":
                self.scope.throw("error", self.block.code)
            case "escalation":
                self.scope.throw("escalation", self.block.code)
                self.vanish()


class EscalateFrame(Frame):
    def start(self) -> None:
        self.scope.throw("escalation", self.block.code)
        self.finish()
