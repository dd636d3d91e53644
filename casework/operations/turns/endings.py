"""Which deadlines of an instance end in a turn, without loading them: one UPDATE says met or withdrawn.

A deadline of a task or activity ends with it. One of the whole process is met when the element named in `met` completes,
and falls away when the one named in `until` does. What still runs when the instance ends falls away with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import and_, case, false, func, literal, or_, true, update

from casework.model import Deadline, DeadlineState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Table, Update

#: What a deadline is set to when it ends.
TABLE = cast("Table", Deadline.__table__)


@dataclass
class Endings:
    """What has ended so far. `passed` holds process and element id of completed elements."""

    met: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    passed: set[tuple[str, str]] = field(default_factory=set)
    is_over: bool = False
    late_reason: str | None = None

    def __bool__(self) -> bool:
        return bool(self.met or self.withdrawn or self.passed or self.is_over)

    def __or__(self, other: Endings) -> Endings:
        """Both."""
        return Endings(
            self.met | other.met,
            self.withdrawn | other.withdrawn,
            self.passed | other.passed,
            self.is_over or other.is_over,
            self.late_reason or other.late_reason,
        )

    def state_of(self, row: Mapping[str, Any]) -> DeadlineState | None:
        """How a deadline that was opened in this very turn has ended; None: it runs."""
        if row["engine_task_id"] in self.met or (row["process_id"], row["met_by"]) in self.passed:
            return DeadlineState.MET
        fell_away = row["engine_task_id"] in self.withdrawn or (row["process_id"], row["until"]) in self.passed
        return DeadlineState.WITHDRAWN if fell_away or self.is_over else None

    def statement(self, instance_id: UUID, at: datetime) -> Update:
        """The UPDATE for the deadlines that ran before."""
        met = or_(TABLE.c.engine_task_id.in_(sorted(self.met)), self._names(TABLE.c.met_by))
        withdrawn = or_(TABLE.c.engine_task_id.in_(sorted(self.withdrawn)), self._names(TABLE.c.until))
        state = case((met, literal(DeadlineState.MET, TABLE.c.state.type)), else_=DeadlineState.WITHDRAWN)
        late = case((and_(met, TABLE.c.due_at < at), literal(self.late_reason)), else_=None)
        return (
            update(TABLE)
            .where(TABLE.c.instance_id == instance_id, TABLE.c.state == DeadlineState.RUNNING)
            .where(true() if self.is_over else or_(met, withdrawn))
            .values(
                state=state, ended_at=at, next_escalation_at=None, late_reason=func.coalesce(late, TABLE.c.late_reason)
            )
        )

    def _names(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        return or_(
            false(),
            *(and_(TABLE.c.process_id == process, column == element) for process, element in sorted(self.passed)),
        )
