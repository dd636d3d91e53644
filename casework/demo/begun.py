"""What was asked for when the demonstration was begun, so that it can be gone on with, and is never loaded twice.

Kept beside the keys, without which its database could not be read either; `workers.growing` reads it too.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from casework.config import settings

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Begun:
    """`told_at` is the moment from which the stories look back; `batch` of them are walked together. `has_first`: there is enough
    to look around.
    """

    cases: int
    seed: int
    told_at: datetime
    batch: int
    has_first: bool = False
    is_complete: bool = False


def begun() -> Begun | None:
    """What was begun here; None when nothing was."""
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Begun(**{**kept, "told_at": datetime.fromisoformat(kept["told_at"])})


def keep(one: Begun) -> None:
    """Keep it for the next time."""
    kept = {**asdict(one), "told_at": one.told_at.isoformat()}
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_text(json.dumps(kept), encoding="utf-8")


def _file() -> Path:
    return settings().data / "demonstration.json"
