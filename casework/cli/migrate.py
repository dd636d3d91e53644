"""`casework migrate`: bring the database to the newest step."""

from __future__ import annotations

import json

import click

from casework.migrations import migrate as bring_up_to_date


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def migrate(*, as_json: bool) -> None:
    """Bring the database to the newest step. Safe to repeat, and while servers start."""
    revision = bring_up_to_date()
    print(json.dumps({"revision": revision}) if as_json else revision)
