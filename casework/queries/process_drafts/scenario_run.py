"""The last run of a draft's scenarios, on its files as they were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.database import read
from casework.model import ScenarioRun
from casework.model.process_rights import require_sight

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from casework.model import Actor


@dataclass(frozen=True)
class RunSeen:
    """`outcomes` of those that have been run: file, line, name, seconds, problems (line, da, en), taken (process, flow)."""

    total: int
    outcomes: tuple[dict[str, Any], ...]
    started_at: datetime
    started_by: str
    ended_at: datetime | None

    @property
    def failures(self) -> tuple[dict[str, Any], ...]:
        """Those that are otherwise than expected."""
        return tuple(one for one in self.outcomes if one["problems"])


def scenario_run(actor: Actor, process_draft_id: UUID, checksum: bytes) -> RunSeen | None:
    """Give it for these files; None: they have not been run."""
    require_sight(actor)
    with read() as session:
        same = ScenarioRun.process_draft_id == process_draft_id, ScenarioRun.checksum == checksum
        return _seen(session.scalars(select(ScenarioRun).where(*same).order_by(ScenarioRun.id.desc()).limit(1)).first())


def last_whole_run(checksum: bytes) -> RunSeen | None:
    """The last run of these files that is over, whoever began it."""
    with read() as session:
        same = ScenarioRun.checksum == checksum, ScenarioRun.ended_at.is_not(None)
        return _seen(session.scalars(select(ScenarioRun).where(*same).order_by(ScenarioRun.id.desc()).limit(1)).first())


def _seen(run: ScenarioRun | None) -> RunSeen | None:
    if run is None:
        return None
    return RunSeen(run.total, tuple(run.outcomes), run.started_at, run.started_by, run.ended_at)
