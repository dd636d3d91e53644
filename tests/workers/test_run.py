"""The embedded run: one parent, everything else below it."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from casework.config import ROOT
from tests.services.ports import free_port

#: Real programs start here, on cores that other tests share.
pytestmark = pytest.mark.timeout(400)

READY = "Sagsgang is at"
ON_SQLITE = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
PATIENCE_SECONDS = 90
#: The promise is five seconds until the first page, on a machine that does nothing else. Here others share its cores and caches:
#: the work, which they cannot stretch as much as the wall clock, may take twice as long, and the clock has room to wait.
SECOND_START_SECONDS_OF_WORK = 8
SECOND_START_SECONDS = 25


class Running:
    """One `python -m workers.run` and what it prints."""

    def __init__(self, data: Path, port: int, **environment: str) -> None:
        self.port = port
        self.output = data.parent / "output"
        with self.output.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "workers.run"],
                cwd=ROOT,
                env={**os.environ, "SAGSGANG_DATA": str(data), "PORT": str(port), **environment},
                stdout=file,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )

    def wait_for(self, words: str) -> None:
        wait_until(lambda: words in self.said() or self.process.poll() is not None)
        assert words in self.said(), self.said()

    def said(self) -> str:
        return self.output.read_text()

    def children(self) -> dict[int, str]:
        """Process id and command of all that runs below the parent."""
        found, wanted = {}, {self.process.pid}
        for _ in range(4):
            for pid, parent, command in all_processes():
                if parent in wanted:
                    wanted.add(pid)
                    found[pid] = command
        return found

    def seconds_of_work(self) -> float:
        """Processor time of all that runs below the parent, of what has ended there, and of itself."""
        numbers = [
            sum(map(int, (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[11:15]))
            for pid in (self.process.pid, *self.children())
        ]
        return sum(numbers) / os.sysconf("SC_CLK_TCK")

    def get(self, path: str) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        try:
            return connection.getresponse().status
        finally:
            connection.close()


def all_processes():
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if fields[0] != "Z":
            yield int(folder.name), int(fields[1]), command


def wait_until(condition) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, f"it did not happen within {PATIENCE_SECONDS} seconds"
        time.sleep(0.05)


@contextmanager
def running(tmp_path, **environment: str):
    """A run without demonstration, for speed; the demonstration has tests of its own."""
    run = Running(tmp_path / "var", free_port(), **{"SAGSGANG_DEMONSTRATION": "0", **environment})
    try:
        run.wait_for(READY)
        wait_until(lambda: "celery" in " ".join(run.children().values()))
        yield run
    finally:
        if run.process.poll() is None:
            run.process.terminate()
            run.process.wait(PATIENCE_SECONDS)


def test_serves_a_page_and_stops_in_order_on_ctrl_c(tmp_path):
    with running(tmp_path) as run:
        status, below = run.get("/"), run.children()

        run.process.send_signal(signal.SIGINT)

        assert run.process.wait(PATIENCE_SECONDS) == 0
    assert status < 400
    assert len(below) >= 3
    assert not set(below) & {pid for pid, _, _ in all_processes()}
    assert run.said().splitlines()[1:] == ["Stopping …", "Stopped. All work is kept."]


def test_nothing_outlives_a_parent_that_was_killed(tmp_path):
    with running(tmp_path) as run:
        below = set(run.children())

        run.process.kill()
        run.process.wait()

        wait_until(lambda: not below & {pid for pid, _, _ in all_processes()})


def test_what_dies_is_started_again(tmp_path):
    with running(tmp_path) as run:
        for words in ("valkey-server", "granian"):
            pid = min(pid for pid, command in run.children().items() if words in command)

            os.kill(pid, signal.SIGKILL)

            wait_until(lambda pid=pid, words=words: any(
                words in command and other != pid for other, command in run.children().items()
            ))  # fmt: skip
        run.wait_for("The broker stopped with exit code -9; it starts again in 0.5 s.")
        wait_until(lambda: answers(run))


def answers(run: Running) -> bool:
    try:
        return run.get("/") < 500
    except OSError:
        return False


def test_the_second_start_is_quick_and_finds_what_was_kept_and_read_by_nobody_else(tmp_path):
    with running(tmp_path) as run:
        kept = [tmp_path / "var", *(tmp_path / "var").rglob("*")]
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) & 0o077 for path in kept if path.exists()}
        run.process.terminate()
        assert run.process.wait(PATIENCE_SECONDS) == 0
    database = tmp_path / "var" / "sagsgang.sqlite"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE remembered (name TEXT)")
    started = time.monotonic()

    run = Running(tmp_path / "var", free_port(), SAGSGANG_DEMONSTRATION="0")
    try:
        run.wait_for(READY)
        page, seconds, work = run.get("/"), time.monotonic() - started, run.seconds_of_work()
    finally:
        run.process.terminate()
        run.process.wait(PATIENCE_SECONDS)

    assert page < 400
    assert {"sagsgang.sqlite", "session_key"} <= set(modes)
    assert set(modes.values()) == {0}
    assert work < SECOND_START_SECONDS_OF_WORK
    assert seconds < SECOND_START_SECONDS
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("SELECT name FROM remembered")


def test_the_web_server_reads_in_only_what_the_first_page_needs(tmp_path):
    heavy = "celery", "kombu", "psycopg", "alembic", "typst", "holidays"
    script = f"import sys, api.app; api.app.app; print([name for name in {heavy} if name in sys.modules])"

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**ON_SQLITE, "SAGSGANG_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "[]\n"


def test_a_busy_port_is_one_clear_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        run = Running(tmp_path / "var", port)

        assert run.process.wait(PATIENCE_SECONDS) == 1
    assert re.fullmatch(rf"Port {port} cannot be used .*: PORT={port + 1} make run\n", run.said())
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("port", ["otte tusind", "0", "70000"])
def test_a_port_that_is_none_is_one_clear_sentence(tmp_path, port):
    run = Running(tmp_path / "var", port)

    assert run.process.wait(PATIENCE_SECONDS) == 1
    assert run.said() == f"PORT must be a number from 1 to 65535, not '{port}'.\n"


def test_a_database_that_cannot_be_migrated_is_said_and_nothing_is_left_running(tmp_path):
    """One that is no database: for a server that does not answer yet it would wait a while."""
    (tmp_path / "broken.sqlite").write_text("Emil Brandt Lauritsen")
    run = Running(tmp_path / "var", free_port(), DATABASE_URL=f"sqlite:///{tmp_path / 'broken.sqlite'}")

    assert run.process.wait(PATIENCE_SECONDS) == 1
    assert run.said().startswith("The database could not be brought up to date:\n")
    assert run.children() == {}
