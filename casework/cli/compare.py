"""`casework compare OLD NEW`: what differs between two diagrams, forms or decision files, or two folders of them, in words."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from casework.cli import language_option
from casework.compare import Comparison, Files, Part
from casework.compare import compare as compared
from casework.errors import InvalidError
from casework.i18n import message

KINDS = {".bpmn": Part.DIAGRAM, ".form": Part.FORM, ".dmn": Part.DECISION}
ONLY_WORDS = message("does not affect what happens")
_EXISTING = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("old", type=_EXISTING)
@click.argument("new", type=_EXISTING)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def compare(*, old: Path, new: Path, as_json: bool, language: str) -> None:
    """Say what differs between OLD and NEW. Exit code 0: nothing but the drawing; 1: something; 2: unusable."""
    if old.is_dir() != new.is_dir() or (old.is_file() and old.suffix != new.suffix):
        raise InvalidError(message("Compare two files of one kind, or two folders."))
    found = compared(_files(old), _files(new))
    if as_json:
        said = {"changes": [one.to_json(language) for one in found.changes], "layout": found.layout}
        print(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        _say(found, language)
    sys.exit(0 if found.is_same else 1)


def _files(path: Path) -> Files:
    """By their place in the folder; of two single files, the names do not count."""
    if path.is_file():
        given = {path.suffix: {"": path}}
    else:
        given = {end: {str(one.relative_to(path)): one for one in sorted(path.rglob(f"*{end}"))} for end in KINDS}
    contents = {KINDS.get(end, Part.DIAGRAM): _contents(files) for end, files in given.items()}
    return Files(*(contents.get(part, {}) for part in (Part.DIAGRAM, Part.FORM, Part.DECISION)))


def _contents(files: dict[str, Path]) -> dict[str, bytes]:
    try:
        return {name: path.read_bytes() for name, path in files.items()}
    except OSError as error:
        raise InvalidError(message("The file {file} cannot be read.", file=str(error.filename))) from None


def _say(found: Comparison, language: str) -> None:
    for change in found.changes:
        place = f"{change.file}: " if change.file else ""
        effect = "" if change.affects_execution else f" ({ONLY_WORDS.text(language)})"
        print(f"{place}{change.sentence.text(language)}{effect}")
    print(found.summary.text(language))
