"""How the engine asks for the value of an expression. FEEL in the product; the random proof puts a plain look-up in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from casework import feel
from casework.errors import CaseworkError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class EvaluationError(CaseworkError):
    """An expression has no value: it does not parse, runs for too long or takes too much memory."""

    code = "expression"


class Evaluator(Protocol):
    """Values of expressions; texts may begin with `=`."""

    def evaluate_all(self, expressions: Sequence[str], context: Mapping[str, Any]) -> list[Any]:
        """The value of each; raises `EvaluationError`."""

    def names(self, expression: str) -> Iterable[str]:
        """The names that an expression reads, for the report when it goes wrong."""


class Feel:
    """FEEL through `casework.feel`."""

    def evaluate_all(self, expressions: Sequence[str], context: Mapping[str, Any]) -> list[Any]:
        """One call into the interpreter for all of them."""
        try:
            return [evaluation.value for evaluation in feel.evaluate_all(expressions, context)]
        except feel.FeelError as error:
            raise EvaluationError(error.message) from error

    def names(self, expression: str) -> frozenset[str]:
        """None for what does not parse."""
        try:
            return feel.names(expression)
        except feel.FeelError:
            return frozenset()


FEEL = Feel()
