"""`casework walk`: random walks through any process, each step reloaded and compared with a walk that never is."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casework import engine
from casework.cli import language_option
from casework.cli.project import beside, known, needed, read_files
from casework.engine.walks import Guesses, Walk
from casework.engine.walks import walk as walk_once
from casework.errors import InvalidError
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.cli.project import Files
    from casework.engine import Definition

COPIES = 3
#: What a walk does not need: it fills no form, asks no unit and runs no job.
NOT_NEEDED = frozenset({"unknown-form", "unknown-lane", "unknown-handler", "unknown-law", "job-without-topic"})
SHOWN_PROBLEMS = 10


#: Parsed copies of a process, the values to draw for it, and the start event to begin at.
Way = tuple["Sequence[Definition]", Guesses, str]


@dataclass
class Sum:
    """All walks together."""

    runs: int = 0
    steps: int = 0
    completed: int = 0
    incidents: int = 0
    given_up: int = 0
    differences: int = 0
    crashes: int = 0
    standstills: int = 0
    largest_state: int = 0
    unreached: list[str] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--runs", default=100, show_default=True, help="How many walks.")
@click.option("--seed", default=1, show_default=True, help="Of the first walk; the next ones count on.")
@click.option("--steps", default=60, show_default=True, help="The most steps of one walk.")
@click.option("--process", "process_id", help="Only this process of the file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def walk(*, file: Path, runs: int, seed: int, steps: int, process_id: str | None, as_json: bool, language: str) -> None:
    """Walk at random through the processes of FILE. Exit code 1: a difference, a crash, or a standstill; 2: unusable."""
    given, project = read_files([file]), beside([file], [file.parent])
    _refuse_errors(given, project)
    found = _walk_all(_ways(given, project, process_id), runs, seed, steps)
    if as_json:
        print(json.dumps(vars(found), ensure_ascii=False, indent=1))
    else:
        _print(found, language)
    sys.exit(int(bool(found.problems)))


def _refuse_errors(given: Files, project: Files) -> None:
    for finding in engine.lint(given.diagrams, known(given, project), project.diagrams):
        if finding.severity == "error" and finding.rule not in NOT_NEEDED:
            raise InvalidError(message("The file has errors, so it is not walked: {first}", first=finding.message))


def _ways(given: Files, project: Files, process_id: str | None) -> list[Way]:
    """Each process of the file with each of its start events, and the parsed copies to walk with."""
    (diagram,) = given.diagrams.values()
    names = [n for n in _executable(diagram) if process_id in (None, n)]
    if not names:
        raise InvalidError(message("The process {name} is not in the file.", name=process_id or ""))
    files = needed(diagram, project.diagrams.values())
    tables = [*given.decisions.values(), *project.decisions.values()]
    ways: list[Way] = []
    for name in names:
        copies = [engine.compile_definition(name, files, tables) for _ in range(COPIES)]
        guesses = Guesses(copies[0])
        ways += [(copies, guesses, start.id) for start in copies[0].start_events()]
    return ways


def _executable(diagram: bytes) -> list[str]:
    return [name for name, process in engine.processes_in(diagram).items() if process.is_executable]


def _walk_all(ways: list[Way], runs: int, seed: int, steps: int) -> Sum:
    found, passed = Sum(), set()
    for number in range(runs):
        copies, guesses, start = ways[number % len(ways)]
        one = walk_once(copies, guesses, seed=seed + number, start_element=start, steps=steps)
        passed |= one.passed
        _add(found, one, seed + number, copies[0].process_id)
    wanted = {key for copies, _, _ in ways for key in copies[0].elements}
    found.unreached = sorted(f"{process}:{element}" for process, element in wanted - passed)
    return found


def _add(found: Sum, one: Walk, seed: int, process_id: str) -> None:
    found.runs += 1
    found.steps += one.steps
    found.incidents += one.incidents
    found.completed += one.is_completed
    found.given_up += one.is_given_up
    found.largest_state = max(found.largest_state, one.largest_state)
    if one.problem is not None:
        found.differences += one.problem.kind == "difference"
        found.crashes += one.problem.kind == "crash"
        found.standstills += one.problem.kind == "standstill"
        detail = {"kind": one.problem.kind, "detail": one.problem.detail, "trace": one.trace}
        found.problems.append({"process": process_id, "seed": seed, **detail})


def _print(found: Sum, language: str) -> None:
    for problem in found.problems[:SHOWN_PROBLEMS]:
        print(f"{problem['process']}, seed {problem['seed']}: {problem['kind']}: {problem['detail']}")
        print("    " + " → ".join(problem["trace"]))
    if found.unreached:
        print(message("never passed:").text(language), ", ".join(found.unreached))
    said = message(
        "{runs} walks, {steps} steps, {completed} completed, {incidents} incidents, {differences} differences, "
        "{crashes} crashes, {standstills} standstills, largest state {largest_state} bytes",
        **vars(found),
    )
    print(said.text(language))
