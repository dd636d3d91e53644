"""Workers that tests start and kill."""

from __future__ import annotations

import pytest

from casework.config import ROOT
from tests.workers.programs import Worker


@pytest.fixture
def start_worker(database, tmp_path, monkeypatch):
    """Start workers as production does: threads on SQLite, processes on PostgreSQL."""
    monkeypatch.chdir(ROOT)
    workers = []

    def start(**environment: str) -> Worker:
        pool = "threads" if database.startswith("sqlite") else "prefork"
        workers.append(Worker(tmp_path / "worker.log", pool, **environment))
        return workers[-1]

    yield start
    for worker in workers:
        if worker.process.poll() is None:
            worker.kill()
