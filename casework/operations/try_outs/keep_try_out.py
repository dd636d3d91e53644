"""Keeps the steps of a walk through a process draft, as they are after somebody has taken one or taken one back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, LimitError, NotFoundError
from casework.i18n import message
from casework.model import TryOut
from casework.model.process_rights import require_sight

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from casework.model import Actor

#: More is a life, and each step is replayed when the draft changes.
MOST_STEPS = 300


def keep_try_out(actor: Actor, *, process_draft_id: UUID, steps: Sequence[Any], version: int) -> int:
    """Keep them in the place of those of `version`, and give the new version.

    Refuses (ConflictError) when another tab has gone on, (NotFoundError) when nothing was begun, (LimitError) too many steps.
    """
    require_sight(actor)
    if len(steps) > MOST_STEPS:
        raise LimitError(message("A walk has at most {most} steps.", most=MOST_STEPS))
    own = TryOut.process_draft_id == process_draft_id, TryOut.employee_id == actor.id
    with transaction() as session:
        kept = session.scalars(select(TryOut).where(*own).with_for_update()).one_or_none()
        if kept is None:
            raise NotFoundError(message("Nothing is being tried out here."))
        if kept.version != version:
            raise ConflictError(message("The walk has gone on in another window. This is how it stands now."))
        kept.steps = json.dumps(list(steps), ensure_ascii=False)
        kept.version, kept.changed_at = kept.version + 1, clock.now()
        return kept.version
