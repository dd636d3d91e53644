"""`casework decide`: ask a decision of a DMN file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from casework import values
from casework.decisions import DecisionError, Outcome, parse
from casework.decisions import decide as decided
from casework.feel import plain
from casework.i18n import DEFAULT_LANGUAGE, LANGUAGES


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--decision", required=True, help="Id or name of the decision.")
@click.option("--context", default="{}", help='JSON object with the variables; a date is {"$date": "2026-11-26"}.')
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--language", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, help="Of the sentences.")
def decide(file: Path, decision: str, context: str, *, as_json: bool, language: str) -> None:
    """Ask a decision of FILE (DMN). Exit code 1 when the table and the values do not agree, 2 when the file is unusable."""
    variables = _variables(context)
    decisions = parse(file.read_bytes())
    try:
        outcome = decided(decisions, decision, variables)
    except DecisionError as error:
        _say_error(error, language, as_json=as_json)
        sys.exit(1)
    _say(outcome, as_json=as_json)


def _variables(context: str) -> dict[str, Any]:
    try:
        read = values.from_json(json.loads(context))
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise click.BadParameter("is no JSON object, or a date in it is none", param_hint="--context")
    return read


def _say(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        said = {"value": outcome.value, "rules": outcome.rules, "evaluated": dict(outcome.evaluated)}
        print(json.dumps(plain(said), ensure_ascii=False))
    else:
        print(json.dumps(plain(outcome.value), ensure_ascii=False, indent=2))
        for rule in outcome.rules:
            print(f"← {rule}", file=sys.stderr)


def _say_error(error: DecisionError, language: str, *, as_json: bool) -> None:
    said = error.message.text(language)
    if as_json:
        print(json.dumps({"value": None, "rules": [], "rows": error.rows, "error": said}, ensure_ascii=False))
    else:
        print(said, file=sys.stderr)
