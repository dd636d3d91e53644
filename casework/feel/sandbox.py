"""V8 with feelin in it: one per process, made at first use, replaced when an expression has broken it.

One expression runs at a time. V8 survives neither a fork nor the memory limit, so it is forgotten after the one and
replaced after the other; a time limit leaves it usable.
"""

from __future__ import annotations

import ctypes
import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path

from py_mini_racer import JSEvalException, JSOOMException, JSTimeoutException, MiniRacer

from casework.config import ROOT
from casework.feel.errors import FeelMissingError

INTERPRETER = ROOT / "build" / "feel.js"
MEMORY_LIMIT = 128 * 1024 * 1024
# A machine may be so busy that V8 hardly ran within its time. Then it is asked again, so often at most.
_ATTEMPTS = 8
_PING_SECONDS = 1.0
_TASKS = Path("/proc/self/task")


class TooSlowError(Exception):
    """The time limit was reached."""


class TooLargeError(Exception):
    """The memory limit was reached."""


def ask(request: str, seconds: float) -> str:
    """Give `request` (JSON) to `feel.answer` and return its answer (JSON); `seconds` is the limit of running time.

    Asked twice before it counts as endless or as too large: V8 may have spent the first time collecting garbage, or had its
    memory full of what was asked before; the second time it is a new one then.
    """
    with _state.lock:
        try:
            return _fed(request, seconds)
        except (TooSlowError, TooLargeError):
            return _fed(request, seconds)


def _fed(request: str, seconds: float) -> str:
    for _ in range(_ATTEMPTS - 1):
        with suppress(_StarvedError):
            return _attempt(request, seconds)
    return _attempt(request, seconds, last=True)


class _StarvedError(Exception):
    """The time is over, but V8 got little of it."""


class _State:
    """What a process has: its V8, if it has been needed, and the lock around it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.racer: MiniRacer | None = None
        #: Those that V8 runs in, by the number that Linux gives them; none where that is not known.
        self.threads: frozenset[str] = frozenset()


_state = _State()


def _forget_after_fork() -> None:
    _state.lock = threading.Lock()
    _state.racer = None


os.register_at_fork(after_in_child=_forget_after_fork)


def _attempt(request: str, seconds: float, *, last: bool = False) -> str:
    racer = _racer()
    used = _time_used()
    try:
        return str(racer.eval(f"feel.answer({json.dumps(request)})", timeout_sec=seconds))
    except JSTimeoutException:
        is_starved = _time_used() - used < seconds / 2
        _check_alive(racer)
        if is_starved and not last:
            raise _StarvedError from None
        raise TooSlowError from None
    except JSOOMException:
        _discard(racer)
        raise TooLargeError from None
    finally:
        if _state.racer is not None and racer.was_hard_memory_limit_reached():
            _discard(racer)


def _racer() -> MiniRacer:
    if _state.racer is None:
        # On a thread of its own: where an event loop runs, mini-racer would take that loop for its own.
        with ThreadPoolExecutor(max_workers=1) as threads:
            _state.racer, _state.threads = threads.submit(_made).result()
    return _state.racer


def _made() -> tuple[MiniRacer, frozenset[str]]:
    source = _source(INTERPRETER)
    before = _threads()
    racer = MiniRacer()
    # Freed by `_discard` only. Python would free it at exit and, in a forked child, wait for ever for threads of V8 that
    # exist in the parent; one more reference keeps it from trying.
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(racer))
    racer.set_hard_memory_limit(MEMORY_LIMIT)
    racer.eval(source)
    return racer, _threads() - before


def _threads() -> frozenset[str]:
    return frozenset(path.name for path in _TASKS.iterdir()) if _TASKS.exists() else frozenset()


def _time_used() -> float:
    """Seconds of processor time that V8 had; those of the whole process where its threads are not known."""
    if not _state.threads:
        return time.process_time()
    return sum(map(_ticks, _state.threads)) / os.sysconf("SC_CLK_TCK")


def _ticks(thread: str) -> int:
    try:
        stat = (_TASKS / thread / "stat").read_text()
    except OSError:  # it has ended with its V8
        return 0
    return sum(map(int, stat.rpartition(")")[2].split()[11:13]))


@cache
def _source(path: Path) -> str:
    try:
        return path.read_text()
    except FileNotFoundError:
        raise FeelMissingError(str(path)) from None


def _check_alive(racer: MiniRacer) -> None:
    """What runs inside one long built-in call cannot be stopped at once; such a V8 is left to finish alone."""
    try:
        racer.eval("0", timeout_sec=_PING_SECONDS)
    except JSEvalException:
        _discard(racer)


def _discard(racer: MiniRacer) -> None:
    _state.racer = None
    threading.Thread(target=racer.close, daemon=True).start()  # may wait for what still runs
