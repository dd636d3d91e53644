"""`casework lint`: what is wrong with diagrams, decision tables and forms, and how to mend it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casework import decisions, engine, forms
from casework.cli import language_option
from casework.cli.project import Files, beside, known, read_files, why_unreadable
from casework.engine import Finding, lanes_in
from casework.errors import CaseworkError
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Rules that say that a file is no file of its kind at all.
UNUSABLE = frozenset({"not-xml", "unreadable"})

CHECK = message("Check the name of the file, and that you may read it.")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--units", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Units, to check lanes by.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def lint(*, files: tuple[Path, ...], units: Path | None, as_json: bool, language: str) -> None:
    """Say what is wrong with diagrams (.bpmn), decisions (.dmn) and forms (.form). Exit code 1: errors; 2: unusable."""
    unreadable = {path: error for path in files if (error := why_unreadable(path)) is not None}
    given, project = read_files(path for path in files if path not in unreadable), beside(files)
    findings = [
        *(Finding(str(path), "", "unreadable", "error", said, CHECK) for path, said in unreadable.items()),
        *engine.lint(given.diagrams, known(given, project, units), project.diagrams),
        *(() if units else _unchecked_lanes(given)),
        *_of_decisions(given),
        *_of_forms(given),
    ]
    if as_json:
        print(json.dumps([finding.to_json(language) for finding in findings], ensure_ascii=False, indent=1))
    else:
        _print(findings, len(files), language)
    sys.exit(_exit_code(findings))


def _unchecked_lanes(given: Files) -> Iterator[Finding]:
    mend = message("Give the file of units (--units); releasing checks them by the units in the database.")
    for name, content in given.diagrams.items():
        lanes = sorted(lanes_in(content))
        if lanes:
            said = message("Nobody has checked that a unit answers for {lanes}.", lanes=", ".join(lanes))
            yield Finding(name, "", "lanes-not-checked", "warning", said, mend)


def _of_decisions(given: Files) -> Iterator[Finding]:
    mend = message("Mend the table in the editor for decisions.")
    for name, content in given.decisions.items():
        try:
            for element, said in decisions.parse(content).check():
                yield Finding(name, element, "decision", "error", said, mend)
        except CaseworkError as error:
            yield Finding(name, "", getattr(error, "rule", error.code), "error", error.message, mend)


def _of_forms(given: Files) -> Iterator[Finding]:
    for name, content in given.forms.items():
        for found in forms.lint(content):
            yield Finding(name, found.component, found.rule, found.severity, found.message, found.mend)


def _print(findings: list[Finding], files: int, language: str) -> None:
    words = {"error": message("error"), "warning": message("warning")}
    for found in findings:
        place = ":".join(part for part in (found.file, found.element) if part)
        print(f"{place}: {words[found.severity].text(language)} [{found.rule}] {found.message.text(language)}")
        print(f"    {found.mend.text(language)}")
    errors = sum(found.severity == "error" for found in findings)
    counts = {"files": files, "errors": errors, "warnings": len(findings) - errors}
    print(message("{files} files, {errors} errors, {warnings} warnings", **counts).text(language))


def _exit_code(findings: list[Finding]) -> int:
    if any(found.rule in UNUSABLE for found in findings):
        return 2
    return int(any(found.severity == "error" for found in findings))
