"""New row ids: UUID version 7 (RFC 9562), so that ids sort by time and need no round trip to the database."""

from __future__ import annotations

import os
import time
from uuid import UUID

_RANDOM_BITS = 74


def new_id() -> UUID:
    """48 bits of milliseconds, then random bits; version 7, variant 10."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10)) & ((1 << _RANDOM_BITS) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & ((1 << 62) - 1))
