"""A thread that does the same piece of work each second, and at once when somebody rings."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds between two looks when nobody rings.
PAUSE = 1.0

log = structlog.get_logger()


class Rhythm:
    """Calls `work` again and again. `work` gives True when it left something over and wants to be called again at once."""

    def __init__(self, name: str, work: Callable[[], bool], pause: float = PAUSE) -> None:
        self._work = work
        self._pause = pause
        self._bell = threading.Event()
        self._stopping = threading.Event()
        # A daemon, so that a process which is told to end for good is not held up; `stop` waits for it in the ordinary case.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin, with a first look at once."""
        self._thread.start()

    def ring(self) -> None:
        """Look at once instead of at the end of the pause."""
        self._bell.set()

    def stop(self, timeout: float = 10) -> None:
        """Let it finish what it is doing, for at most `timeout` seconds."""
        self._stopping.set()
        self._bell.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not self._did_some():
                self._bell.wait(self._pause)
            self._bell.clear()

    def _did_some(self) -> bool:
        try:
            return self._work()
        except Exception:  # the worker's edge: what broke is logged, and the next round comes
            log.exception("sweep failed", work=self._thread.name)
            return False
