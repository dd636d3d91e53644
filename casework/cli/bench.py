"""`casework bench`: measure on PostgreSQL with fsync on, over HTTP, with all checks of permission. Reports and fails nothing."""

from __future__ import annotations

import json
import os
import platform
import time
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

import click
import psycopg
from sqlalchemy import select

from api.app import create_app
from api.pauses import shorten_pauses
from casework.cli.benchmark.clients import Client, walk_at_once
from casework.cli.benchmark.crowd import crowd
from casework.cli.benchmark.findings import findings
from casework.cli.benchmark.ground import Ground, demonstration, fill_inboxes, fresh_database, prepared
from casework.cli.benchmark.moves import moves
from casework.cli.benchmark.pages import pages
from casework.cli.benchmark.paint import paint
from casework.cli.benchmark.paper import paper
from casework.cli.benchmark.servers import memory_of, serving, sweeping
from casework.cli.benchmark.time_lapse import time_lapse
from casework.database import read
from casework.logs import silence_logs
from casework.model import Timer
from workers.periodic import do_periodic_work

if TYPE_CHECKING:
    from collections.abc import Sequence

CLIENTS = 4
#: Cases of the demonstration that a large town repeats.
COPIED = 120
#: Walks of the ten tasks before anything counts: programs are read in, definitions compiled, statements prepared.
WARM_UP = 4


@click.command()
@click.option("--walks", default=30, help="Processes that each client walks through.")
@click.option("--tasks", default=100_000, help="Open tasks behind the inbox page.")
@click.option("--workers", default=2, help="Workers of the web server.")
@click.option("--cases", default=600, help="Cases of the demonstration behind the pages; 0 leaves the pages out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def bench(*, walks: int, tasks: int, workers: int, cases: int, as_json: bool) -> None:
    """Measure completing tasks, starting processes, the inbox, timers and memory; each page; and how much must be written."""
    with fresh_database() as url, prepared(url, CLIENTS + 1) as ground:
        found: dict[str, Any] = {"machine": _machine(), "commits": _commits(ground.url)}
        with serving(workers) as (port, web):
            found |= _completions(port, ground, walks)
            found["inbox"] = _inbox(port, ground, tasks)
            with sweeping() as worker:
                found["timers"] = _timers(port, ground)
                found["memory_mb"] = {"web": memory_of(web), "worker": memory_of(worker)}
    found["paper"], found["findings_ms"] = paper(), findings()
    if cases:
        found |= _pages(cases, tasks)
    print(json.dumps(found, indent=1) if as_json else _table(found))


def _pages(cases: int, tasks: int) -> dict[str, Any]:
    """Every page on SQLite as it comes, then on PostgreSQL with as many open tasks as a large town has."""
    silence_logs()
    shorten_pauses()
    with demonstration("", cases):
        do_periodic_work()
        found: dict[str, Any] = {"pages_sqlite": pages(create_app())}
        with serving(2) as (port, _):
            found["paint"] = paint(port)
        found["moves"], found["time_lapse"] = moves(), time_lapse()
    with fresh_database() as url, demonstration(url, min(cases, COPIED)):
        do_periodic_work()  # before: what is drawn of a hundred copies would all lie with the one leader that there is
        crowd(tasks)
        found["pages_postgresql"] = pages(create_app())
    return found


def _machine() -> dict[str, Any]:
    load = os.getloadavg()[0]
    return {"cores": os.cpu_count(), "python": platform.python_version(), "load_before": round(load, 2)}


def _commits(url: str) -> dict[str, float]:
    """One UPDATE and one INSERT, as bare as they can be: what this database can do in this run."""
    spent = []
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE bench_commit (id serial PRIMARY KEY, n integer)")
        connection.execute("INSERT INTO bench_commit (n) VALUES (0)")
        connection.commit()
        for number in range(300):
            begun = time.perf_counter()
            connection.execute("UPDATE bench_commit SET n = %s WHERE id = 1", (number,))
            connection.execute("INSERT INTO bench_commit (n) VALUES (%s)", (number,))
            connection.commit()
            spent.append(time.perf_counter() - begun)
        connection.execute("DROP TABLE bench_commit")
    return {**_milliseconds(spent), "per_second": round(len(spent) / sum(spent), 1)}


def _completions(port: int, ground: Ground, walks: int) -> dict[str, Any]:
    """With one client, then with four."""
    walk_at_once([Client(port, ground.key) for _ in range(CLIENTS)], ground.case_ids, WARM_UP)
    found: dict[str, Any] = {}
    for count in (1, CLIENTS):
        clients = [Client(port, ground.key) for _ in range(count)]
        rate = walk_at_once(clients, ground.case_ids, walks)
        spent = {what: [s for c in clients for s in c.spent[what]] for what in ("start", "complete")}
        found[f"start_{count}_clients"] = _milliseconds(spent["start"])
        found[f"complete_{count}_clients"] = {**_milliseconds(spent["complete"]), "per_second": round(rate, 1)}
    return found


def _inbox(port: int, ground: Ground, tasks: int) -> dict[str, float]:
    client = Client(port, ground.key)
    client.start(ground.case_ids[0])
    fill_inboxes(tasks)
    for _ in range(60):
        client.inbox()
    return {**_milliseconds(client.spent["inbox"][10:]), "open_tasks": tasks}


def _timers(port: int, ground: Ground) -> dict[str, float]:
    """Each is due two seconds after its start; how much later the instance was told, by one worker that looks each second."""
    client = Client(port, ground.key)
    for _ in range(20):
        client.start(ground.case_ids[-1], "bench_timer")
        time.sleep(0.1)
    end = time.monotonic() + 30
    late: list[float] = []
    while len(late) < 20 and time.monotonic() < end:  # noqa: PLR2004  as many as were started
        time.sleep(0.5)
        with read() as session:
            fired = session.scalars(select(Timer).where(Timer.ended_at.is_not(None))).all()
        late = [(t.ended_at - t.due_at).total_seconds() for t in fired if t.ended_at]
    return _milliseconds(late)


def _milliseconds(spent: Sequence[float]) -> dict[str, float]:
    if len(spent) < 2:  # noqa: PLR2004  no quantiles of one
        return {"count": len(spent)}
    return {
        "p50_ms": round(median(spent) * 1000, 2),
        "p95_ms": round(quantiles(spent, n=20)[-1] * 1000, 2),
        "count": len(spent),
    }


def _table(found: dict[str, Any]) -> str:
    tables = {name: rows for name, rows in found.items() if isinstance(rows, list)}
    lines = [_figures({name: values for name, values in found.items() if name not in tables})]
    lines += [f"\n{name}\n{_rows(rows)}" for name, rows in tables.items()]
    return "\n".join(lines)


def _rows(rows: list[dict[str, Any]]) -> str:
    """As wide as the widest of each column."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    texts = [names, *([str(row.get(name, "")) for name in names] for row in rows)]
    widths = [max(len(line[place]) for line in texts) for place in range(len(names))]
    return "\n".join("  ".join(map(str.ljust, line, widths)) for line in texts)


def _figures(found: dict[str, Any]) -> str:
    rows = [(name, ", ".join(f"{key} {value}" for key, value in values.items())) for name, values in found.items()]
    return "\n".join(f"{name:22} {values}" for name, values in rows)
