"""A bell that rings after a commit that left work for the machines: a hint, never a promise.

Workers listen (`workers.app`); the core knows nothing of Celery. Work whose bell was not heard is found by the sweep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_listeners: list[Callable[[], object]] = []
_failures = 0


def listen(callback: Callable[[], object]) -> None:
    """Call `callback` at each ring, in the ringing thread; it must be quick."""
    if callback not in _listeners:
        _listeners.append(callback)


def stop_listening(callback: Callable[[], object]) -> None:
    """Undo `listen`."""
    if callback in _listeners:
        _listeners.remove(callback)


def ring() -> None:
    """Tell all listeners. What goes wrong with one is counted and forgotten: the work is in the database."""
    global _failures  # noqa: PLW0603  one count for the process
    for callback in _listeners:
        try:
            callback()
        except Exception:  # noqa: BLE001  a broken bell must not turn a committed operation into an error
            _failures += 1


def failures() -> int:
    """How many calls of listeners have failed in this process."""
    return _failures
