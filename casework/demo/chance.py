"""Chance, from the seed only: the same seed tells the same stories."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random


def likely(rng: Random, share: float) -> bool:
    """Whether it happens that happens in `share` (0 to 1) of the cases."""
    return rng.random() < share
