"""Evaluate expressions and unary tests: many in one call into V8, each with its own outcome."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from casework import clock
from casework.feel import sandbox
from casework.feel.errors import FeelError, FeelMemoryError, FeelSyntaxError, FeelTimeoutError
from casework.feel.warnings import EvaluationWarning
from casework.feel.wire import decode, encode, moment_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Running time of one expression, in seconds; a call with many gets more, but not as much for each.
TIME_LIMIT = 0.25
_TIME_FOR_EACH_MORE = 0.005
#: Reading without evaluating ends by itself: only a machine that is very busy needs so long.
_READING_LIMIT = 10.0
_READS = frozenset({"check", "check-test"})
LONGEST_EXPRESSION = 10_000


@dataclass(frozen=True)
class Evaluation:
    """What an expression gave. None with warnings: it could not be computed."""

    value: Any
    warnings: tuple[EvaluationWarning, ...] = ()


@dataclass(frozen=True)
class Question:
    """One thing to ask V8: an expression, or with `kind="test"` a unary test of what the expression `subject` gives.

    Without a subject the test is of what `context` has under `"?"`.
    """

    expression: str
    context: Mapping[str, Any]
    kind: Literal["value", "test", "check", "check-test"] = "value"
    subject: str | None = None


def evaluate(expression: str, context: Mapping[str, Any]) -> Any:
    """The value of `expression`, with or without a leading `=`. Raises FeelError; what cannot be computed is None."""
    return evaluate_all([expression], context)[0].value


def evaluate_all(expressions: Sequence[str], context: Mapping[str, Any]) -> list[Evaluation]:
    """Evaluate in one call, in order. Raises the first FeelError."""
    return [_value_of(outcome) for outcome in attempt([Question(e, context) for e in expressions])]


def unary_test(expression: str, value: Any, context: Mapping[str, Any]) -> bool:
    """Whether `value` passes a test like `> 3`, `"a","b"` or `[1..5]`. What cannot be compared does not pass."""
    (outcome,) = attempt([Question(expression, {**context, "?": value}, kind="test")])
    return _value_of(outcome).value is True


def attempt(questions: Sequence[Question]) -> list[Evaluation | FeelError]:
    """Ask all in one call; each has its own outcome. One that does not end or grows too large is found by asking singly."""
    return [
        outcome if isinstance(outcome, FeelError) else _read_value(question, outcome)
        for question, outcome in zip(questions, ask(questions), strict=True)
    ]


def ask(questions: Sequence[Question]) -> list[dict[str, Any] | FeelError]:
    """The raw answers of `feel.answer` (web/src/feel.ts), faults made into errors."""
    distinct = {id(question.context): question.context for question in questions}
    contexts = {key: _encoded(context) for key, context in distinct.items()}
    usable = [question for question in questions if not isinstance(contexts[id(question.context)], FeelError)]
    answers = iter(_answers(usable, contexts) if usable else [])
    return [error if isinstance(error := contexts[id(q.context)], FeelError) else next(answers) for q in questions]


def _encoded(context: Mapping[str, Any]) -> dict[str, Any] | FeelError:
    try:
        encoded: dict[str, Any] = encode(context)
    except FeelError as error:
        return error
    return encoded


def _answers(questions: Sequence[Question], contexts: Mapping[int, Any]) -> list[dict[str, Any] | FeelError]:
    is_reading = all(question.kind in _READS for question in questions)
    seconds = (_READING_LIMIT if is_reading else TIME_LIMIT) + _TIME_FOR_EACH_MORE * (len(questions) - 1)
    try:
        answers = json.loads(sandbox.ask(_request(questions, contexts), seconds))
    except (sandbox.TooSlowError, sandbox.TooLargeError) as error:
        if len(questions) > 1:
            return [answer for question in questions for answer in _answers([question], contexts)]
        return [_limit_reached(questions[0].expression, error)]
    return [_fault(question, answer) or answer for question, answer in zip(questions, answers, strict=True)]


def bare(expression: str) -> str:
    """Without the leading `=` that editors write before an expression."""
    return expression.lstrip().removeprefix("=")


def _request(questions: Sequence[Question], contexts: Mapping[int, Any]) -> str:
    used = {key: place for place, key in enumerate(dict.fromkeys(id(question.context) for question in questions))}
    jobs = [{**_job(question), "context": used[id(question.context)]} for question in questions]
    return json.dumps({"now": moment_text(clock.now()), "contexts": [contexts[key] for key in used], "jobs": jobs})


def _job(question: Question) -> dict[str, Any]:
    job = {"kind": question.kind, "expression": _text(question)}
    return job if question.subject is None else {**job, "subject": bare(question.subject)}


def _text(question: Question) -> str:
    text = question.expression if question.kind in ("test", "check-test") else bare(question.expression)
    return text if len(text) <= LONGEST_EXPRESSION else ""


def _fault(question: Question, answer: Mapping[str, Any]) -> FeelError | None:
    if len(question.expression) > LONGEST_EXPRESSION:
        return FeelMemoryError(question.expression)
    match answer.get("fault"):
        case "syntax":
            return FeelSyntaxError(_text(question), answer["from"], answer["to"])
        case "size":
            return FeelMemoryError(question.expression)
    return None


def _limit_reached(expression: str, error: Exception) -> FeelError:
    if isinstance(error, sandbox.TooSlowError):
        return FeelTimeoutError(expression, TIME_LIMIT)
    return FeelMemoryError(expression)


def _read_value(question: Question, answer: Mapping[str, Any]) -> Evaluation | FeelError:
    try:
        value = decode(answer["value"])
    except FeelError as error:
        return error
    text = _text(question)
    return Evaluation(value, tuple(EvaluationWarning.of(text, warning) for warning in answer["warnings"]))


def _value_of(outcome: Evaluation | FeelError) -> Evaluation:
    if isinstance(outcome, FeelError):
        raise outcome
    return outcome
