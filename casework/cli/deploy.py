"""`casework deploy`: release the processes of a folder."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from casework.cli import language_option
from casework.config import settings
from casework.errors import InvalidError
from casework.model import SYSTEM
from casework.operations.deploy_processes import Deployed, deploy_processes

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option("--folder", type=_FOLDER, help="Diagrams and decisions; as configured, if not given.")
@click.option("--forms", type=_FOLDER, help="Forms; as configured, if not given.")
@click.option("--overwrite", is_flag=True, help="Also put files back that were changed in a process draft since.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def deploy(*, folder: Path | None, forms: Path | None, overwrite: bool, as_json: bool, language: str) -> None:
    """Check and release what has changed. Exit code 1: something has errors, and nothing was released."""
    try:
        places = {"folder": folder or settings().processes, "forms": forms or settings().forms}
        deployed = deploy_processes(SYSTEM, **places, overwrite=overwrite)
    except InvalidError as error:
        print(error.message.text(language), file=sys.stderr)
        for place, wrong in error.fields.items():
            print(f"{place}: {' '.join(sentence.text(language) for sentence in wrong)}", file=sys.stderr)
        sys.exit(1)
    if as_json:
        print(json.dumps([asdict(one) for one in deployed], indent=1))
    else:
        print(*map(_line, deployed), sep="\n")


def _line(deployed: Deployed) -> str:
    return f"{'+' if deployed.is_new else '='} {deployed.process_id} {deployed.version}"
