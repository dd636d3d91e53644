"""Somebody takes the event log of a process away: that stands in the history of the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.model.process_rights import require_owner
from casework.operations.process_history import note

if TYPE_CHECKING:
    from casework.model import Actor


def take_event_log(actor: Actor, *, process_id: str, kind: str) -> None:
    """Note it down; `kind` is `xes` or `ocel`. Process owners and administrators (else ForbiddenError)."""
    require_owner(actor)
    with transaction() as session:
        note(session, process_id, "event_log_taken", actor, clock.now(), file=kind.upper())
