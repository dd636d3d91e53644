"""Automatic layout of BPMN diagrams with pools, lanes, boundary events and expanded subprocesses.

1. Read nodes, flows, notes and lanes; subprocesses first, each then is one large node (`reading`, `sizes`).
2. Columns: flows that run back are marked, the longest path gives the columns (`columns`).
3. Rows inside lanes, by local search on a cost (`rows`, `row_costs`).
4. Edges over a grid of channels, by A*; in the channels side by side on tracks (`grid`, `ports`, `routing`, `tracks`).
5. Coordinates, labels, pools, and the diagram part of the file (`coordinates`, `labels`, `pools`, `picture`).

We chose our own because no library lays out lanes with boundary events (bpmn-auto-layout knows neither, elkjs no swimlanes),
knowing that message flows, data objects and groups are not drawn. Each run is a whole new layout: never run it over a
placement that a person has made without being asked. The same file always gives the same picture.
"""

from casework.layout.document import layout, not_drawn
from casework.layout.measures import Measures, measure

__all__ = ["Measures", "layout", "measure", "not_drawn"]
