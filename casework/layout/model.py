"""What is laid out: nodes and edges of one scope, which is a process or the inside of an expanded subprocess."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from casework.layout.text import label_size

EVENT_SIZE, GATEWAY_SIZE = 36, 50
_EDGE_LABEL_WIDTH = 84

Box = tuple[float, float, float, float]
"""x, y, width, height"""
Point = tuple[float, float]
Cell = tuple[int, int]
"""Column band and row band of the grid (`casework.layout.grid`)."""


class Kind(StrEnum):
    """What a node looks like."""

    EVENT = "event"
    GATEWAY = "gateway"
    TASK = "task"
    SUBPROCESS = "subprocess"  #: Expanded, with its own scope inside.
    NOTE = "note"  #: A text annotation.


@dataclass(eq=False)
class Node:
    """A flow node or a note. (x, y) lies on the line of its row, in the middle of its width."""

    id: str
    kind: Kind
    name: str = ""
    lane: int = 0
    width: float = 0
    height: float = 0
    #: From the top edge down to the row's line; the middle, unless the flow goes on inside a subprocess.
    above: float = 0
    inner: Scope | None = None
    is_event_subprocess: bool = False
    is_exclusive: bool = False
    boundary: list[Node] = field(default_factory=list)
    #: The activity that a boundary event sits on; None for every other node.
    host: Node | None = None
    #: Of a boundary event: from the middle of its host.
    offset: float = 0
    label: Box | None = None
    label_size: tuple[float, float] = (0, 0)
    column: int = 0
    span: int = 1
    row: int = 0
    x: float = 0
    y: float = 0
    #: Sides in use: side -> "in" or "out".
    ports: dict[str, str] = field(default_factory=dict)

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.x - self.width / 2, self.y - self.above, self.width, self.height

    @property
    def below(self) -> float:
        """From the row's line down to the bottom edge."""
        return self.height - self.above

    @property
    def anchor(self) -> Node:
        """The node whose cell it uses: the host, for a boundary event."""
        return self.host or self


@dataclass(eq=False)
class Edge:
    """A sequence flow or an association."""

    id: str
    source: Node
    target: Node
    name: str = ""
    is_association: bool = False
    #: Runs against the reading direction.
    is_loop: bool = False
    path: list[Cell] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    label: Box | None = None

    @property
    def label_size(self) -> tuple[float, float]:
        """Width and height of its name."""
        return label_size(self.name, _EDGE_LABEL_WIDTH)


@dataclass(eq=False)
class Scope:
    """A process or an expanded subprocess. `nodes` holds no boundary events: their hosts have them."""

    nodes: list[Node]
    edges: list[Edge]
    #: The least height of each lane; one nameless lane where there are none.
    lane_heights: list[float] = field(default_factory=lambda: [0.0])
    width: float = 0
    height: float = 0
    #: y and height of each lane, once placed.
    lanes: list[tuple[float, float]] = field(default_factory=list)

    @property
    def flows(self) -> list[Edge]:
        """The sequence flows."""
        return [edge for edge in self.edges if not edge.is_association]

    def shift(self, dx: float, dy: float) -> None:
        """Move everything but what is inside of subprocesses."""
        for node in self.nodes:
            for shape in (node, *node.boundary):
                shape.x, shape.y = shape.x + dx, shape.y + dy
                shape.label = _shifted(shape.label, dx, dy)
        for edge in self.edges:
            edge.points = [(x + dx, y + dy) for x, y in edge.points]
            edge.label = _shifted(edge.label, dx, dy)


def _shifted(box: Box | None, dx: float, dy: float) -> Box | None:
    return box and (box[0] + dx, box[1] + dy, box[2], box[3])
