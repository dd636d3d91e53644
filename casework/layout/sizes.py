"""How large shapes are, before anything has a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.diagrams import bpmn, local
from casework.layout.model import Kind
from casework.layout.text import SHAPE_FONT, SHAPE_LINE, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.layout.model import Node, Scope

TASK_HEIGHT = 80
LABEL_WIDTH, BOUNDARY_LABEL_WIDTH = 96, 76
#: Left, top, right, bottom of what is inside of a subprocess.
SUBPROCESS_PADDING = (30, 34, 30, 16)
NOTE_WIDTH = 140
_TASK_WIDTHS = (100, 120, 140, 160)
_MOST_LINES = 3
_LEAST_LANE, _MOST_LANE_NAME = 120.0, 240.0


def task_width(tasks: Sequence[Any], hosts: set[str]) -> float:
    """One width for all tasks of a file: the smallest in which each name fits beside its icon and markers."""
    return next((w for w in _TASK_WIDTHS if all(_fits(task, w, hosts) for task in tasks)), _TASK_WIDTHS[-1])


def _fits(task: Any, width: float, hosts: set[str]) -> bool:
    name = task.get("name") or ""
    has_markers = local(task) == "callActivity" or task.find(bpmn("multiInstanceLoopCharacteristics")) is not None
    lines = wrap(name, width - 14, SHAPE_FONT)
    if len(lines) > (_MOST_LINES - 1 if has_markers or task.get("id") in hosts else _MOST_LINES):
        return False
    if len(lines) == _MOST_LINES and text_width(lines[0], SHAPE_FONT) > width - 52:  # beside the icon
        return False
    return all(text_width(part, SHAPE_FONT) <= width - 12 for part in name.replace("-", "- ").split())


def note_height(text: str) -> float:
    """Height of a note with `text`."""
    return max(30, len(wrap(text, NOTE_WIDTH - 16, SHAPE_FONT)) * SHAPE_LINE + 12)


def lane_height(name: str) -> float:
    """Least height in which the name of a lane fits, written upwards."""
    return max(_LEAST_LANE, min(_MOST_LANE_NAME, text_width(name, SHAPE_FONT) + 30))


def enclose(node: Node, inner: Scope) -> None:
    """Give an expanded subprocess the size of what is inside, which is placed already."""
    left, top, right, bottom = SUBPROCESS_PADDING
    node.inner = inner
    node.width = max(inner.width + left + right, text_width(node.name, SHAPE_FONT) + 40, 140)
    node.height = max(inner.height + top + bottom, 100)
    inner.shift(left + (node.width - left - right - inner.width) / 2, top)
    starts = [n.y for n in inner.nodes if n.column == 0 and n.kind is not Kind.NOTE]
    # The line of the only start: the outer flow goes on inside, straight.
    node.above = starts[0] if len(starts) == 1 else node.height / 2


def spread_boundary(host: Node) -> None:
    """Spread boundary events along the bottom edge; a task becomes wide enough for them and their names."""
    events = host.boundary
    if not events:
        return
    if host.inner is not None:
        for number, event in enumerate(reversed(events)):
            event.offset = host.width / 2 - 60 - number * 130
    elif len(events) == 1:
        events[0].offset = host.width / 2 - 28
    else:
        least = 30.0 if len(events) == 2 else 44.0  # noqa: PLR2004  the outer two have their names outside
        step = max([least] + [event.label_size[0] + 18 for event in events[1:-1]])
        host.width = max(host.width, 48 + step * (len(events) - 1))
        for number, event in enumerate(events):
            event.offset = -host.width / 2 + 24 + number * (host.width - 48) / (len(events) - 1)
