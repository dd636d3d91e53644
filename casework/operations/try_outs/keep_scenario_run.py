"""Keeps what came of running the scenarios of a process draft, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import ProcessDraft, ScenarioRun
from casework.model.process_rights import require_sight

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from casework.model import Actor


def keep_scenario_run(
    actor: Actor,
    *,
    process_draft_id: UUID,
    checksum: bytes,
    total: int,
    outcomes: Sequence[dict[str, Any]],
    is_new: bool = False,
) -> None:
    """Add outcomes to the newest run of these files (`checksum`), or begin one: when there is none, or a new one is wanted.

    The same scenario twice counts once: two pages may look on. Over when all of `total` are there. Refuses a draft that is
    not there (NotFoundError).
    """
    require_sight(actor)
    with transaction() as session:
        if session.get(ProcessDraft, process_draft_id, with_for_update=True) is None:
            raise NotFoundError(message("There is no such process draft."))
        same = ScenarioRun.process_draft_id == process_draft_id, ScenarioRun.checksum == checksum
        run = session.scalars(select(ScenarioRun).where(*same).order_by(ScenarioRun.id.desc()).limit(1)).first()
        if run is None or is_new:
            run = ScenarioRun(process_draft_id=process_draft_id, checksum=checksum, total=total, outcomes=[])
            run.started_at, run.started_by = clock.now(), actor.name
            session.add(run)
        known = {(one["file"], one["name"]) for one in run.outcomes}
        run.outcomes = [*run.outcomes, *(one for one in outcomes if (one["file"], one["name"]) not in known)]
        if len(run.outcomes) >= run.total and run.ended_at is None:
            run.ended_at = clock.now()
