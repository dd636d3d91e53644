"""Somebody begins to try a process draft out, or begins again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import ForbiddenError, NotFoundError
from casework.i18n import message
from casework.model import ProcessDraft, TryOut
from casework.model.process_rights import require_sight

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from casework.model import Actor


def begin_try_out(actor: Actor, *, process_draft_id: UUID, beginning: dict[str, Any], steps: Sequence[Any] = ()) -> int:
    """Keep how it begins, and its first steps; a walk that was there is forgotten. Gives its version.

    For employees who may see drafts (ForbiddenError). Refuses a draft that is not there (NotFoundError).
    """
    require_sight(actor)
    if actor.id is None or actor.kind != "employee":
        raise ForbiddenError(message("You do not have the role for this."))
    with transaction() as session:
        if session.get(ProcessDraft, process_draft_id, with_for_update=True) is None:
            raise NotFoundError(message("There is no such process draft."))
        own = TryOut.process_draft_id == process_draft_id, TryOut.employee_id == actor.id
        kept = session.scalars(select(TryOut).where(*own)).one_or_none()
        if kept is None:
            kept = TryOut(process_draft_id=process_draft_id, employee_id=actor.id, version=0)
            session.add(kept)
        kept.beginning, kept.steps = (json.dumps(one, ensure_ascii=False) for one in (beginning, list(steps)))
        kept.version, kept.changed_at = kept.version + 1, clock.now()
        return kept.version
