"""Why a package or a stay ends, as diagrams and their forms say it."""

from __future__ import annotations

from typing import Any

from casework.model import EndReason


def end_reason(value: Any) -> EndReason:
    """Forms know reasons of their own (the committee did not approve): for the package that is a planned transition."""
    return EndReason(value) if value in set(EndReason) else EndReason.PLANNED
