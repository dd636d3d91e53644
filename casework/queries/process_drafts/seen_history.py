"""What was seen of processes so far, as a simulation draws from it: durations, passages, and how many cases begin each week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from casework import clock
from casework.database import read
from casework.model import ElementHistory, ProcessInstance, ProcessVersion, Unit
from casework.model.process_rights import require_sight
from casework.queries.names import UnitName, unit_name
from casework.studio.simulation import Seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.model import Actor

#: Weeks that are counted back.
WEEKS = 12


@dataclass(frozen=True)
class SeenHistory:
    """`made_at`: when durations were counted last (None: never). `per_week`: how many instances of the process began lately.

    `units` are the names by lane, of units with that lane the first.
    """

    seen: Mapping[tuple[str, str], Seen]
    made_at: datetime | None
    per_week: float
    units: Mapping[str, UnitName]


def seen_history(actor: Actor, process_id: str) -> SeenHistory:
    """For who may see drafts; no case is named in it."""
    require_sight(actor)
    since = clock.now() - timedelta(weeks=WEEKS)
    with read() as session:
        rows = session.scalars(select(ElementHistory)).all()
        began = session.scalar(
            select(func.count())
            .select_from(ProcessInstance)
            .join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
            .where(ProcessVersion.process_id == process_id, ProcessInstance.started_at >= since)
        )
        units = session.scalars(select(Unit).where(Unit.lane.is_not(None), Unit.is_active).order_by(Unit.id.desc()))
        return SeenHistory(
            seen={(row.process_id, row.element_id): Seen(row.passed, row.measured, row.deciles) for row in rows},
            made_at=max((row.made_at for row in rows), default=None),
            per_week=(began or 0) / WEEKS,
            units={unit.lane or "": unit_name(unit.id, unit.name, unit.name_en) for unit in units},
        )
