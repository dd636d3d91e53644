"""The rows of a saved state, as another version of the process would have saved them. See `state` for what a row is.

Ids of engine tasks stay, so that what waits outside (tasks, jobs, timers, subscriptions) goes on belonging to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from SpiffWorkflow.util.task import TaskState

from casework.engine.moving_branches import PLACED, Branches
from casework.engine.moving_pairs import named, unlike
from casework.engine.structure import structure_of
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.engine.definition import Definition
    from casework.engine.drawing import Flow
    from casework.engine.elements import Element, Key
    from casework.engine.steps import Branch
    from casework.i18n import Message

#: In the internal data of a token: joins and flows of tokens that stood beside it in another version.
ARRIVED = "arrived"
SPLIT, CHILD = ".BoundaryEventSplit", " [child]"


@dataclass(eq=False)
class Row:
    """One task of a saved state, with what it was in the old version: its spec, the spec of its scope, and the activity around.

    `made`: there was no such task; the new version draws this activity around what stands.
    """

    id: str
    parent: Row | None
    name: str
    state: int
    triggered: int
    internal: dict[str, Any]
    spec: Any = None
    home: Any = None
    around: Row | None = None
    made: Element | None = None

    @property
    def is_instance(self) -> bool:
        """One of the instances of a loop, whose token is that of the loop."""
        return self.name.endswith(CHILD)

    @property
    def stood(self) -> Element | None:
        """The element at which a token stood, or whose activity ran; None for what goes along with one."""
        element = self.spec.element if self.spec is not None else None
        return None if element is None or element.type == "boundaryEvent" else element


@dataclass(frozen=True)
class Arrived:
    """A token that waits at a join for others, as the version calls join and flow; `why` it has no place in the other version."""

    join: str
    flow: str
    why: tuple[Message, ...] = ()


@dataclass(eq=False)
class Scope:
    """A process or an activity that runs. `old` is None for an activity that the new version draws around what stands, `host` and
    `around` the activity's row and the scope that it is in. `is_whole`: nothing has come into it or gone out of it.
    """

    old: Any
    new: Any
    rows: list[Row]
    pairs: Mapping[Key, Key]
    definitions: tuple[Definition, Definition]
    host: Row | None = None
    around: Scope | None = None
    branches: Branches = Branches.STAY
    is_whole: bool = True
    #: Why it cannot be moved; `is_choice`: a person may choose what becomes of new branches.
    reasons: list[Message] = field(default_factory=list)
    is_choice: bool = False
    #: Rows that hold a token of this very scope, with the element that they stood at.
    tokens: list[tuple[Row, Element]] = field(default_factory=list)
    #: Tokens at joins of branches that the new version does not have, with what else would speak against them.
    let_go: list[Arrived] = field(default_factory=list)
    #: Branches to begin when it is moved, and elements of those that begin or are passed by.
    begins: list[Branch] = field(default_factory=list)
    begun: list[Element] = field(default_factory=list)
    skipped: list[Element] = field(default_factory=list)

    def counterpart(self, element: Element) -> Element | None:
        """Where it stands in the new version."""
        key = self.pairs.get(element.key)
        return self.definitions[1].elements.get(key) if key else None


def read_rows(saved: list[list[Any]], spec: Any, host: Row | None) -> list[Row]:
    """As `state` has written them for a scope with this spec, inside of this activity."""
    rows = [
        Row(id_, None, name, state, triggered, dict(internal), spec.task_specs[name], spec, host)
        for id_, _, name, state, triggered, internal in saved
    ]
    for row, (_, parent, *_) in zip(rows, saved, strict=True):
        row.parent = rows[parent] if parent >= 0 else None
    return rows


def written(rows: list[Row]) -> list[list[Any]]:
    """As `state` reads them."""
    number = {id(row): place for place, row in enumerate(rows)}
    return [
        [r.id, number[id(r.parent)] if r.parent is not None else -1, r.name, r.state, r.triggered, r.internal]
        for r in rows
    ]


def new_row(parent: Row | None, name: str, state: TaskState, internal: dict[str, Any] | None = None) -> Row:
    """A task that the new version has besides."""
    return Row(uuid4().hex, parent, name, int(state), 0, internal or {})


def unit_of(rows: list[Row], row: Row) -> list[Row]:
    """A token with all that belongs to it: the split before it, what waits at its boundary, the instances of its loop."""
    top = row.parent if row.parent is not None and row.parent.name.endswith(SPLIT) else row
    unit = [top]
    for other in unit:
        unit += [one for one in rows if one.parent is other]
    return unit


def place_arrived(scope: Scope, some: list[Arrived]) -> None:
    """Those wait at their joins again that were let go of when the instance was moved away."""
    for one in some:
        scope.rows.append(new_row(scope.rows[0], one.join, TaskState.WAITING, {"flow": one.flow}))
    for row, _ in scope.tokens:
        row.internal.pop(ARRIVED, None)


def let_go(scope: Scope, row: Row, element: Element, why: list[Message]) -> None:
    """Its branch is done, and the new version does not wait for it; who stands beside it remembers it for the way back."""
    one = Arrived(f"{element.process_id}:{element.id}", row.internal["flow"], tuple(why))
    scope.let_go.append(one)
    scope.rows.remove(row)
    scope.tokens = [(other, at) for other, at in scope.tokens if other is not row]


def remember_let_go(scope: Scope) -> None:
    """Once it is known that the others may stand without them."""
    for row, _ in scope.tokens if scope.let_go else []:
        row.internal[ARRIVED] = row.internal.get(ARRIVED, []) + [[one.join, one.flow] for one in scope.let_go]


def arrived_before(scope: Scope) -> list[Arrived]:
    """What was let go of by earlier moves, as those remember who stand in the scope."""
    found = {(join, flow): None for row, _ in scope.tokens for join, flow in row.internal.get(ARRIVED, [])}
    return [Arrived(join, flow) for join, flow in found]


def place_skipped(scope: Scope, flow: Flow) -> None:
    """The token of a branch that counts as done waits at its join."""
    process_id = structure_of(scope.new).nodes[flow.target].element.process_id
    branch = f"{scope.rows[0].id} {flow.source} {flow.target}"
    internal = {"flow": f"{process_id}:{flow.source}", PLACED: [branch, 1]}
    scope.rows.append(new_row(scope.rows[0], f"{process_id}:{flow.target}", TaskState.WAITING, internal))


def target_of(scope: Scope, element: Element) -> Element | None:
    """The new element, if it may stand there and lies in the same scope; else the reason is noted."""
    target = scope.counterpart(element)
    if target is None:
        scope.reasons.append(
            message("It stands at {name}, which has no counterpart in the new version.", name=named(element))
        )
        return None
    why = unlike(element, target)
    if why is None and target.id not in structure_of(scope.new).nodes:
        why = message("{name} lies inside another activity in the new version.", name=named(target))
    if why is not None:
        scope.reasons.append(why)
        return None
    return target
