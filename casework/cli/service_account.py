"""`casework service-account`: a key for another system."""

from __future__ import annotations

import json

import click

from casework.cli import language_option
from casework.model import SYSTEM
from casework.operations.create_service_account import SCOPES, create_service_account


@click.command("service-account")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, help=f"May be repeated: {', '.join(sorted(SCOPES))}.")
@click.option("--unit", help="The unit whose cases it sees; without it the cases of all units.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def service_account(*, name: str, scopes: tuple[str, ...], unit: str | None, as_json: bool, language: str) -> None:  # noqa: ARG001
    """Make the account NAME and print its key. The key is shown this once; the database keeps only its hash."""
    made = create_service_account(SYSTEM, name=name, scopes=scopes, unit_id=unit)
    print(json.dumps({"id": str(made.id), "key": made.key}) if as_json else made.key)
