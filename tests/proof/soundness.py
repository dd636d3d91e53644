"""The promises under which the oracle holds."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from tests.proof.blocks import (
    Activity,
    Block,
    Boundary,
    Call,
    Cross,
    End,
    EventGate,
    Inc,
    Loop,
    Model,
    Par,
    Seq,
    Xor,
    ends,
    starts_with_task,
)


def sound(model: Model) -> bool:
    """The promises under which the oracle holds, for whatever `Drawer` and `smaller` make:

    - a token never dies inside a parallel block (its join would wait for ever);
    - what may run twice at once in one scope (the handler of a non-interrupting event, and what follows where it rejoins)
      has no parallel or inclusive gateway in that scope: tokens of the two would mix in its join;
    - what starts in parallel, repeats or handles an event begins with a task; an error is caught by something around it.
    """
    try:
        if _skips(model.main):
            return False
        _check(model.main, Standing(model), [])
    except ValueError:
        return False
    return True


@dataclass
class Standing:
    model: Model
    in_par: bool = False
    single: bool = True
    loop: bool = False
    errors: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()


def _joins(blocks: list[Block]) -> bool:
    """Is there a parallel or inclusive gateway among these, in their own scope?"""
    todo: list[Any] = list(blocks)
    while todo:
        node = todo.pop()
        if isinstance(node, Par | Inc):
            return True
        if isinstance(node, list | tuple):
            todo.extend(node)
        elif isinstance(node, Activity):
            todo.extend(b.handler for b in node.boundaries)
        elif is_dataclass(node):
            todo.extend(getattr(node, f.name) for f in fields(node))
    return False


def _check(block: Block | None, at: Standing, rest: list[Block] | None) -> None:
    """`rest` is what follows in this scope where that is a plain sequence, else None."""
    if block is None:
        return
    if isinstance(block, Activity):
        _check_activity(block, at, rest)
        return
    check = {
        Seq: _check_seq, Xor: _check_branches, Inc: _check_branches, Par: _check_branches, Cross: _check_cross,
        Loop: _check_loop, EventGate: _check_gate, End: _check_end,
    }.get(type(block))  # fmt: skip
    if check is not None:
        check(block, at, rest)


def _need(*promises: bool) -> None:
    if not all(promises):
        raise ValueError("not sound")


def _within(at: Standing, block: Block | None, rest: list[Block] | None = None, **changes: Any) -> None:
    _check(block, Standing(**{**at.__dict__, **changes}), rest)


def _check_activity(block: Activity, at: Standing, rest: list[Block] | None) -> None:
    for event in block.boundaries:
        _check_boundary(event, at, rest)
    fresh = {"in_par": False, "single": True, "loop": False}
    fresh["errors"] = at.errors | {b.code for b in block.boundaries if b.trigger == "error"}
    body = getattr(block, "body", None)
    if body is not None:
        _need(starts_with_task(body), not _skips(body))
        _within(at, body, [], **fresh)
    if isinstance(block, Call):
        called = at.model.called.get(block.process)
        _need(called is not None and starts_with_task(called), not _skips(called), block.process not in at.calls)
        _within(at, called, [], **fresh, calls=at.calls | {block.process})


def _check_boundary(event: Boundary, at: Standing, rest: list[Block] | None) -> None:
    _need(
        not (at.in_par and event.interrupting and event.rejoin == "end"),
        event.trigger != "escalation" or starts_with_task(event.handler),
        event.rejoin != "before" or event.trigger != "error" or starts_with_task(event.handler),
        event.rejoin != "leave" or at.loop,
        event.interrupting
        or event.rejoin == "end"
        or (event.rejoin == "after" and rest is not None and not _joins(rest)),
        not _skips(event.handler),
    )
    single = at.single and event.interrupting
    _within(at, event.handler, in_par=at.in_par and event.rejoin != "end", single=single, loop=False)


def _check_seq(block: Seq, at: Standing, rest: list[Block] | None) -> None:
    for i, part in enumerate(block.items):
        _need(not ends(part) or i == len(block.items) - 1)
        skips = isinstance(part, Activity) and any(x.rejoin == "skip" for x in part.boundaries)
        _need(not skips or (i + 1 < len(block.items) and not ends(block.items[i + 1])))
        _within(at, part, None if rest is None else [*block.items[i + 1 :], *rest])


def _check_branches(block: Xor | Inc | Par, at: Standing, rest: list[Block] | None) -> None:
    _need(
        len(block.branches) >= 2 and (isinstance(block, Par) or len(block.flags) == len(block.branches) - 1),
        isinstance(block, Xor) or at.single,
        not isinstance(block, Inc) or all(starts_with_task(b) for b in block.branches),
        not isinstance(block, Par) or all(starts_with_task(b) or b == Seq([]) for b in block.branches),
        not isinstance(block, Par) or len(block.branches) > 2 or block.drawn in ("plain", "fused"),
    )
    for b in block.branches:
        _need(not _skips(b))
        in_par = at.in_par or isinstance(block, Par)
        _within(at, b, rest if isinstance(block, Xor) else None, in_par=in_par, loop=at.loop and isinstance(block, Xor))


def _check_cross(block: Cross, at: Standing, _: object) -> None:
    for b in (block.a, block.b, block.c, block.d):
        _need(starts_with_task(b), not _skips(b))
        _within(at, b)
    _need(not (ends(block.a) or ends(block.b)))


def _check_loop(block: Loop, at: Standing, _: object) -> None:
    _need(
        starts_with_task(block.body) and (block.second is None or starts_with_task(block.second)),
        (block.form == "break") == (block.second is not None),
        not ends(block.body) and not (block.second and ends(block.second)),
        not _skips(block.body) and not _skips(block.second),
    )
    _within(at, block.body, loop=True)
    _within(at, block.second, loop=True)


def _check_gate(block: EventGate, at: Standing, _: object) -> None:
    _need(len(block.branches) >= 2)
    for _, b in block.branches:
        _need(not _skips(b))
        _within(at, b)


def _check_end(block: End, at: Standing, _: object) -> None:
    _need(block.kind != "error" or block.code in at.errors, not at.in_par or block.kind in ("terminate", "error"))


def _skips(block: Block | None) -> bool:
    return isinstance(block, Activity) and any(b.rejoin == "skip" for b in block.boundaries)
