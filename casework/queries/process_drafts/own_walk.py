"""The walk through a process draft that the reader has begun."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.database import read
from casework.model import TryOut
from casework.model.process_rights import require_sight

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


@dataclass(frozen=True)
class OwnWalk:
    """As it is told: how it begins, and its steps in the vocabulary of scenarios."""

    beginning: dict[str, Any]
    steps: tuple[Any, ...]
    version: int


def own_walk(actor: Actor, process_draft_id: UUID) -> OwnWalk | None:
    """Give it; None when nothing was begun."""
    require_sight(actor)
    own = TryOut.process_draft_id == process_draft_id, TryOut.employee_id == actor.id
    with read() as session:
        kept = session.scalars(select(TryOut).where(*own)).one_or_none()
        if kept is None:
            return None
        return OwnWalk(json.loads(kept.beginning), tuple(json.loads(kept.steps)), kept.version)
