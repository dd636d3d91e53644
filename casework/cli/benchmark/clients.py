"""Clients of a benchmark: each a thread with one connection, that starts processes and completes their tasks over HTTP."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

from casework.cli.benchmark.servers import HOST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

ANSWERS = {"gaa": True, "note": "Målt uden navne.", "skala": 7}


@dataclass
class Client:
    """`spent` holds seconds by what was done."""

    port: int
    key: str
    spent: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = HTTPConnection(HOST, self.port, timeout=60)

    def start(self, case_id: UUID, process_id: str = "bench") -> list[str]:
        """Start a process; gives the ids of its tasks."""
        started = self._ask("start", "POST", f"/cases/{case_id}/instances", {"process_id": process_id})
        tasks: list[str] = started["task_ids"]
        return tasks

    def walk(self, case_id: UUID) -> int:
        """Start a process and complete all of its tasks; gives how many."""
        ahead, done = self.start(case_id), 0
        while ahead:
            completed = self._ask("complete", "POST", f"/tasks/{ahead.pop()}/completion", {"answers": ANSWERS})
            ahead += completed["next_task_ids"]
            done += 1
        return done

    def inbox(self) -> None:
        """One page of the inbox."""
        self._ask("inbox", "GET", "/tasks?limit=20", None)

    def _ask(self, what: str, method: str, path: str, body: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        begun = time.perf_counter()
        self._connection.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        self.spent.setdefault(what, []).append(time.perf_counter() - begun)
        if answer.status >= 400:  # noqa: PLR2004  HTTP
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:300]!r}")
        return json.loads(content)


def walk_at_once(clients: Sequence[Client], case_ids: Sequence[UUID], walks: int) -> float:
    """Each client walks so many processes, each on a case of its own; gives completed tasks per second of all together."""

    def work(place: int) -> int:
        return sum(clients[place].walk(case_ids[place]) for _ in range(walks))

    begun = time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        done = sum(pool.map(work, range(len(clients))))
    return done / (time.perf_counter() - begun)
