"""Regular expressions in forms: only such as cannot hang the server on any answer.

Python's `re` backtracks and knows no time limit, so what could take long is refused before the form is released. The check
is an upper bound and refuses some harmless patterns; such a pattern can always be written more simply. We chose this over
a linear-time engine because it would be a compiled dependency for two or three fields.
"""

from __future__ import annotations

import re
import warnings
from functools import cache

from casework.i18n import Message, message

MAX_PATTERN = 300
#: Longest answer that a pattern is tried on, and so what an endless repetition counts for.
MAX_SUBJECT = 500
MAX_WAYS = MAX_SUBJECT**3

_TOKEN = re.compile(
    r"(?P<escape>\\.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?(?::|P<\w+>))?)|(?P<close>\))"
    r"|(?P<quantifier>(?:[*+?]|\{\d+(?:,\d*)?\})[?+]?)|(?P<either>\|)|(?P<other>.)",
    re.DOTALL,
)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    r"""The pattern as form-js means it: `\d` and `\w` are ASCII, a match anywhere counts."""
    return re.compile(pattern, re.ASCII)


def problem(pattern: str) -> Message | None:
    """Say why `pattern` may not be used, or None."""
    if len(pattern) > MAX_PATTERN:
        return message("The pattern is longer than {limit} characters.", limit=MAX_PATTERN)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of signs that may mean more in a later Python
            re.compile(pattern, re.ASCII)
    except (ValueError, re.error, OverflowError, RecursionError) as error:
        return message("The pattern is not understood: {reason}.", reason=str(error))
    if re.search(r"\(\?(?!:|P<)|\\[1-9]", pattern):
        return message("The pattern looks ahead, looks back or repeats what it found; that can take forever.")
    if _ways(pattern) > MAX_WAYS:
        return message("The pattern can match the same text in too many ways; on some answers it would take forever.")
    return None


def _ways(pattern: str) -> int:
    """An upper bound of the ways to match: repetitions of what itself varies count as endless."""
    ways = [1 if pattern.startswith("^") else MAX_SUBJECT]
    last = 1
    for token in _TOKEN.finditer(pattern):
        kind, text = str(token.lastgroup), token.group()
        if kind == "open":
            ways.append(1)
        elif kind == "close":
            last = ways.pop()
            ways[-1] *= last
        elif kind == "quantifier":
            ways[-1] *= _repeated(text, last)
        elif kind == "either":
            ways[-1] += 1
        last = last if kind == "close" else 1
    return ways[0]


def _repeated(quantifier: str, ways_inside: int) -> int:
    """How many times more ways there are, when what stands before `quantifier` has `ways_inside`."""
    least, most = _counts(quantifier)
    if most > 1 and ways_inside > 1:
        return MAX_WAYS + 1
    return most - least + 1


def _counts(quantifier: str) -> tuple[int, int]:
    if quantifier[0] != "{":
        return {"*": (0, MAX_SUBJECT), "+": (1, MAX_SUBJECT), "?": (0, 1)}[quantifier[0]]
    least, _, most = quantifier[1 : quantifier.index("}")].partition(",")
    if "," not in quantifier:
        return int(least), int(least)
    return int(least), int(most) if most else max(MAX_SUBJECT, int(least))
