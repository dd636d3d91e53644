"""What can be known of an expression without evaluating it: whether it can be read, and which variables it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.feel.errors import FeelError, FeelSyntaxError
from casework.feel.evaluation import Question, ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def check(expression: str, *, unary: bool = False, known: Iterable[str] = ()) -> FeelSyntaxError | None:
    """What is wrong with an expression (or a unary test); `known` are names with signs in them that it may use."""
    (found,) = check_all([expression], unary=unary, known=known)
    return found if isinstance(found, FeelSyntaxError) else None


def check_all(expressions: Sequence[str], *, unary: bool = False, known: Iterable[str] = ()) -> list[FeelError | None]:
    """What is wrong with each of many expressions (or unary tests), in one call."""
    context = dict.fromkeys(known)
    questions = [Question(text, context, kind="check-test" if unary else "check") for text in expressions]
    return [answer if isinstance(answer, FeelError) else None for answer in ask(questions)]


def names(expression: str, *, known: Iterable[str] = ()) -> frozenset[str]:
    """The variables that `expression` reads: not built-in functions, nor what it names itself. Raises FeelError.

    What a filter finds in its items (`children[age > 3]`) counts as read, since only the data can tell it from a variable.
    """
    (answer,) = ask([Question(expression, dict.fromkeys(known), kind="check")])
    if isinstance(answer, FeelError):
        raise answer
    return frozenset(answer["names"])
