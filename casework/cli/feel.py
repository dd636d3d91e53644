"""`casework feel`: evaluate an expression, or many from standard input."""

from __future__ import annotations

import json
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from casework import values
from casework.errors import CaseworkError
from casework.feel import Evaluation, FeelError, Question, attempt, plain
from casework.i18n import DEFAULT_LANGUAGE, LANGUAGES, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# So many lines of a batch go to V8 in one call.
_LINES = 200


class NoQuestionError(CaseworkError):
    """A line of a batch, or a context, is not what it should be."""

    code = "no-question"


@click.command()
@click.argument("expression", required=False)
@click.option("--context", default="{}", help='JSON object with the variables; a date is {"$date": "2026-11-26"}.')
@click.option(
    "--batch", is_flag=True, help="JSON lines {expression, context} on standard input, {value, warnings} out."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--language", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, help="Of the sentences.")
def feel(expression: str | None, context: str, *, batch: bool, as_json: bool, language: str) -> None:
    """Evaluate the FEEL EXPRESSION. Exit code 1 when it is wrong; what it cannot compute is null, with a warning."""
    if batch:
        for outcome in _outcomes_of(sys.stdin):
            print(json.dumps(_answer(outcome, language), ensure_ascii=False))
        return
    if expression is None:
        raise click.UsageError("Give an EXPRESSION, or --batch.")
    (outcome,) = _outcomes([_question(expression, context)])
    _say(outcome, language, as_json=as_json)
    sys.exit(1 if isinstance(outcome, CaseworkError) else 0)


def _say(outcome: Evaluation | CaseworkError, language: str, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_answer(outcome, language), ensure_ascii=False))
    elif isinstance(outcome, Evaluation):
        print(json.dumps(plain(outcome.value), ensure_ascii=False, indent=2))
        for warning in outcome.warnings:
            print(warning.message.text(language), file=sys.stderr)
    else:
        print(outcome.message.text(language), file=sys.stderr)


def _outcomes_of(lines: Iterable[str]) -> Iterator[Evaluation | CaseworkError]:
    asked = (line for line in lines if line.strip())
    while some := list(islice(asked, _LINES)):
        yield from _outcomes([_question_in(line) for line in some])


def _outcomes(questions: list[Question | CaseworkError]) -> list[Evaluation | CaseworkError]:
    """Ask all that can be asked in one call; the others are their own outcome."""
    answers: Iterator[Evaluation | FeelError] = iter(attempt([q for q in questions if isinstance(q, Question)]))
    return [next(answers) if isinstance(question, Question) else question for question in questions]


def _question_in(line: str) -> Question | CaseworkError:
    try:
        asked = json.loads(line)
        return _question(asked["expression"], asked.get("context") or {})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return NoQuestionError(message("This is no JSON object with a formula."))


def _question(expression: object, context: object) -> Question | CaseworkError:
    try:
        read = values.from_json(json.loads(context) if isinstance(context, str) else context)
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        read = None
    if not isinstance(read, dict) or not isinstance(expression, str):
        return NoQuestionError(message("The context is no JSON object, or a date in it is none."))
    return Question(expression, read)


def _answer(outcome: Evaluation | CaseworkError, language: str) -> dict[str, Any]:
    if isinstance(outcome, CaseworkError):
        said = outcome.message.text(language)
        return {"value": None, "warnings": [{"type": outcome.code, "message": said}], "error": said}
    warnings = [{"type": w.type, "message": w.message.text(language), "detail": w.detail} for w in outcome.warnings]
    return {"value": plain(outcome.value), "warnings": warnings}
