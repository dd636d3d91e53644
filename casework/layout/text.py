"""Text measured without a browser: advance widths of the Helvetica-like font that bpmn-js draws with."""

from __future__ import annotations

_WIDTHS_OF = (
    ("ijl|'", 0.22),
    ("It.,:;/!fI ()[]", 0.29),
    ("r-", 0.34),
    ("csxvzkyJ", 0.50),
    ("abdeghnopqu0123456789§L#$_?åøé", 0.56),
    ("FTZ+<>=", 0.60),
    ("ABEKPSVXYÅÆ&", 0.67),
    ("CDHNRUwæ", 0.72),
    ("GOQØ", 0.78),
    ("mMW%", 0.88),
    ("@", 1.0),
)
_WIDTH = {letter: width for letters, width in reversed(_WIDTHS_OF) for letter in letters}
_OTHER = 0.6
_BREAK = "\u200b"

#: Names beside events, gateways and flows are 11 px high; names inside of shapes 12 px.
LABEL_FONT, SHAPE_FONT = 11, 12
LABEL_LINE, SHAPE_LINE = 13.2, 14.4
#: So that the browser's own measures never wrap once more.
_SLACK, _PADDING = 1.04, 6


def text_width(text: str, font: float) -> float:
    """Width of one line in px at `font` px."""
    return sum(_WIDTH.get(letter, _OTHER) for letter in text) * font


def wrap(text: str, width: float, font: float) -> list[str]:
    """Lines of at most `width` px; a hyphen may end a line, a word that is too long stays whole."""
    lines, current = [], ""
    for word in text.replace("-", "-" + _BREAK).split():
        for number, part in enumerate(filter(None, word.split(_BREAK))):
            glue = " " if number == 0 and current else ""
            if current and text_width(current + glue + part, font) > width:
                lines.append(current)
                current = part
            else:
                current += glue + part
    return [*lines, current] if current or not lines else lines


def label_size(text: str, width: float) -> tuple[float, float]:
    """Width and height of a label wrapped at `width` px; nothing for no text."""
    if not text:
        return 0, 0
    lines = wrap(text, width, LABEL_FONT)
    widest = max(text_width(line, LABEL_FONT) for line in lines)
    return round(widest * _SLACK + _PADDING), round(len(lines) * LABEL_LINE + 1)
