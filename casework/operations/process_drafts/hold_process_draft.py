"""Somebody has a process draft open: for two minutes nobody else saves in it, unless they take over. Renewed while it is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.locking import lock_changeable
from casework.operations.process_history import note

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from casework.model import Actor

HELD_FOR = timedelta(minutes=2)


@dataclass(frozen=True)
class Held:
    """Who has it open, and until when if nobody renews it."""

    by_name: str
    is_mine: bool
    until: datetime


def hold_process_draft(actor: Actor, *, process_draft_id: UUID, take_over: bool = False) -> Held:
    """Hold the draft if nobody else does; `take_over` takes it from them, and the history says so. Owners only.

    What the other had saved is kept; what they had not, they are told when they save it.
    """
    require_owner(actor)
    at = clock.now()
    with transaction() as session:
        draft = lock_changeable(session, process_draft_id)
        is_held = draft.is_held_by_another(actor.id, at)
        if is_held and not take_over and draft.held_until is not None:
            return Held(draft.held_by, is_mine=False, until=draft.held_until)
        if is_held:
            words = {"from": draft.held_by}
            note(session, draft.process_id, "process_draft_taken_over", actor, at, process_draft_id=draft.id, **words)
        until = at + HELD_FOR
        draft.hold(actor.id, actor.name, until)
        return Held(actor.name, is_mine=True, until=until)


def let_go_of_process_draft(actor: Actor, *, process_draft_id: UUID) -> None:
    """The one who held it has closed it."""
    require_owner(actor)
    with transaction() as session:
        draft = lock_changeable(session, process_draft_id)
        if draft.held_by_id == actor.id:
            draft.hold(None, "", None)
