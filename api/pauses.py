"""Pauses of the garbage collector: whoever asks for a page just then waits for all of it.

Compiled processes, forms and statements are a million objects that stay, and walking them takes a tenth of a second.
"""

from __future__ import annotations

import gc
import time
from typing import Any

#: A full collection that takes longer (in seconds) has walked much that stays.
LONG = 0.015


def shorten_pauses() -> None:
    """From now on what is there after a long collection is set aside: the next ones walk only what has come since."""
    gc.freeze()
    began = 0.0

    def watch(phase: str, about: dict[str, Any]) -> None:
        nonlocal began
        if about["generation"] < 2:  # noqa: PLR2004  the oldest
            return
        if phase == "start":
            began = time.perf_counter()
        elif time.perf_counter() - began > LONG:
            gc.freeze()

    gc.callbacks.append(watch)
