"""Lets somebody see each step as the engine made it: which flows were taken, what was decided and by which rows.

For scenarios and trying out, in the context (thread or task) that asks for it; nothing of it is kept.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casework.engine import Step
    from casework.model import ProcessInstance

    Watcher = Callable[[ProcessInstance, Step], object]

_watcher: ContextVar[Watcher | None] = ContextVar("step_watcher", default=None)


@contextmanager
def watched(by: Watcher) -> Iterator[None]:
    """Tell `by` of each step inside the `with`; it must change nothing. A step whose transaction fails was told too."""
    token = _watcher.set(by)
    try:
        yield
    finally:
        _watcher.reset(token)


def seen(instance: ProcessInstance, step: Step) -> None:
    """Tell whoever watches."""
    watcher = _watcher.get()
    if watcher is not None:
        watcher(instance, step)
