"""`casework event-log PROCESS`: what happened when, pseudonymised, as XES or OCEL 2.0 for tools of process mining."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casework.model import SYSTEM
from casework.operations.take_event_log import take_event_log
from casework.queries.event_log import asked, ocel, xes

if TYPE_CHECKING:
    from datetime import date, datetime

_MAKERS = {"xes": xes, "ocel": ocel}
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("event-log")
@click.argument("process")
@click.option("--format", "kind", type=click.Choice(sorted(_MAKERS)), default="xes", help="Default: xes.")
@click.option("--version", type=int, help="Instances that run or ran on this version; default: on any.")
@click.option("--from", "first", type=_DAY, help="First day on which they were started, as 2026-01-01.")
@click.option("--to", "last", type=_DAY, help="Last day, counted.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Default: standard output.")
def event_log(
    *, process: str, kind: str, version: int | None, first: datetime | None, last: datetime | None, output: Path | None
) -> None:
    """Write the event log of PROCESS (its id). No names, no case text; codes are drawn anew for each file."""
    wanted = asked(SYSTEM, process, version=version, first=_day(first), last=_day(last))
    take_event_log(SYSTEM, process_id=process, kind=kind)
    pieces = _MAKERS[kind](wanted)
    if output is None:
        for piece in pieces:
            click.echo(piece, nl=False)
    else:
        with output.open("wb") as file:
            file.writelines(pieces)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
