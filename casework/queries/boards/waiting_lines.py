"""Who is waited for, read in four statements: tasks, hand-offs without an answer, answers of families, clocks stopped by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from casework.calendar import day_of
from casework.forms.words import words
from casework.i18n import Message, message
from casework.model import (
    Case,
    Deadline,
    DeadlineState,
    Employee,
    Handoff,
    ProcessInstance,
    ProcessVersion,
    Subscription,
    SubscriptionState,
    Unit,
    UserTask,
)
from casework.queries.columns import IS_ACTIVE
from casework.queries.due_words import span_words
from casework.queries.handoff_rows import UNANSWERED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

#: Messages that a family answers with, and processes in which its consent is asked for (domain reference, E.5 and F29).
FAMILY_MESSAGES = {"PartshoeringSvar": message("Answers to hearings")}
FAMILY_PROCESSES = {"sub_samtykke": message("Consents that are asked for")}
_NOT_TAKEN = message("Not taken")


class Party(StrEnum):
    """Whom a case waits for."""

    OWN = "own"  #: Those who work in the units of the board.
    UNITS = "units"  #: Another department, with a task or a hand-off that it has not answered.
    US = "us"  #: The units of the board, with a hand-off that they have not answered.
    FAMILY = "family"  #: A hearing or a consent.
    OUTSIDE = "outside"  #: A provider, or whatever somebody has stopped a clock for.


@dataclass(frozen=True)
class WaitingLine:
    """One thing that is waited for. `who_key` and `who` are a person, a unit, or what of a family."""

    case_id: UUID
    party: Party
    who_key: str
    who: Message | str
    what: Message | str
    since: datetime
    due_at: datetime | None
    is_planned: bool = False
    task_id: UUID | None = None
    handoff_id: UUID | None = None
    employee_id: UUID | None = None
    #: Who has the task; of a hand-off from whom to whom.
    holder: Message | str = _NOT_TAKEN
    pair: str = ""
    reason: str | None = None

    def waited(self, now: datetime) -> Message:
        """How long, in words."""
        return span_words(max(now - self.since, timedelta(0)))


def waiting_lines(session: Session, unit_ids: Sequence[str], now: datetime) -> list[WaitingLine]:
    """Give everything that is waited for by or in these units, the longest first. Dates that merely have to come are not."""
    found = chain(
        _tasks(session, unit_ids, now),
        _handoffs(session, unit_ids),
        _answers(session, unit_ids),
        _stopped(session, unit_ids),
    )
    return sorted(found, key=lambda line: line.since)


def _tasks(session: Session, unit_ids: Sequence[str], now: datetime) -> Iterator[WaitingLine]:
    concerns = or_(UserTask.unit_id.in_(unit_ids), UserTask.awaited_by_unit_id.in_(unit_ids))
    rows = session.execute(
        select(
            UserTask.id,
            UserTask.case_id,
            UserTask.process_id,
            UserTask.name,
            UserTask.name_en,
            UserTask.created_at,
            UserTask.due_at,
            UserTask.follow_up_on,
            UserTask.unit_id,
            UserTask.assignee_id,
            Employee.name.label("assignee"),
            Unit.name.label("unit"),
            Unit.name_en.label("unit_en"),
            Unit.is_external,
        )
        .join(Unit, Unit.id == UserTask.unit_id)
        .outerjoin(Employee, Employee.id == UserTask.assignee_id)
        .where(concerns, IS_ACTIVE)
    )
    own = frozenset(unit_ids)
    for row in rows:
        party, key, who = _who(row, own)
        yield WaitingLine(
            case_id=row.case_id,
            party=party,
            who_key=key,
            who=who,
            what=words(row.name, row.name_en),
            since=row.created_at,
            due_at=row.due_at,
            is_planned=row.follow_up_on is not None and row.follow_up_on > day_of(now),
            task_id=row.id,
            employee_id=row.assignee_id,
            holder=row.assignee or _NOT_TAKEN,
        )


def _who(row: Any, own: frozenset[str]) -> tuple[Party, str, Message | str]:
    if row.unit_id not in own:
        party = Party.OUTSIDE if row.is_external else Party.UNITS
        return party, row.unit_id, words(row.unit, row.unit_en)
    if row.process_id in FAMILY_PROCESSES:
        return Party.FAMILY, row.process_id, FAMILY_PROCESSES[row.process_id]
    return Party.OWN, str(row.assignee_id or ""), row.assignee or _NOT_TAKEN


def _handoffs(session: Session, unit_ids: Sequence[str]) -> Iterator[WaitingLine]:
    sender, receiver = aliased(Unit), aliased(Unit)
    rows = session.execute(
        select(
            Handoff.id,
            Handoff.case_id,
            Handoff.subject,
            Handoff.offered_at,
            Handoff.due_at,
            Handoff.from_unit_id,
            Handoff.to_unit_id,
            sender.name.label("sender"),
            sender.name_en.label("sender_en"),
            receiver.name.label("receiver"),
            receiver.name_en.label("receiver_en"),
        )
        .join(sender, sender.id == Handoff.from_unit_id)
        .join(receiver, receiver.id == Handoff.to_unit_id)
        .where(Handoff.state.in_(UNANSWERED), or_(Handoff.from_unit_id.in_(unit_ids), Handoff.to_unit_id.in_(unit_ids)))
    )
    own = frozenset(unit_ids)
    for row in rows:
        to = words(row.receiver, row.receiver_en)
        yield WaitingLine(
            case_id=row.case_id,
            party=Party.US if row.to_unit_id in own else Party.UNITS,
            who_key=row.to_unit_id,
            who=to,
            what=message("Hand-off: {subject}", subject=row.subject),
            since=row.offered_at,
            due_at=row.due_at,
            handoff_id=row.id,
            holder=message("{sender} → {receiver}", sender=words(row.sender, row.sender_en), receiver=to),
            pair=f"{row.from_unit_id}:{row.to_unit_id}",
        )


def _answers(session: Session, unit_ids: Sequence[str]) -> Iterator[WaitingLine]:
    rows = session.execute(
        select(
            Subscription.case_id,
            Subscription.name,
            Subscription.created_at,
            ProcessVersion.name,
            ProcessVersion.name_en,
        )
        .join(Case, Case.id == Subscription.case_id)
        .join(ProcessInstance, ProcessInstance.id == Subscription.instance_id)
        .join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
        .where(Subscription.state == SubscriptionState.WAITING, Subscription.name.in_(sorted(FAMILY_MESSAGES)))
        .where(Case.responsible_unit_id.in_(unit_ids))
    )
    for case_id, name, since, process, process_en in rows:
        what = words(process, process_en)
        yield WaitingLine(case_id, Party.FAMILY, name, FAMILY_MESSAGES[name], what, since, None)


def _stopped(session: Session, unit_ids: Sequence[str]) -> Iterator[WaitingLine]:
    rows = session.execute(
        select(
            Deadline.case_id, Deadline.name, Deadline.name_en, Deadline.paused_at, Deadline.due_at, Deadline.pauses
        ).where(
            Deadline.unit_id.in_(unit_ids), Deadline.state == DeadlineState.RUNNING, Deadline.paused_at.is_not(None)
        )
    )
    for case_id, name, name_en, since, due_at, pauses in rows:
        last = pauses[-1] if pauses else {}
        if last.get("by_hand") and since is not None:
            yield WaitingLine(
                case_id=case_id,
                party=Party.OUTSIDE,
                who_key="stopped",
                who=message("Clocks stopped by hand"),
                what=words(name, name_en),
                since=since,
                due_at=due_at,
                reason=str(last.get("reason", "")),
            )
