"""`casework layout FILE`: add or renew the picture of a BPMN file, or look at the one it has."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from shutil import copymode
from typing import Any

import click

from casework.cli import language_option
from casework.errors import InvalidError
from casework.i18n import message
from casework.layout import Measures, measure, not_drawn
from casework.layout import layout as lay_out


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, and leave FILE as it is.")
@click.option("--check", is_flag=True, help="Write nothing; name what is wrong with the picture that FILE has.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def layout(*, file: Path, output: Path | None, check: bool, as_json: bool, language: str) -> None:
    """Draw the whole of FILE anew. Placement by hand is lost. Exit code 1 when --check finds something wrong."""
    data = _bytes_of(file)
    if check:
        measures = measure(data)
        _say(file, measures, [], as_json=as_json, language=language)
        sys.exit(1 if measures.faults else 0)
    drawn, left_out = lay_out(data), not_drawn(data)
    _write(output or file, drawn)
    _say(output or file, measure(drawn), left_out, as_json=as_json, language=language)


def _say(file: Path, measures: Measures, left_out: list[str], *, as_json: bool, language: str) -> None:
    faults = [fault for fault in measures.faults if not set(fault.ids) <= set(left_out)]
    if as_json:
        said: dict[str, Any] = {"file": str(file), **asdict(measures), "not_drawn": left_out}
        said["faults"] = [{"elements": fault.ids, "message": fault.message.text(language)} for fault in faults]
        print(json.dumps(said, ensure_ascii=False))
        return
    print(
        message(
            "{file}: {nodes} elements and {edges} lines on {width} × {height}.",
            file=str(file),
            nodes=measures.nodes,
            edges=measures.edges,
            width=measures.width,
            height=measures.height,
        ).text(language)
    )
    for fault in faults:
        print(fault.message.text(language))
    if left_out:
        print(message("Not drawn: {ids}.", ids=left_out).text(language))


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise InvalidError(message("The file {file} cannot be read.", file=str(file))) from None


def _write(file: Path, data: bytes) -> None:
    """Write beside it and move it there, so that no half file is left behind."""
    file = file.resolve()
    draft = file.with_name(f".{file.name}.new")
    try:
        draft.write_bytes(data)
        if file.exists():
            copymode(file, draft)
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)
        raise InvalidError(message("The file {file} cannot be written.", file=str(file))) from None
