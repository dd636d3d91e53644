"""Keeps a few child processes running: starts them, starts again what dies, and stops them in order."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workers.children import start_child

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
#: After so many seconds of life, a death counts as the first again.
LONG_LIFE = 60.0
#: How long a child may take to finish what it is doing.
STOP_SECONDS = 20.0
#: A child that gives no sign of life for so long is started again.
SILENCE_SECONDS = 60.0
LARGEST_LOG = 5_000_000


@dataclass
class Child:
    """One process that ought to run. `sign_of_life`: a file that it touches again and again."""

    name: str
    command: list[str]
    log: Path
    sign_of_life: Path | None = None
    stops_last: bool = False
    process: subprocess.Popen[bytes] | None = None
    pause: float = SHORTEST_PAUSE
    started_at: float = 0.0
    last_sign: float | None = None
    heard_at: float = 0.0
    start_again_at: float | None = None

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it; what it prints goes to its log, of which the one before is kept."""
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".old"))
        with self.log.open("ab") as output:
            self.process = start_child(self.command, output=output, environment=environment)
        self.started_at, self.start_again_at = time.monotonic(), None

    def stop(self) -> None:
        """Ask it to end, wait, and then end it with all it started."""
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        self.clear_away()

    def clear_away(self) -> None:
        """End what a dead or hanging child left running: it leads a process group of its own."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def is_silent(self) -> bool:
        """Whether it runs but has given no sign of life for too long, by a clock that stands still while the machine sleeps."""
        if self.sign_of_life is None:
            return False
        sign = self.sign_of_life.stat().st_mtime if self.sign_of_life.exists() else None
        if sign != self.last_sign:
            self.last_sign, self.heard_at = sign, time.monotonic()
        return time.monotonic() - max(self.heard_at, self.started_at) > SILENCE_SECONDS


@dataclass
class Supervisor:
    """Watches its children from one thread. `say` tells the person at the terminal what happens."""

    environment: Mapping[str, str]
    say: Callable[[str], None]
    children: list[Child] = field(default_factory=list)

    def start(self, child: Child) -> None:
        """Start `child` and watch it from now on."""
        child.start(self.environment)
        self.children.append(child)

    def watch(self) -> None:
        """Look once at each child: what died waits for its turn and is then started again."""
        for child in self.children:
            if child.start_again_at is not None:
                if time.monotonic() >= child.start_again_at:
                    child.start(self.environment)
            elif child.process is not None and child.process.poll() is not None:
                self._plan_again(child, f"stopped with exit code {child.process.returncode}")
            elif child.is_silent():
                self._plan_again(child, f"has been silent for {SILENCE_SECONDS:.0f} s")

    def stop(self) -> None:
        """Stop all in the order of starting, so that the door closes before the workers go; then those others rely on."""
        self.children.sort(key=lambda child: child.stops_last)
        while self.children:
            self.children.pop(0).stop()

    def _plan_again(self, child: Child, what: str) -> None:
        child.clear_away()
        if time.monotonic() - child.started_at > LONG_LIFE:
            child.pause = SHORTEST_PAUSE
        self.say(f"The {child.name} {what}; it starts again in {child.pause:g} s. See {child.log}.")
        child.start_again_at = time.monotonic() + child.pause
        child.pause = min(child.pause * 2, LONGEST_PAUSE)
