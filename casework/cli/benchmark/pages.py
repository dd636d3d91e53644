"""How long the server works for each page of the demonstration, in this process: no network, no browser, one reader at a time.

On SQLite as `make run` has it, and on PostgreSQL with as many open tasks as a large town has.
"""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from html import unescape
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from casework import database
from casework.cli.benchmark.visits import PROCESS, VISITS, Visit
from casework.model import ArtifactKind
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.queries.load_actor import load_actor
from casework.queries.personas import personas
from casework.queries.process_drafts.draft_files import draft_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from casework.model import Actor

ROUNDS, WARM_UP = 20, 3
PACKED = {"Accept-Encoding": "gzip"}


def pages(application: Flask, rounds: int = ROUNDS) -> list[dict[str, Any]]:
    """A row for each page: milliseconds until the answer is ready, of processor time too, statements, and kilobytes packed."""
    people = {one.username: one.employee_id for one in personas()}
    _change_a_process(load_actor(people["birgit"]))
    found = []
    for visit in VISITS:
        client = application.test_client()
        if visit.persona:
            with client.session_transaction() as session:
                session["employee"] = str(people[visit.persona])
        found.append({"page": visit.name, **_measured(client, visit, rounds)})
    return found


def _change_a_process(owner: Actor) -> None:
    """What the workshop shows: the diagram has changed, if only by a line."""
    draft = start_process_draft(owner, process_id=PROCESS)
    content, revision, is_changed = draft_file(owner, draft, ArtifactKind.DIAGRAM, PROCESS)
    if not is_changed:
        save_draft_file(
            owner,
            process_draft_id=draft,
            kind=ArtifactKind.DIAGRAM,
            key=PROCESS,
            content=content + b"\n",
            revision=revision,
        )


def _measured(client: FlaskClient, visit: Visit, rounds: int) -> dict[str, Any]:
    path = visit.path
    for link in visit.follow:
        led = re.search(link, client.get(path).text, re.DOTALL)
        if led is None:
            return {"missing": f"nothing to follow on {path}"}
        path = unescape(led[1])
    for _ in range(WARM_UP):
        answer = client.get(path, headers=PACKED)
    if answer.status_code != 200:  # noqa: PLR2004  HTTP
        return {"missing": f"{answer.status_code} on {path}"}
    spent, worked = [], []
    with _counting() as statements:
        for _ in range(rounds):
            begun, busy = time.perf_counter(), time.process_time()
            answer = client.get(path, headers=PACKED)
            worked.append(time.process_time() - busy)
            spent.append(time.perf_counter() - begun)
    return {
        **{f"p{share}_ms": _milliseconds(spent, share) for share in (50, 95)},
        "cpu_p50_ms": round(median(worked) * 1000, 1),
        "statements": len(statements) // rounds,
        "kb": round(len(answer.data) / 1000, 1),
    }


@contextmanager
def _counting() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(database.engine(), "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine(), "before_cursor_execute", note)


def _milliseconds(spent: list[float], share: int) -> float:
    return round(quantiles(spent, n=100, method="inclusive")[share - 1] * 1000, 1)
