"""Rows: which row of its lane each node stands in, by local search on the cost of `casework.layout.row_costs`."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING

from casework.layout.model import Kind
from casework.layout.row_costs import Board

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.layout.model import Edge, Node, Scope

_ROUNDS = 6
#: An own row far below, for event subprocesses, until gaps are closed.
_ASIDE = 8
_MOST_SHIFTED = 25
_STRAIGHT = 2
_ENOUGH = 1e-6

Move = tuple["Node", int]


def assign_rows(scope: Scope, crossing_weight: float, row_weight: float) -> None:
    """Set `row`, from 0 in each lane.

    1. First guess: the row of a node before it. 2. Rounds of moves that lower the cost: one node, a straight run, a swap, a
    new row. 3. Branches that could change places stand in the order in which they were written. 4. Gaps are closed.
    """
    board = Board(scope, crossing_weight, row_weight)
    _guess(board)
    search = _Search(board)
    for _ in range(_ROUNDS):
        if not sum([search.improve(node) for node in board.nodes]):
            break
    _restore_written_order(board)
    _close_gaps(board)


def _guess(board: Board) -> None:
    for node in board.nodes:
        if node.kind is not Kind.NOTE:
            before = [
                edge.source.anchor.row + (edge.source.host is not None)
                for edge in board.edges_of[node.id]
                if _leads_here(edge, node)
            ]
            base = before[0] if before else _ASIDE if node.is_event_subprocess else 0
            board.put(node, next(row for row in _around(base) if board.is_free(node, row)))
    for node in board.nodes:
        if node.kind is Kind.NOTE:
            explained = next((edge.target.anchor for edge in board.edges_of[node.id]), None)
            base = explained.row - 1 if explained else -1
            board.put(node, next(row for row in _around(base, -1) if board.is_free(node, row)))


def _leads_here(edge: Edge, node: Node) -> bool:
    is_flow = not edge.is_loop and not edge.is_association
    return is_flow and edge.target is node and edge.source.anchor.lane == node.lane


def _around(base: int, first: int = 1) -> Iterator[int]:
    for distance in count():
        yield base + first * distance
        yield base - first * distance


class _Search:
    """Tries moves and keeps those that lower the cost."""

    def __init__(self, board: Board) -> None:
        self.board = board
        #: Cost around a group of nodes, as long as nothing has moved.
        self.known: dict[frozenset[str], float] = {}

    def improve(self, node: Node) -> bool:
        """Try the rows of the lane and those near to what `node` is tied to; tell whether anything moved."""
        board = self.board
        has_improved = False
        rows = {other.row for other in board.lanes[node.lane]}
        near = self._near(node, rows)
        for row in sorted(near | rows, key=lambda row: (abs(row - node.row), row)):
            if row != node.row:
                has_improved |= self._try(node, row, is_near=row in near, is_row=row in rows)
        return has_improved

    def _near(self, node: Node, rows: set[int]) -> set[int]:
        tied = [end.anchor for edge in self.board.edges_of[node.id] for end in (edge.source, edge.target)]
        tied += self.board.partners[node.id]
        near = {node.row} | {other.row for other in tied if other.lane == node.lane}
        return {row + step for row in near for step in (-1, 0, 1)} | {min(rows) - 1, max(rows) + 1}

    def _try(self, node: Node, row: int, *, is_near: bool, is_row: bool) -> bool:
        if self._attempt([(node, row)]):
            return True
        if not is_near:
            return False
        run = self._straight_run(node)
        if len(run) > 1 and self._attempt([(other, row + other.row - node.row) for other in run]):
            return True
        there = self.board.cells.get((node.lane, row, node.column))
        if there and there.span == node.span == 1 and self._attempt([(node, row), (there, node.row)]):
            return True
        return is_row and self._open_row(node, row)

    def _open_row(self, node: Node, row: int) -> bool:
        below = [o for o in self.board.lanes[node.lane] if o.row >= row and o is not node]
        return len(below) <= _MOST_SHIFTED and self._attempt([(node, row), *((o, o.row + 1) for o in below)])

    def _straight_run(self, node: Node) -> list[Node]:
        """The nodes that stand on one line with `node` and should stay so."""
        seen, to_visit = {node.id: node}, [node]
        while to_visit:
            current = to_visit.pop()
            for edge in self.board.edges_of[current.id]:
                if edge.source.host or edge.is_loop:
                    continue
                other = edge.target if edge.source is current else edge.source
                is_beside = other.lane == current.lane and other.row == current.row
                is_tied = edge.is_association or self.board.weight[edge.id] > _STRAIGHT
                if other.id not in seen and is_beside and is_tied:
                    seen[other.id] = other
                    to_visit.append(other)
        return list(seen.values())

    def _attempt(self, moves: list[Move]) -> bool:
        """Do the moves together if there is room for them and the cost becomes lower."""
        board, group = self.board, [node for node, _ in moves]
        moving = frozenset(node.id for node in group)
        for node, row in moves:
            if any(board.cells[spot].id not in moving for spot in board.spots(node, row) if spot in board.cells):
                return False
        if moving not in self.known:
            self.known[moving] = board.cost_around(group)
        before = [(node, node.row) for node in group]
        self._move(moves)
        if board.cost_around(group) < self.known[moving] - _ENOUGH:
            self.known.clear()
            return True
        self._move(before)
        return False

    def _move(self, moves: list[Move]) -> None:
        for node, _ in moves:
            self.board.lift(node)
        for node, row in moves:
            self.board.put(node, row)


def _restore_written_order(board: Board) -> None:
    groups: dict[tuple[object, ...], list[Node]] = defaultdict(list)
    for node in board.scope.nodes:
        edges = board.edges_of[node.id]
        is_plain = node.span == 1 and node.kind is not Kind.NOTE and not node.boundary
        if is_plain and not any(edge.is_association for edge in edges):
            ends = sorted((edge.source.id, edge.target.id) for edge in edges)
            others = tuple(("" if a == node.id else a, "" if b == node.id else b) for a, b in ends)
            groups[node.lane, node.column, others].append(node)
    for alike in groups.values():
        for node, row in zip(alike, sorted(node.row for node in alike), strict=True):
            node.row = row


def _close_gaps(board: Board) -> None:
    for nodes in board.lanes.values():
        numbers = {row: number for number, row in enumerate(sorted({node.row for node in nodes}))}
        for node in nodes:
            node.row = numbers[node.row]
