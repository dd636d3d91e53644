"""Rows of hand-offs: what is asked of whom, who is responsible, how long it has waited.

A receiver who has not accepted sees the offer, so the row names no child; the sheet on the hand-off's own page does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from casework import calendar
from casework.config import settings
from casework.i18n import Message, message
from casework.model import Case, Employee, Handoff, HandoffState, Person, Unit
from casework.model.visibility import sees_case, sees_handoff, sees_whole_case
from casework.queries import due_words
from casework.queries.columns import CHILD
from casework.queries.names import Child, EmployeeName, UnitName, child_of, employee_name, unit_name

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from casework.model import Actor
    from casework.queries.columns import AnySelect

STATE_WORDS = {
    HandoffState.OFFERED: message("Waits for an answer"),
    HandoffState.MORE_ASKED: message("The receiver has asked"),
    HandoffState.ACCEPTED: message("Accepted"),
    HandoffState.DECLINED: message("Declined"),
    HandoffState.RETURNED: message("Given back"),
    HandoffState.COMPLETED: message("Finished"),
    HandoffState.WITHDRAWN: message("Taken back"),
}
_SENDER, _RECEIVER, _FOLLOWING = aliased(Unit), aliased(Unit), aliased(Employee)
_NAMES = (
    _SENDER.name.label("from_name"),
    _SENDER.name_en.label("from_name_en"),
    _RECEIVER.name.label("to_name"),
    _RECEIVER.name_en.label("to_name_en"),
    _FOLLOWING.name.label("next_name"),
)
#: Waiting for somebody.
UNANSWERED = (HandoffState.OFFERED, HandoffState.MORE_ASKED)


@dataclass(frozen=True)
class HandoffRow:
    """One hand-off. `child` is None for a receiver who has not accepted; `waited` says how long it waits or took."""

    id: UUID
    case_id: UUID
    case_number: str
    child: Child | None
    sees_case: bool
    subject: str
    state: str
    state_words: Message
    from_unit: UnitName
    to_unit: UnitName
    responsible_unit: UnitName
    moves_responsibility: bool
    offered_at: datetime
    offered_by: str
    answered_at: datetime | None
    due: due_words.Due
    waited: Message
    next_employee: EmployeeName | None
    reason: str | None
    version: int


def select_handoffs(actor: Actor) -> AnySelect:
    """Select what `handoff_row` reads, of all hand-offs that the actor sees; the caller adds conditions, order and limit."""
    return (
        select(
            *Handoff.__table__.c,
            Case.number,
            sees_case(actor).label("sees_case"),
            sees_whole_case(actor).label("sees_whole_case"),
            *_NAMES,
            *CHILD,
        )
        .join(Case, Case.id == Handoff.case_id)
        .join(Person, Person.id == Case.child_id)
        .join(_SENDER, _SENDER.id == Handoff.from_unit_id)
        .join(_RECEIVER, _RECEIVER.id == Handoff.to_unit_id)
        .outerjoin(_FOLLOWING, _FOLLOWING.id == Handoff.next_employee_id)
        .where(sees_handoff(actor))
    )


def handoff_row(row: Any, now: datetime) -> HandoffRow:
    """Read one row."""
    sender = unit_name(row.from_unit_id, row.from_name, row.from_name_en)
    receiver = unit_name(row.to_unit_id, row.to_name, row.to_name_en)
    is_theirs = row.state in (HandoffState.ACCEPTED, HandoffState.COMPLETED)
    ended_at = None if row.state in UNANSWERED else row.answered_at
    due = due_words.due(row.due_at, now, due_class="LOKAL", starts_at=row.offered_at, ended_at=ended_at)
    return HandoffRow(
        id=row.id,
        case_id=row.case_id,
        case_number=row.number,
        child=child_of(row, now) if row.sees_case else None,
        sees_case=bool(row.sees_case),
        subject=row.subject,
        state=row.state.value,
        state_words=STATE_WORDS[row.state],
        from_unit=sender,
        to_unit=receiver,
        responsible_unit=receiver if is_theirs else sender,
        moves_responsibility=row.moves_responsibility,
        offered_at=row.offered_at,
        offered_by=row.offered_by,
        answered_at=row.answered_at,
        # An answer in time that is no is nothing done.
        due=due if is_theirs or not ended_at else replace(due, state=due_words.DueState.NEUTRAL),
        waited=_waited(row.offered_at, ended_at, now),
        next_employee=employee_name(row.next_employee_id, row.next_name),
        reason=row.reason,
        version=row.version,
    )


def _waited(offered_at: datetime, ended_at: datetime | None, now: datetime) -> Message:
    first, last = calendar.day_of(offered_at), calendar.day_of(ended_at or now)
    days = calendar.working_days_between(first, last, settings().closed_days)
    span = message("1 working day") if days == 1 else message("{count} working days", count=days)
    if ended_at:
        return message("answered after {span}", span=span)
    return message("has waited {span}", span=span)
