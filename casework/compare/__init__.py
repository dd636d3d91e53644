"""Compares two versions of a process: diagrams, forms and decision tables, in words and cell by cell.

1. Take each file apart into items with facets (`bpmn_items`, `dmn_items`, `form_items`); nothing but the drawing is left out.
2. Pair the items and find every facet that differs (`pairing`).
3. Say it (`item_words`, `facet_words`, `value_words`, `sentences`); lay tables over each other (`grid`).

We compare by our own hands because bpmn-js-differ 3.2 misses what stands inside of an element (a timer that was 24 hours and
is 12), and because a change that nobody was told of is worse than one told too much: what these files have no word for is
told by its path and counts as affecting what happens.
"""

from casework.compare.change import Change, Comparison, Files, Kind, Part
from casework.compare.comparing import compare
from casework.compare.grid import Grid

__all__ = ["Change", "Comparison", "Files", "Grid", "Kind", "Part", "compare"]
