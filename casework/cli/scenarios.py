"""`casework scenarios`: runs the scenarios beside the diagrams, and says which sequence flows none of them takes."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casework.cli import language_option
from casework.config import settings
from casework.demo.load import MUNICIPALITY
from casework.errors import InvalidError
from casework.i18n import message
from casework.scenarios import Covered, Outcome, ScenarioError, coverage, play, prepared, read_file
from casework.scenarios.flows import Flows

if TYPE_CHECKING:
    from casework.i18n import Message
    from casework.scenarios import Scenario

FILE = "scenarios.yaml"
#: Flows without a scenario that are named in the table; the rest is counted.
SHOWN = 6


@dataclass(frozen=True)
class _Run:
    """All that is said in the end."""

    outcomes: list[Outcome]
    covered: list[Covered]
    unreadable: list[ScenarioError]

    @property
    def is_fine(self) -> bool:
        return not self.unreadable and all(outcome.is_fine for outcome in self.outcomes)


@click.command()
@click.argument("folders", nargs=-1, metavar="[FOLDER…]", type=click.Path(path_type=Path))
@click.option("--only", default="", help="Only scenarios whose name has this word in it.")
@click.option("--coverage", "must_cover", is_flag=True, help="Exit code 1 also when a flow is taken by none.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def scenarios(*, folders: tuple[Path, ...], only: str, must_cover: bool, as_json: bool, language: str) -> None:
    """Run the scenarios of each FOLDER (else of all of processes/). Exit code 1: something differs; 2: unusable."""
    places = [folder.resolve() for folder in folders] or [settings().processes]
    try:
        run = _run(_files(places), places, only)
    except InvalidError as error:  # what cannot be released is named file by file, as `casework deploy` does
        for place, wrong in error.fields.items():
            print(f"{place}: {' '.join(sentence.text(language) for sentence in wrong)}", file=sys.stderr)
        raise
    if as_json:
        print(json.dumps(_as_json(run, language), ensure_ascii=False, indent=1))
    else:
        _print(run, language)
    has_gap = must_cover and any(row.untaken for row in run.covered)
    sys.exit(int(not run.is_fine or has_gap))


def _files(places: list[Path]) -> list[Path]:
    files = sorted({file for place in places for file in ([place] if place.is_file() else place.rglob(FILE))})
    if not files:
        raise InvalidError(message("There is no {file} in {places}.", file=FILE, places=[str(p) for p in places]))
    return files


def _run(files: list[Path], places: list[Path], only: str) -> _Run:
    found: list[Scenario] = []
    unreadable: list[ScenarioError] = []
    for file in files:
        try:
            found += [scenario for scenario in read_file(file) if only.lower() in scenario.name.lower()]
        except ScenarioError as error:
            unreadable.append(error)
    with prepared(processes=settings().processes, forms=settings().forms, municipality=MUNICIPALITY) as sandbox:
        flows = Flows.of(sandbox.diagrams)
        outcomes = [play(sandbox, scenario, flows) for scenario in found]
    taken = {key for outcome in outcomes for key in outcome.taken}
    return _Run(outcomes, coverage(flows, taken, _processes_in(places)), unreadable)


def _processes_in(places: list[Path]) -> set[str]:
    """Those that are drawn in the folders."""
    folders = [place.parent if place.is_file() else place for place in places]
    diagrams = [path.read_bytes() for folder in folders for path in folder.rglob("*.bpmn")]
    return {process_id for process_id, _ in Flows.of(diagrams).all}


def _print(run: _Run, language: str) -> None:
    for error in run.unreadable:
        print(f"✗ {error.message.text(language)}")
    for outcome in run.outcomes:
        print(f"{'✓' if outcome.is_fine else '✗'} {outcome.scenario.name} ({outcome.seconds:.2f} s)")
        for problem in outcome.problems:
            said = message("line {line}: {what}", line=problem.line, what=problem.message)
            print(f"    {Path(outcome.scenario.file).parent.name}/{FILE}, {said.text(language)}")
    _print_coverage(run.covered, language)
    print(_sum(run).text(language))


def _print_coverage(covered: list[Covered], language: str) -> None:
    print("\n" + message("Sequence flows that the scenarios take, by diagram").text(language))
    for row in covered:
        print(f"  {row.process_id:<34} {row.taken:>4} / {row.flows:<4}", end="")
        names = [f"{source} → {target} ({flow})" for flow, source, target in row.untaken[:SHOWN]]
        more = [f"+ {len(row.untaken) - SHOWN}"] if len(row.untaken) > SHOWN else []
        print((message("not taken:").text(language) + " " + "; ".join([*names, *more])) if names else "")
    print()


def _sum(run: _Run) -> Message:
    return message(
        "{scenarios} scenarios, {wrong} differ, {unreadable} files unreadable; {taken} of {flows} flows taken; {seconds} s",
        scenarios=len(run.outcomes),
        wrong=sum(not outcome.is_fine for outcome in run.outcomes),
        unreadable=len(run.unreadable),
        taken=sum(row.taken for row in run.covered),
        flows=sum(row.flows for row in run.covered),
        seconds=round(sum(outcome.seconds for outcome in run.outcomes), 1),
    )


def _as_json(run: _Run, language: str) -> dict[str, Any]:
    return {
        "scenarios": [
            {
                "file": outcome.scenario.file,
                "line": outcome.scenario.line,
                "name": outcome.scenario.name,
                "fine": outcome.is_fine,
                "seconds": round(outcome.seconds, 3),
                "problems": [{"line": p.line, "message": p.message.text(language)} for p in outcome.problems],
            }
            for outcome in run.outcomes
        ],
        "unreadable": [
            {"file": e.file, "line": e.line, "message": e.what.text(language), "mend": e.mend.text(language)}
            for e in run.unreadable
        ],
        "coverage": [
            {"process": row.process_id, "flows": row.flows, "taken": row.taken, "untaken": [u[0] for u in row.untaken]}
            for row in run.covered
        ],
    }
