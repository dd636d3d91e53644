"""`casework simulate PROCESS`: a process played many times by chance, beside the released version, as the workshop does it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from sqlalchemy.exc import SQLAlchemyError

from casework.cli import language_option
from casework.cli.project import beside, read_files
from casework.database import read
from casework.engine.drawing import executable_in
from casework.errors import InvalidError
from casework.i18n import message
from casework.model import SYSTEM
from casework.queries.process_drafts.seen_history import NOTHING_SEEN, SeenHistory, seen_history
from casework.studio import Folder, released_folder
from casework.studio.simulation import Model
from casework.try_out.chances import compared, span_said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.i18n import Message
    from casework.studio.simulation import DeadlineSum
    from casework.try_out.chances import Chances, DeadlinePair

#: Nobody is kept waiting by a command that says how many runs it takes.
SECONDS = 3600.0


@click.command()
@click.argument("process")
@click.option("--runs", default=200, show_default=True, type=click.IntRange(1, 100_000), help="How many cases.")
@click.option("--seed", default=1, show_default=True, help="The same gives the same figures.")
@click.option(
    "--process", "process_id", help="This process of the file; default: the only one that can be carried out."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def simulate(*, process: str, runs: int, seed: int, process_id: str | None, as_json: bool, language: str) -> None:
    """Play PROCESS by chance: the id of a released one, or a file, which is compared with what is released.

    Steps take as long, and gateways choose as often, as the database has seen; without one, everything is assumed.
    """
    released = _released()
    if Path(process).is_file():
        model = _of_file(Path(process), process_id)
        before = Model.of(released, model.process_id) if model.process_id in released.processes else None
    elif process in released.processes:
        model, before = Model.of(released, process), None
    else:
        raise InvalidError(message("There is no file and no released process called {name}.", name=process))
    found = compared(model, before, _history(model), runs=runs, seed=seed, seconds=SECONDS)
    if as_json:
        print(json.dumps(_figures(found), ensure_ascii=False, indent=1))
    else:
        _print(found, language)


def _released() -> Folder:
    try:
        with read() as session:
            return released_folder(session)
    except SQLAlchemyError:
        return Folder({}, {}, {}, {})


def _history(model: Model) -> SeenHistory:
    try:
        return seen_history(SYSTEM, model)
    except SQLAlchemyError:
        return NOTHING_SEEN


def _of_file(file: Path, process_id: str | None) -> Model:
    given, project = read_files([file]), beside([file], [file.parent])
    found = [name for path, content in given.diagrams.items() for name in executable_in(path, content)]
    wanted = [name for name in found if process_id in (None, name)]
    if len(wanted) != 1:
        raise InvalidError(
            message("Say with --process which process of the file: {names}.", names=", ".join(found) or "–")
        )
    return Model.of(Folder({**project.diagrams, **given.diagrams}, {}, {}, {}), wanted[0])


def _figures(found: Chances) -> dict[str, Any]:
    return {
        "runs": found.draft.runs,
        "seed": found.seed,
        "unfinished": found.draft.unfinished,
        "half_days": _days(found.draft.half.total_seconds()),
        "most_days": _days(found.draft.most.total_seconds()),
        "deadlines": [_deadline(one) for one in found.deadlines],
        "load": [
            {"lane": one.lane, "tasks": round(one.draft, 3), "released": round(one.released, 3)} for one in found.load
        ],
        "assumed": sorted(":".join(place) for place in found.draft.assumed),
        "guessed": sorted(":".join(place) for place in found.draft.guessed),
        "several": sorted(":".join(place) for place in found.draft.several),
    }


def _deadline(pair: DeadlinePair) -> dict[str, Any]:
    either = pair.draft or pair.released
    return {
        "process": either.key[0] if either else "",
        "key": either.key[1] if either else "",
        "simulated": _sum(pair.draft),
        "released": _sum(pair.released),
        "seen": {"count": pair.seen.count, "late": pair.seen.late} if pair.seen else None,
    }


def _sum(one: DeadlineSum | None) -> dict[str, Any] | None:
    if one is None:
        return None
    shares = {name: round(getattr(one, name), 4) for name in ("late", "low", "high")}
    half, most = (_days(span.total_seconds()) for span in (one.half, one.most))
    return {**shares, "count": one.count, "half_days": half, "most_days": most, "observations": one.observations}


def _days(seconds: float) -> float:
    return round(seconds / 86_400, 2)


def _print(found: Chances, language: str) -> None:
    for pair in found.deadlines:
        if pair.draft:
            said = message("{name} ({process}): {late}", name=pair.name, process=pair.process, late=_late(pair.draft))
            print(" · ".join(one.text(language) for one in (said, *_beside(pair))))
    for lane in found.load:
        unit = lane.lane or message("The unit that is responsible for the case")
        said = message("{lane}: {count} tasks in a case", lane=unit, count=f"{lane.draft:.1f}")
        print(said.text(language))
    for about, names in (
        (message("too little seen, duration assumed:"), found.assumed_names),
        (message("no way seen, all equally likely:"), found.guessed_names),
        (message("done for several, two assumed:"), found.several_names),
    ):
        if names:
            print(about.text(language), ", ".join(name.text(language) for name in names))


def _late(one: DeadlineSum) -> Message:
    spans = {"half": span_said(one.half), "most": span_said(one.most)}
    shares = {name: f"{getattr(one, name):.0%}" for name in ("late", "low", "high")}
    return message("{late} late ({low}–{high}), half take at most {half}, nine of ten {most}", **shares, **spans)


def _beside(pair: DeadlinePair) -> Iterator[Message]:
    """How sure it is, what the released version does, and what really was."""
    if pair.draft and pair.draft.observations:
        yield message("seen {count} times", count=pair.draft.observations)
    elif pair.draft and pair.draft.observations == 0:
        yield message("assumed")
    if pair.released:
        yield message("as released: {late}", late=_late(pair.released))
    if pair.seen:
        yield message("so far {late} of {count}", late=f"{pair.seen.late / pair.seen.count:.0%}", count=pair.seen.count)
