"""A process as a tree of small dataclasses, each one part that a token enters and at most one token leaves.

Nothing here knows the engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

FLAGS = [f"v{i}" for i in range(6)]  # boolean variables
COUNTS = ["n0", "n1"]  # whole numbers, 0 to 3
LISTS = {f"list{k}": [f"c{i}" for i in range(k)] for k in range(4)}  # collections, constant


@dataclass
class Block:
    """One part of a process, entered by one token and left by at most one."""


@dataclass
class Boundary:
    """An event on an activity; `rejoin` says where its handler goes: own `end`, `after` the host, `before` it (retry), `skip`
    (after the element that follows the host), or `leave` (after the loop around the host)."""

    id: str
    trigger: str  # timer, cycle, message, signal, conditional, error, escalation
    interrupting: bool
    handler: Block
    rejoin: str = "end"
    code: str = ""


@dataclass
class Activity(Block):
    id: str
    boundaries: list[Boundary] = field(default_factory=list, kw_only=True)


@dataclass
class Task(Activity):
    kind: str = "user"  # user, receive; message, timer (catch events, without boundary events)


@dataclass
class Sub(Activity):
    body: Block


@dataclass
class Call(Activity):
    process: str


@dataclass
class Multi(Activity):
    """Multi-instance of a user task (`body` None) or of a subprocess; `stop` is the variable of the completion condition."""

    sequential: bool
    over: str  # a name of COUNTS (cardinality) or of LISTS (collection)
    stop: str | None
    body: Block | None


def item_name(block: Multi) -> str:
    """One of two names, so that nested items often share one."""
    return "item_" + "ab"[sum(map(ord, block.id)) % 2]


@dataclass
class StdLoop(Activity):
    before: bool
    flag: str
    maximum: int | None
    body: Block | None


@dataclass
class Seq(Block):
    items: list[Block]


@dataclass
class Xor(Block):
    id: str
    flags: list[str]  # one per branch but the last, which is the default
    branches: list[Block]
    merge: bool = True  # False: the branches run together in whatever comes next


@dataclass
class Cross(Block):
    """Two choices whose merges cross: A or B, then C or D, without a merge between them."""

    id: str
    first: str
    second: str
    a: Block
    b: Block
    c: Block
    d: Block


@dataclass
class Par(Block):
    id: str
    branches: list[Block]
    #: plain; split2: a second split, one join; join2: one split, a second join; fused: shares the gateway before
    drawn: str = "plain"


@dataclass
class Inc(Block):
    id: str
    flags: list[str]
    branches: list[Block]  # the last is the default


@dataclass
class Loop(Block):
    """repeat: body, again while flag. until: body, until flag. while / mixed: while flag, body. break: body, leave if flag,
    second, again while flag2."""

    id: str
    form: str
    flag: str
    body: Block
    flag2: str = "v0"
    second: Block | None = None
    direct: bool = False  # the back edge goes straight into the first task, without a merge


@dataclass
class EventGate(Block):
    id: str
    branches: list[tuple[Task, Block]]


@dataclass
class End(Block):
    """An end event inside a branch: plain, terminate, error or escalation."""

    id: str
    kind: str = "plain"
    code: str = ""


@dataclass
class Escalate(Block):
    id: str
    code: str


@dataclass
class Model:
    main: Block
    called: dict[str, Block]


def walk(node: Any) -> Iterator[Any]:
    """Every block and boundary event in a tree."""
    if is_dataclass(node):
        yield node
        for f in fields(node):
            yield from walk(getattr(node, f.name))
    elif isinstance(node, list | tuple):
        for part in node:
            yield from walk(part)
    elif isinstance(node, dict):
        for part in node.values():
            yield from walk(part)


def constructs(model: Model) -> set[str]:
    """The names of what a model contains, for counting coverage."""
    names = {_construct(node) for node in walk(model)} - {""}
    for process in model.called.values():
        if any(isinstance(e, End) and e.kind == "error" for e in walk(process)):
            names.add("error end event in called process")
        if any(isinstance(c, Call) for c in walk(process)):
            names.add("call activity in called process")
    if any(isinstance(p, Par) for lo in walk(model) if isinstance(lo, Loop) for p in walk(lo)):
        names.add("parallel inside loop")
    return names


def _construct(node: Any) -> str:
    match node:
        case Boundary():
            how = "interrupting" if node.interrupting else "non-interrupting"
            return f"boundary {node.trigger} {how}, rejoins {node.rejoin}"
        case Multi():
            kind = ("sequential " if node.sequential else "parallel ") + ("subprocess" if node.body else "task")
            return f"multi-instance {kind}" + (" with stop condition" if node.stop else "")
        case StdLoop():
            return f"standard loop of {'subprocess' if node.body else 'task'}"
        case Xor():
            return "exclusive" if node.merge else "exclusive, implicit merge"
        case Model() | Seq():
            return ""
    words = {Task: "{kind} task", Loop: "loop {form}", Par: "parallel {drawn}", End: "{kind} end event inside"}
    return words.get(type(node), type(node).__name__).format(**vars(node))


def ends(block: Block) -> bool:
    """No token ever leaves this block."""
    match block:
        case End():
            return True
        case Seq():
            return any(ends(b) for b in block.items)
        case Xor():
            return all(ends(b) for b in block.branches)
        case Cross():
            return all(ends(b) for b in (block.c, block.d)) or all(ends(b) for b in (block.a, block.b))
        case Par():
            return any(ends(b) for b in block.branches)
        case Inc():
            return all(ends(b) for b in block.branches)
        case EventGate():
            return all(ends(b) for _, b in block.branches)
        case Loop(form="repeat" | "until" | "break"):
            return ends(block.body)
    return False


def starts_with_task(block: Block) -> bool:
    match block:
        case Task():
            return True
        case Seq():
            return bool(block.items) and starts_with_task(block.items[0])
    return False


def size(model: Model) -> int:
    return sum(1 for _ in walk(model))
