"""`casework doctor`: looks at what an installation needs, and says what is wrong and how to mend it."""

from __future__ import annotations

import json
import sys

import click

from casework.cli.examinations import ALL
from casework.cli.finding import Finding, State
from casework.i18n import DEFAULT_LANGUAGE, LANGUAGES

SIGNS = {State.FINE: "✓", State.WARNING: "!", State.BROKEN: "✗"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--language", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, help="Of the sentences.")
def doctor(*, as_json: bool, language: str) -> None:
    """Look at what an installation needs. Exit code 1 if something will not work."""
    findings = [examination() for examination in ALL]
    if as_json:
        print(json.dumps([_as_json(one, language) for one in findings], ensure_ascii=False, indent=2))
    else:
        for one in findings:
            print(_as_text(one, language))
    sys.exit(1 if any(one.state is State.BROKEN for one in findings) else 0)


def _as_json(finding: Finding, language: str) -> dict[str, str | None]:
    return {
        "name": finding.name,
        "state": finding.state.value,
        "message": finding.said.text(language),
        "mend": finding.mend.text(language) if finding.mend else None,
    }


def _as_text(finding: Finding, language: str) -> str:
    mend = f"\n    {finding.mend.text(language)}" if finding.mend and finding.state is not State.FINE else ""
    return f"{SIGNS[finding.state]} {finding.name:10} {finding.said.text(language)}{mend}"
