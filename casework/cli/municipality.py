"""`casework municipality FILE`: units and employees of an installation, from one TOML file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from casework.cli import language_option
from casework.model import SYSTEM
from casework.operations.load_municipality import load_municipality


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def municipality(*, file: Path, as_json: bool, language: str) -> None:  # noqa: ARG001
    """Add or change the units and employees of FILE; nobody is taken away. See casework/demo/municipality.toml."""
    loaded = load_municipality(SYSTEM, path=file)
    print(json.dumps(asdict(loaded)) if as_json else f"{loaded.units} units, {loaded.employees} employees")
