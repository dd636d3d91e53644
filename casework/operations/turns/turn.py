"""A turn: everything that one happening sets off on a case, gathered in memory and then written in few statements.

One completed task may open others, meet deadlines, send messages that other instances of the case await, and so on. All of
it is one transaction. What a turn opens and closes again is written once, as it ended.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework.model import ACTIVE, JobState, SubscriptionState, TimerState, UserTask, UserTaskState
from casework.model.case_facts import facts_at
from casework.operations import journal
from casework.operations.turns.endings import Endings
from casework.operations.turns.expressions import names_in
from casework.operations.turns.units import lane_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.database import Base
    from casework.model import Actor, Case, ProcessInstance, Subscription
    from casework.operations.turns.deliveries import Delivery

Row = dict[str, Any]

#: More steps than this in one turn, and something goes round in circles.
MOST_STEPS = 100

#: Whatever may stand by itself: the states in which it stands, and the one it gets when the process no longer needs it.
STANDING: dict[str, tuple[frozenset[str], str]] = {
    "user_task": (frozenset(ACTIVE), UserTaskState.WITHDRAWN),
    "job": (frozenset({JobState.READY, JobState.CLAIMED, JobState.FAILED}), JobState.CANCELLED),
    "timer": (frozenset({TimerState.WAITING, TimerState.STUCK}), TimerState.CANCELLED),
    "subscription": (frozenset({SubscriptionState.WAITING}), SubscriptionState.CANCELLED),
}


@dataclass
class Turn:
    """What a turn knows and has gathered. The case's row is locked for as long as the turn lasts."""

    session: Session
    case: Case
    actor: Actor
    at: datetime
    #: Instances of the case that the turn has touched; `started` are those that it has made.
    instances: dict[UUID, ProcessInstance] = field(default_factory=dict)
    started: list[ProcessInstance] = field(default_factory=list)
    #: Instances that were read along with their deadlines or timers.
    known: dict[UUID, ProcessInstance] = field(default_factory=dict)
    #: New rows by table.
    rows: dict[type[Base], list[Row]] = field(default_factory=lambda: defaultdict(list))
    #: Engine task ids that no longer stand, by table; rows of this turn are not among them.
    cancelled: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    #: Engine task ids of user tasks and jobs that were taken away: what was stuck there is no longer wanted.
    fallen_away: set[str] = field(default_factory=set)
    finished: set[UUID] = field(default_factory=set)
    endings: dict[UUID, Endings] = field(default_factory=lambda: defaultdict(Endings))
    #: The deadlines that run on the case, once somebody has asked for them; which of them have changed; the new due instants.
    running: list[Row] | None = None
    touched: set[UUID] = field(default_factory=set)
    moved: dict[UUID, datetime] = field(default_factory=dict)
    #: Why what was to be done by a deadline was done late; the deadline itself may run on.
    late_reasons: dict[UUID | None, str] = field(default_factory=dict)
    deliveries: deque[Delivery] = field(default_factory=deque)
    #: What awaited messages and signals on the case when the turn began, and the message starts of released processes, once
    #: somebody has asked for them.
    waits: list[tuple[Subscription, ProcessInstance]] | None = None
    starts: list[tuple[str, UUID, str]] | None = None
    #: Names whose values changed: facts of the case, variables by instance.
    changed_facts: set[str] = field(default_factory=set)
    changed_variables: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    #: Subscriptions for which kept messages were looked for; instances at a version whose conditions were asked.
    looked_for: set[UUID] = field(default_factory=set)
    asked: set[tuple[UUID, int]] = field(default_factory=set)
    has_found_conditions: bool = False
    #: Kept messages that were delivered after all.
    taken_up: int = 0
    #: What the person said who corrected a fact.
    reason: str = ""
    incident_ids: list[UUID] = field(default_factory=list)
    steps: int = 0

    @property
    def facts(self) -> dict[str, Any]:
        """What expressions may read of the case: its facts, the child's age, and `sag`: id, number, the lane that has it."""
        lane = lane_of(self.session, self.case.responsible_unit_id)
        about = {"id": str(self.case.id), "nummer": self.case.number, "ansvarligLane": lane}
        return {**facts_at(self.case.facts, self.at), "sag": about}

    def add(self, table: type[Base], row: Row) -> None:
        """Write `row` at the end of the turn."""
        self.rows[table].append(row)

    def pending(self, table: type[Base]) -> list[Row]:
        """The new rows of a table."""
        return self.rows.get(table, [])

    def cancel(self, table: type[Base], engine_task_ids: Iterable[str]) -> None:
        """What stands for these engine tasks no longer stands, be it of this turn or of an earlier one."""
        wanted = set(engine_task_ids)
        states, ended = STANDING[table.__tablename__]
        mine = [row for row in self.pending(table) if row["engine_task_id"] in wanted]
        for row in mine:
            if row["state"] in states:
                row.update(state=ended, ended_at=self.at)
        self.cancelled[table.__tablename__] |= wanted - {row["engine_task_id"] for row in mine}

    def watch(self, reads: Mapping[str, frozenset[str]]) -> None:
        """A process of the case reads these names."""
        known = self.case.reads
        if any(not names <= set(known.get(what, ())) for what, names in reads.items()):
            more = {what: sorted(names | set(known.get(what, ()))) for what, names in reads.items()}
            self.case.reads = {**known, **more}

    def is_read(self, what: str) -> bool:
        """Has a fact changed that some process of the case may read for its `deadlines`, `timers` or `conditions`?"""
        return not self.changed_facts.isdisjoint(self.case.reads.get(what, ()))

    def why(self, *texts: str | None, instance: ProcessInstance | None = None) -> dict[str, Any]:
        """For the journal: by which changed names a date has moved that FEEL among `texts` counts, and the reason given."""
        changed = self.changed_facts | (self.changed_variables[instance.id] if instance else set())
        names = sorted(names_in([text for text in texts if text]) & changed)
        return {"because": names, **({"reason": self.reason} if self.reason else {})}

    def record(self, kind: str, instance: ProcessInstance | None = None, **details: Any) -> None:
        """Add a journal entry."""
        journal.record(
            self.session,
            self.case,
            kind,
            self.actor,
            self.at,
            instance_id=instance.id if instance else None,
            **details,
        )

    def task_ids(self, instance_id: UUID | None = None) -> tuple[UUID, ...]:
        """The user tasks that the turn has opened and that still stand, of one instance or of all."""
        return tuple(
            row["id"]
            for row in self.pending(UserTask)
            if row["state"] in ACTIVE and instance_id in (None, row["instance_id"])
        )
