"""The programs of an installation, as real processes that a test can kill: workers and the web server."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection

from sqlalchemy import update

from casework.database import transaction
from casework.model import Job, JobState
from tests.services.ports import free_port
from workers.children import start_child

PATIENCE_SECONDS = 60


class Worker:
    """One `celery worker` on the database of this test."""

    def __init__(self, log, pool: str, **environment: str) -> None:
        self.log = log
        command = [
            sys.executable,
            "-m",
            "celery",
            "--app",
            "workers.app",
            "worker",
            "--pool",
            pool,
            "--concurrency",
            "2",
        ]
        command += ["--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        with log.open("ab") as output:
            self.process = start_child(command, output=output, environment={**os.environ, **environment})

    def kill(self) -> None:
        """As a power failure would: the worker and all its children."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """As an operator would."""
        self.process.terminate()
        return self.process.wait(PATIENCE_SECONDS)


class WebServer:
    """One granian with two workers at one address, however often it is started; `key` is that of a service account."""

    def __init__(self, log, key: str) -> None:
        self.log, self.key, self.port = log, key, free_port()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port), "--workers", "2"]
        command += ["--blocking-threads", "2", "--no-ws", "--log-level", "warning", "api.app:app"]
        with self.log.open("ab") as output:
            self.process = start_child(command, output=output, environment=dict(os.environ))
        wait_until(self._answers)

    def kill(self) -> None:
        """As a power failure would: the parent and all its children."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask(self, method: str, path: str, body: object = None, **headers: str):
        """Give the headers and the JSON of the answer, which must be none of refusal."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        headers |= {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        connection.request(method, f"/api/v1{path}", None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        assert answer.status < 300, (answer.status, content, self.log.read_text())
        return answer.headers, json.loads(content)

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            self.ask("GET", "/tasks")
        except OSError:
            return False
        return True


def wait_until(condition) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, f"it did not happen within {PATIENCE_SECONDS} seconds"
        time.sleep(0.05)


def let_leases_end() -> None:
    """As if the time of a worker that is gone were over."""
    with transaction() as session:
        session.execute(
            update(Job).where(Job.state == JobState.CLAIMED).values(next_at=datetime.now(UTC) - timedelta(minutes=1))
        )
