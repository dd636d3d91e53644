"""Boards of leaders: what is counted, by what, and the lines behind each figure. Each board is one module beside this package."""

from casework.queries.boards.counting import Counted, Grouping, behind, counted
from casework.queries.boards.units import board_units, units_led

__all__ = ["Counted", "Grouping", "behind", "board_units", "counted", "units_led"]
