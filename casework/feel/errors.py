"""Why an expression gave no value, said to the person who wrote it."""

from __future__ import annotations

from casework.errors import InvalidError
from casework.i18n import Message, message

# So much of an expression is repeated in a sentence.
_SHOWN = 80


class FeelError(InvalidError):
    """The expression gave no value. `expression` is what was asked."""

    code = "feel"

    def __init__(self, said: Message, expression: str = "") -> None:
        super().__init__(said)
        self.expression = expression


class FeelSyntaxError(FeelError):
    """It is no FEEL. `start` and `end` count characters from 0 in `expression`."""

    code = "feel-syntax"

    def __init__(self, expression: str, start: int, end: int) -> None:
        super().__init__(_unreadable(expression, start, end), expression)
        self.start = start
        self.end = end


class FeelTimeoutError(FeelError):
    """It did not end within the time limit."""

    code = "feel-time"

    def __init__(self, expression: str, seconds: float) -> None:
        said = message(
            "The formula »{expression}« takes too long: more than {milliseconds} milliseconds.",
            expression=shortened(expression),
            milliseconds=round(seconds * 1000),
        )
        super().__init__(said, expression)


class FeelMemoryError(FeelError):
    """It, or what it makes, is too large."""

    code = "feel-memory"

    def __init__(self, expression: str) -> None:
        said = message(
            "The formula »{expression}« makes more than there is room for.", expression=shortened(expression)
        )
        super().__init__(said, expression)


class FeelValueError(FeelError):
    """A value that FEEL cannot hold exactly, or a result that Python cannot."""

    code = "feel-value"

    def __init__(self, value: object) -> None:
        super().__init__(message("Formulas cannot work with the value {value}.", value=shortened(str(value))))


class FeelMissingError(FeelError):
    """The interpreter was not built."""

    code = "feel-missing"

    def __init__(self, path: str) -> None:
        super().__init__(message("The interpreter of formulas is missing ({path}). Run `make setup`.", path=path))


def shortened(text: str) -> str:
    """`text` on one line, cut to what fits into a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _unreadable(expression: str, start: int, end: int) -> Message:
    found = shortened(expression[start:end])
    shown = shortened(expression)
    if not expression.strip():
        return message("There is no formula.")
    if not found:
        return message(
            "Something is missing in the formula »{expression}« at character {at}.", expression=shown, at=start + 1
        )
    return message(
        "The formula »{expression}« cannot be read: »{found}« at character {at} does not belong there.",
        expression=shown,
        found=found,
        at=start + 1,
    )
