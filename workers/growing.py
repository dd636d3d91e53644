"""The demonstration grows beside the server: most of its cases come in after the first page stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.config import settings
from workers.supervisor import Child

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_LINES_OF_LOG = 15


@dataclass
class Growing:
    """Runs `command` once, beside all else. `say` tells the person at the terminal how it went."""

    command: list[str]
    log: Path
    say: Callable[[str], None]
    child: Child | None = None

    def has_first(self) -> bool:
        """Whether there is enough to look around."""
        return _kept("has_first")

    def start(self, environment: Mapping[str, str]) -> None:
        """Go on, unless all is there."""
        if _kept("is_complete"):
            return
        self.say("More invented cases come in during the next minutes; look around meanwhile.")
        self.child = Child("demonstration", self.command, self.log)
        self.child.start(environment)

    def watch(self) -> None:
        """Say it, once, when it has ended."""
        if self.child is None or self.child.process is None or self.child.process.poll() is None:
            return
        if self.child.process.returncode == 0:
            self.say(self.log.read_text(encoding="utf-8").splitlines()[-1])
        else:
            self.say(f"The demonstration stays as it is until the next start:\n{end_of(self.log)}")
        self.child = None

    def stop(self) -> None:
        """End it; the next start goes on from there."""
        if self.child is not None:
            self.child.stop()


def _kept(what: str) -> bool:
    """What `casework demo` has left word of beside the database."""
    file = settings().data / "demonstration.json"
    return file.exists() and bool(json.loads(file.read_text(encoding="utf-8"))[what])


def end_of(log: Path) -> str:
    """The last lines of a log, for somebody who has to know why."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(f"    {line}" for line in lines[-_LINES_OF_LOG:]) + f"\n(all of it: {log})"
