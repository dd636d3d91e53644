"""The servers of a benchmark: granian with two workers, and one process that sweeps; and how much memory they take."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"
SWEEP = "from workers.sweep import Sweep; import threading; Sweep().start(); threading.Event().wait()"


@contextmanager
def serving(workers: int) -> Iterator[tuple[int, int]]:
    """A web server; gives its port and its process id."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    command += [
        "--workers",
        str(workers),
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "warning",
        "api.app:app",
    ]
    with _running(command) as process:
        _wait_for(port)
        yield port, process.pid


@contextmanager
def sweeping() -> Iterator[int]:
    """A process that does what every worker does each second; gives its process id."""
    with _running([sys.executable, "-c", SWEEP]) as process:
        yield process.pid


def memory_of(process_id: int) -> dict[str, float]:
    """Megabytes of the process and each of its children (proportional set size where the kernel tells it)."""
    ids = [process_id, *_children(process_id)]
    return {str(number): _megabytes(number) for number in ids}


@contextmanager
def _running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=dict(os.environ))  # noqa: S603  written above
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            connection = HTTPConnection(HOST, port, timeout=10)
            connection.request("GET", "/api/v1/openapi.json")
            connection.getresponse().read()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def _children(process_id: int) -> list[int]:
    folder = Path(f"/proc/{process_id}/task/{process_id}/children")
    return [int(number) for number in folder.read_text().split()] if folder.exists() else []


def _megabytes(process_id: int) -> float:
    for file, word in ((f"/proc/{process_id}/smaps_rollup", "Pss:"), (f"/proc/{process_id}/status", "VmRSS:")):
        try:
            lines = Path(file).read_text().splitlines()
        except OSError:
            continue
        for line in lines:
            if line.startswith(word):
                return round(int(line.split()[1]) / 1024, 1)
    return 0.0
