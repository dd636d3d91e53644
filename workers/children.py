"""Child processes that never outlive their parent, not even one that was killed."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG in <linux/prctl.h>
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def start_child(
    command: Sequence[str], *, output: IO[bytes] | int, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own, so that Ctrl-C reaches the parent alone, which then stops in order.

    Call it from the main thread: Linux sends the death signal when the *thread* that forked is gone.
    """
    return subprocess.Popen(  # noqa: S603  the commands are written out in this package
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=environment,
        start_new_session=True,
        preexec_fn=dies_with_its_parent(),  # noqa: PLW1509  one system call, and the parent runs no thread yet
    )


def dies_with_its_parent(death_signal: int = signal.SIGTERM) -> Callable[[], None]:
    """Give what a new child has to do before `exec` for the kernel to end it with its parent (Linux only)."""
    parent = os.getpid()

    def arrange() -> None:
        if _libc is not None:
            _libc.prctl(_SET_PARENT_DEATH_SIGNAL, death_signal)
        if os.getppid() != parent:  # it died between fork and here, and the kernel says so only once
            os._exit(1)

    return arrange
