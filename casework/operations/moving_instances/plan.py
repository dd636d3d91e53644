"""What one move needs to know, and what stands of an instance while it is moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.model import (
    ACTIVE,
    Job,
    JobState,
    Subscription,
    SubscriptionState,
    Timer,
    TimerState,
    UserTask,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from casework.database import Base
    from casework.engine import Element, Standing
    from casework.engine.elements import Key
    from casework.engine.moving import Moved
    from casework.engine.moving_branches import Branches
    from casework.model import ProcessInstance
    from casework.operations.turns.turn import Turn
    from casework.released import Release

#: In which states something may stand.
STANDS: dict[type[Base], tuple[Any, ...]] = {
    UserTask: ACTIVE,
    Job: (JobState.READY, JobState.CLAIMED, JobState.FAILED),
    Timer: (TimerState.WAITING, TimerState.STUCK),
    Subscription: (SubscriptionState.WAITING,),
}


@dataclass(frozen=True)
class Plan:
    """From which version to which, by which pairs, what becomes of new branches, and why."""

    old: Release
    new: Release
    pairs: Mapping[Key, Key]
    branches: Branches
    reason: str


@dataclass
class Moving:
    """One instance on its way. `rows` are those that stood, by engine task and element."""

    turn: Turn
    instance: ProcessInstance
    plan: Plan
    moved: Moved
    rows: dict[tuple[str, str], Any] = field(default_factory=dict)
    #: Names of deadlines that the new version does not have.
    fallen_away: list[str] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        """When it is moved."""
        return self.turn.at

    def old_element(self, standing: Standing) -> Element:
        """As the old version drew it."""
        return self.plan.old.definition.element(standing.process_id, standing.element_id)

    def new_element(self, standing: Standing) -> Element:
        """As the new version draws it."""
        return self.plan.new.definition.element(standing.process_id, standing.element_id)

    def was(self, standing: Standing, element_id: str) -> Element | None:
        """What the new element was in the old version; None for an activity that is drawn around what stands."""
        if self.moved.hosts.get(standing.task_id, standing.task_id) in self.moved.drawn:
            return None
        wanted = standing.process_id, element_id
        key = next(old for old, new in self.plan.pairs.items() if new == wanted)
        return self.plan.old.definition.elements[key]

    def context(self, standing: Standing | None = None) -> dict[str, Any]:
        """What FEEL may read there."""
        items = standing.items if standing else {}
        return {**self.turn.facts, **self.instance.variables, **items, "now": self.at}


def standing_rows(turn: Turn, instance_id: UUID) -> dict[tuple[str, str], Any]:
    """What stands of an instance, as rows of the session."""
    found: dict[tuple[str, str], Any] = {}
    for table, states in STANDS.items():
        columns: Any = table
        query: Any = select(table).where(columns.instance_id == instance_id, columns.state.in_(states))
        for row in turn.session.scalars(query):
            found[row.engine_task_id, row.element_id] = row
    return found
