"""Branches that the new version adds beside where an instance stands: its join would wait for a token that never was.

What becomes of them a person decides (`Branches`). A token that a move has placed is marked; where it has no place in the version
that the instance is moved to next, and has done nothing, it is taken away again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Any

from casework.engine.token_game import is_join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casework.engine.drawing import Flow, Node, Scope
    from casework.engine.markings import Markings

#: In the internal data of a token that was placed by a move: which branch it belongs to, and how many tokens that has.
PLACED = "placed"
#: Branches that are added beside one another in one process or activity; more are not looked for.
MOST = 3


class Branches(StrEnum):
    """What becomes of new branches beside where an instance stands."""

    STAY = "stay"  #: The instance stays on its version.
    BEGIN = "begin"  #: They begin when it is moved.
    SKIP = "skip"  #: It goes on without them: they count as done.


@dataclass(frozen=True)
class Lacking:
    """What would have to stand besides: `firsts` at the beginnings of the branches, or `lasts` waiting at their joins."""

    firsts: tuple[Flow, ...]
    lasts: tuple[Flow, ...]


def lacking(now: Markings, structure: Scope, places: list[int]) -> Lacking | None:
    """The fewest branches with which tokens may stand at `places`. None: there are none, or several choices of as many."""
    ways = [flow for node in structure.nodes.values() for flow in node.outgoing]
    firsts = _fewest(now, places, [f for f in ways if _splits(structure.nodes[f.source])])
    lasts = _fewest(now, places, [f for f in ways if _waits_for_all(structure.nodes[f.target])])
    return Lacking(firsts, lasts) if firsts and lasts else None


def steps_of(structure: Scope, found: Lacking) -> list[Node]:
    """The nodes on the branches."""
    ends = {flow.target for flow in found.lasts}
    seen: dict[str, Node] = {}
    todo = [flow.target for flow in found.firsts]
    while todo:
        name = todo.pop(0)
        if name not in ends and name not in seen:
            seen[name] = structure.nodes[name]
            todo += [flow.target for flow in structure.nodes[name].outgoing]
    return list(seen.values())


def without_placed(saved: dict[str, Any]) -> dict[str, Any] | None:
    """The saved state without what earlier moves have placed. None: there is nothing, or some of it has gone on since."""
    marks = _marks(saved)
    if not marks or has_gone_on(saved):
        return None
    rest = [{**one, "tasks": _kept(one["tasks"])} for one in saved["inside"] if not _is_placed(saved, one["host"])]
    return {**saved, "tasks": _kept(saved["tasks"]), "inside": rest}


def has_gone_on(saved: dict[str, Any]) -> bool:
    """Whether some tokens of a branch that a move has placed are no longer where it placed them."""
    marks = _marks(saved)
    counts = Counter(branch for branch, _ in marks)
    return any(counts[branch] != count for branch, count in marks)


def _marks(saved: dict[str, Any]) -> list[tuple[str, int]]:
    return [(*row[5][PLACED],) for rows in _scopes(saved) for row in rows if PLACED in row[5]]


def _fewest(now: Markings, places: list[int], flows: Iterable[Flow]) -> tuple[Flow, ...]:
    wanted = list(flows)
    for count in range(1, MOST + 1 if now.is_complete else 2):
        found = [some for some in combinations(wanted, count) if now.holds([*places, *map(now.place, some)])]
        if found:
            return found[0] if len(found) == 1 else ()
    return ()


def _splits(node: Node) -> bool:
    return node.type == "parallelGateway" and len(node.outgoing) > 1


def _waits_for_all(node: Node) -> bool:
    return node.type == "parallelGateway" and is_join(node)


def _is_placed(saved: dict[str, Any], host: str) -> bool:
    """Whether an activity was placed, or is inside of one that was."""
    around = {row[0]: None for row in saved["tasks"]}
    around |= {row[0]: one["host"] for one in saved["inside"] for row in one["tasks"]}
    marked = {row[0] for rows in _scopes(saved) for row in rows if PLACED in row[5]}
    at: str | None = host
    while at is not None:
        if at in marked:
            return True
        at = around[at]
    return False


def _scopes(saved: dict[str, Any]) -> Iterator[list[list[Any]]]:
    yield saved["tasks"]
    yield from (one["tasks"] for one in saved["inside"])


def _kept(rows: list[list[Any]]) -> list[list[Any]]:
    """Without marked rows, what hangs below them, and the splits that they hang below."""
    gone = {place for place, row in enumerate(rows) if PLACED in row[5]}
    gone |= {rows[place][1] for place in gone if rows[place][1] > 0}
    while more := {place for place, row in enumerate(rows) if row[1] in gone} - gone:
        gone |= more
    left = [place for place in range(len(rows)) if place not in gone]
    number = {old: new for new, old in enumerate(left)} | {-1: -1}
    return [[row[0], number[row[1]], *row[2:]] for row in (rows[place] for place in left)]
