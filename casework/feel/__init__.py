"""FEEL, the one expression language of conditions, timers, decisions and forms (DMN 1.3, chapter 10), run by feelin in V8.

Nothing outside of V8 can be reached from an expression, and time and memory are limited. What an expression cannot
compute is None with a warning, as the standard wants; what cannot be read, or does not end, is a `FeelError`.
"""

from casework.feel.errors import (
    FeelError,
    FeelMemoryError,
    FeelMissingError,
    FeelSyntaxError,
    FeelTimeoutError,
    FeelValueError,
)
from casework.feel.evaluation import (
    Evaluation,
    Question,
    attempt,
    evaluate,
    evaluate_all,
    unary_test,
)
from casework.feel.syntax import check, check_all, names
from casework.feel.text import iso, plain
from casework.feel.warnings import EvaluationWarning
from casework.feel.wire import Function

__all__ = [
    "Evaluation",
    "EvaluationWarning",
    "FeelError",
    "FeelMemoryError",
    "FeelMissingError",
    "FeelSyntaxError",
    "FeelTimeoutError",
    "FeelValueError",
    "Function",
    "Question",
    "attempt",
    "check",
    "check_all",
    "evaluate",
    "evaluate_all",
    "iso",
    "names",
    "plain",
    "unary_test",
]
