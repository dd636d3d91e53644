"""Random walks through any process: does it do the same whoever loads it, and does it always have something to do?

Each step is compacted, saved and loaded into another parsed copy, and compared with the same walk that is never reloaded.
Where the oracle of `tests/proof` knows what is right for drawn models, this only knows what must not differ.
"""

from casework.engine.walks.guesses import Guesses
from casework.engine.walks.walk import Problem, Walk, walk

__all__ = ["Guesses", "Problem", "Walk", "walk"]
