"""Letters: their words, and the accessible PDF that is made of them. Workers deliver them; trying out only looks at them."""

from casework.papers.letters.compose import Letter, Letterhead, compose, letter_data, read_letterhead, typeset_letter
from casework.papers.letters.wording import LetterError, Wording, blocks, filled, read_wording, worded

__all__ = [
    "Letter",
    "LetterError",
    "Letterhead",
    "Wording",
    "blocks",
    "compose",
    "filled",
    "letter_data",
    "read_letterhead",
    "read_wording",
    "typeset_letter",
    "worded",
]
