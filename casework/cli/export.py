"""`casework export FOLDER`: write the released processes as files, as they lie in a repository; `casework deploy` reads them."""

from __future__ import annotations

import json
from pathlib import Path

import click

from casework.cli import language_option
from casework.errors import ConflictError
from casework.i18n import message
from casework.model import SYSTEM
from casework.queries.process_drafts.exported_files import exported_files


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Write also into a folder that is not empty.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def export(*, folder: Path, overwrite: bool, as_json: bool, language: str) -> None:
    """Write processes/ and forms/ below FOLDER. What lies there and is not released is left alone."""
    if not overwrite and folder.exists() and any(folder.iterdir()):
        raise ConflictError(message("The folder {folder} is not empty.", folder=str(folder)))
    files = exported_files(SYSTEM)
    for file in files:
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content)
    if as_json:
        print(json.dumps([file.path for file in files], indent=1))
    else:
        print(message("{count} files written to {folder}.", count=len(files), folder=str(folder)).text(language))
