"""Children that start, die, hang and stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workers import supervisor as module
from workers.supervisor import Child, Supervisor

#: Says what it was told, and takes its time to stop in order.
ORDERLY = """
import signal, sys, time
def stop(*_):
    print("stopping in order", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print("started", flush=True)
time.sleep(60)
"""
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('started', flush=True); time.sleep(60)"
)


@pytest.fixture
def said():
    return []


@pytest.fixture
def supervisor(said):
    watched = Supervisor(dict(os.environ), said.append)
    yield watched
    watched.stop()


def child(tmp_path, code, **options) -> Child:
    return Child("worker", [sys.executable, "-c", code], tmp_path / "worker.log", **options)


def wait_until(condition) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "it did not happen within 20 seconds"
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    """Whether a process runs; a zombie that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_stops_a_child_in_order(supervisor, tmp_path):
    one = child(tmp_path, ORDERLY)
    supervisor.start(one)
    wait_until(lambda: b"started" in one.log.read_bytes())

    supervisor.stop()

    assert one.log.read_text().splitlines() == ["started", "stopping in order"]
    assert not is_alive(one.process.pid)


def test_starts_again_what_died_after_a_pause_that_doubles(supervisor, said, tmp_path):
    one = child(tmp_path, "print('started', flush=True)")
    supervisor.start(one)

    for starts in (2, 3):
        wait_until(lambda starts=starts: supervisor.watch() or one.log.read_bytes().count(b"started") == starts)

    assert [sentence.partition(";")[0] for sentence in said[:2]] == ["The worker stopped with exit code 0"] * 2
    assert one.pause == 4 * module.SHORTEST_PAUSE or one.pause == 8 * module.SHORTEST_PAUSE


def test_a_child_that_gives_no_sign_of_life_is_started_again(supervisor, said, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "SILENCE_SECONDS", 0.3)
    one = child(tmp_path, STUBBORN, sign_of_life=tmp_path / "alive")
    supervisor.start(one)
    first = one.process.pid

    wait_until(lambda: supervisor.watch() or one.process.pid != first)

    assert "has been silent" in said[0]
    assert not is_alive(first)


def test_a_child_that_does_not_listen_is_killed_with_all_it_started(supervisor, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "STOP_SECONDS", 0.2)
    code = f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {STUBBORN!r}]).pid, flush=True); {STUBBORN}"
    one = child(tmp_path, code)
    supervisor.start(one)
    wait_until(lambda: one.log.read_bytes().count(b"started") == 2)
    grandchild = int(one.log.read_text().splitlines()[0])

    supervisor.stop()

    wait_until(lambda: not is_alive(grandchild))


def test_no_child_outlives_a_parent_that_was_killed(tmp_path):
    code = f"""
import subprocess, sys, time
from workers.children import start_child
child = start_child([sys.executable, "-c", {ORDERLY!r}], output=subprocess.DEVNULL)
print(child.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        pid = int(parent.stdout.readline())
        assert is_alive(pid)

        parent.send_signal(signal.SIGKILL)

    wait_until(lambda: not is_alive(pid))


def test_those_that_others_rely_on_stop_last(supervisor, tmp_path):
    order = tmp_path / "order"
    code = ORDERLY.replace('print("stopping in order", flush=True)', f"open({str(order)!r}, 'a').write(sys.argv[1])")
    for name, stops_last in (("b", True), ("w", False), ("c", False)):
        log = tmp_path / f"{name}.log"
        supervisor.start(Child(name, [sys.executable, "-c", code, name], log, stops_last=stops_last))
        wait_until(lambda log=log: b"started" in log.read_bytes())

    supervisor.stop()

    assert order.read_text() == "wcb"
