"""What can be known of an expression without evaluating it: whether it can be read, and which variables it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.feel.errors import FeelError, FeelSyntaxError
from casework.feel.evaluation import Question, ask

if TYPE_CHECKING:
    from collections.abc import Iterable


def check(expression: str, *, unary: bool = False, known: Iterable[str] = ()) -> FeelSyntaxError | None:
    """What is wrong with an expression (or a unary test); `known` are names with spaces or signs in them that it may use."""
    try:
        _asked(expression, "check-test" if unary else "check", known)
    except FeelSyntaxError as error:
        return error
    return None


def names(expression: str, *, known: Iterable[str] = ()) -> frozenset[str]:
    """The variables that `expression` reads: not built-in functions, nor what it names itself. Raises FeelError.

    What a filter finds in its items (`children[age > 3]`) counts as read, since only the data can tell it from a variable.
    """
    return frozenset(_asked(expression, "check", known))


def _asked(expression: str, kind: str, known: Iterable[str]) -> list[str]:
    (answer,) = ask([Question(expression, dict.fromkeys(known), kind=kind)])  # type: ignore[arg-type]
    if isinstance(answer, FeelError):
        raise answer
    names: list[str] = answer["names"]
    return names
