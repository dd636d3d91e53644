"""`casework verify-journal`: whether the journals of cases and the histories of processes still say what was written."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from casework.cli import language_option
from casework.i18n import message
from casework.queries.verify_journal import Broken
from casework.queries.verify_journal import verify_journal as verify
from casework.queries.verify_process_history import BrokenHistory, verify_process_history

if TYPE_CHECKING:
    from uuid import UUID


@click.command()
@click.option("--case", "case_id", type=click.UUID, help="Only this case, and no process.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def verify_journal(*, case_id: UUID | None, as_json: bool, language: str) -> None:
    """Compute every hash again. Exit code 1: something was changed, taken out or put in between."""
    broken = [*verify(case_id=case_id), *(verify_process_history() if case_id is None else ())]
    if as_json:
        print(json.dumps([_as_json(one, language) for one in broken], ensure_ascii=False, indent=1))
    elif broken:
        print(*(f"{_name(one)} {one.number}: {one.reason.text(language)}" for one in broken), sep="\n")
    else:
        print(message("Every journal says what was written.").text(language))
    sys.exit(1 if broken else 0)


def _name(broken: Broken | BrokenHistory) -> str:
    return broken.process_id if isinstance(broken, BrokenHistory) else broken.case_number


def _as_json(broken: Broken | BrokenHistory, language: str) -> dict[str, object]:
    if isinstance(broken, BrokenHistory):
        return {"process_id": broken.process_id, "number": broken.number, "reason": broken.reason.text(language)}
    return {
        "case_id": str(broken.case_id),
        "case": broken.case_number,
        "number": broken.number,
        "reason": broken.reason.text(language),
    }
