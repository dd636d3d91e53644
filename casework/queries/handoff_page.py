"""One hand-off: the sheet, who is responsible, what was said, and what the reader may do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import Message, message
from casework.model import AccessEntry, Employee, Handoff, HandoffState, Membership, Unit
from casework.queries.handoff_rows import HandoffRow, handoff_row, select_handoffs
from casework.queries.names import EmployeeName, UnitName, unit_name
from casework.queries.shared_parts import hidden_words
from casework.queries.shared_sheet import Offer, SharedSheet, basis_stands, shared_sheet

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor


@dataclass(frozen=True)
class HandoffRights:
    """What the reader may do now."""

    accept: bool
    decline: bool
    ask: bool
    answer: bool
    return_: bool
    complete: bool
    withdraw: bool


@dataclass(frozen=True)
class HandoffEvent:
    """One line of its history; `quote` is what a person wrote."""

    at: datetime
    words: Message
    quote: str | None = None


@dataclass(frozen=True)
class HandoffPage:
    """`side` is sender, receiver or other (sees the whole case). `sheet` is None where it may no longer be seen.

    `colleagues` can do the next thing at the receiver's; `units` could have it instead.
    """

    row: HandoffRow
    side: str
    sheet: SharedSheet | None
    hidden: tuple[Message, ...]
    responsible_words: Message
    log: tuple[HandoffEvent, ...]
    rights: HandoffRights
    colleagues: tuple[EmployeeName, ...]
    units: tuple[UnitName, ...]


def handoff_page(actor: Actor, handoff_id: UUID) -> HandoffPage:
    """Give the page to sender, receiver and who sees the whole case; NotFoundError to everybody else."""
    now = clock.now()
    with read() as session:
        found = session.execute(select_handoffs(actor).where(Handoff.id == handoff_id)).one_or_none()
        if found is None:
            raise NotFoundError(message("There is no such hand-off."))
        row, side = handoff_row(found, now), _side(actor, found)
        is_restricted = side == "receiver" and not found.sees_whole_case
        sheet = receivers_sheet(session, found, now) if is_restricted else _sheet(session, found, now)
        return HandoffPage(
            row=row,
            side=side,
            sheet=sheet,
            hidden=hidden_words(found.data_classes),
            responsible_words=_responsible_words(row),
            log=tuple(_log(session, found)),
            rights=_rights(actor, found),
            colleagues=_colleagues(session, found.to_unit_id),
            units=units_to_ask(session, besides=(found.from_unit_id, found.to_unit_id)),
        )


def units_to_ask(session: Session, besides: tuple[str, ...]) -> tuple[UnitName, ...]:
    """Give the active units in which somebody works, by name."""
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.name_en)
        .where(Unit.is_active, Unit.lane.is_not(None), Unit.id.not_in(besides))
        .order_by(Unit.name)
    )
    return tuple(unit_name(row.id, row.name, row.name_en) for row in rows)


def shared_until(handoff: Any) -> datetime:
    """Until when what was handed in belongs to the hand-off: the offer, or the sender's last answer to a question."""
    answers = [datetime.fromisoformat(one["at"]) for one in handoff.exchanges if one["kind"] == "answer"]
    offered_at: datetime = handoff.offered_at
    return max([offered_at, *answers])


def _side(actor: Actor, row: Any) -> str:
    if row.to_unit_id in actor.all_units and row.from_unit_id not in actor.units:
        return "receiver"
    return "sender" if row.from_unit_id in actor.all_units else "other"


def receivers_sheet(session: Session, row: Any, now: datetime) -> SharedSheet | None:
    """Give what the receiver sees: while the offer stands or is accepted, and while what it rests on stands."""
    is_over = row.state in (HandoffState.DECLINED, HandoffState.RETURNED, HandoffState.WITHDRAWN)
    return None if is_over or not basis_stands(session, row.consent_id, now) else _sheet(session, row, now)


def _sheet(session: Session, row: Any, now: datetime) -> SharedSheet:
    offer = Offer(
        case_id=row.case_id,
        from_unit_id=row.from_unit_id,
        to_unit_id=row.to_unit_id,
        offered_by_id=row.offered_by_id,
        offered_by=row.offered_by,
        subject=row.subject,
        purpose=row.purpose,
        wanted_answer=row.wanted_answer,
        data_classes=tuple(row.data_classes),
        legal_basis=row.legal_basis,
        consent_id=row.consent_id,
        child_informed_on=row.child_informed_on,
        due_at=row.due_at,
        until=shared_until(row),
        ended_at=row.answered_at,
    )
    return shared_sheet(session, offer, now)


def _responsible_words(row: HandoffRow) -> Message:
    said = {"name": row.offered_by, "sender": row.from_unit.name, "receiver": row.to_unit.name}
    match row.state:
        case HandoffState.OFFERED | HandoffState.MORE_ASKED:
            return message("{name}, {sender}, is responsible until {receiver} says yes.", **said)
        case HandoffState.ACCEPTED | HandoffState.COMPLETED if row.moves_responsibility:
            return message("{receiver} is responsible for the case.", **said)
        case HandoffState.ACCEPTED:
            return message("{receiver} does the next thing. {sender} stays responsible for the case.", **said)
    return message("{sender} is responsible.", **said)


def _log(session: Session, row: Any) -> list[HandoffEvent]:
    events = [HandoffEvent(row.offered_at, message("Sent by {name}", name=row.offered_by))]
    events += _opened(session, row)
    for one in row.exchanges:
        asks = one["kind"] == "question"
        words = message("{name} asked", name=one["by"]) if asks else message("{name} answered", name=one["by"])
        events.append(HandoffEvent(datetime.fromisoformat(one["at"]), words, one["text"]))
    if row.answered_at and (ended := _ended(row)):
        events.append(HandoffEvent(row.answered_at, ended, row.reason))
    return sorted(events, key=lambda event: event.at)


def _opened(session: Session, row: Any) -> list[HandoffEvent]:
    """When somebody at the receiver's first looked, from the access log."""
    theirs = select(Membership.employee_id).where(Membership.unit_id == row.to_unit_id)
    first = session.execute(
        select(AccessEntry.at, AccessEntry.actor)
        .where(AccessEntry.case_id == row.case_id, AccessEntry.subject == "handoff", AccessEntry.subject_id == row.id)
        .where(AccessEntry.actor_id.in_(theirs))
        .order_by(AccessEntry.at)
        .limit(1)
    ).one_or_none()
    return [HandoffEvent(first.at, message("Opened by {name}", name=first.actor))] if first else []


def _ended(row: Any) -> Message | None:
    said = {"name": row.answered_by or ""}
    match row.state:
        case HandoffState.ACCEPTED:
            return message("{name} accepted", **said)
        case HandoffState.DECLINED:
            return message("{name} declined", **said)
        case HandoffState.RETURNED:
            return message("{name} gave it back", **said)
        case HandoffState.COMPLETED:
            return message("{name} finished it", **said)
        case HandoffState.WITHDRAWN:
            return message("{name} took it back", **said)
    return None


def _rights(actor: Actor, row: Any) -> HandoffRights:
    receives, sends = row.to_unit_id in actor.all_units, row.from_unit_id in actor.all_units
    is_offered, is_asked = row.state is HandoffState.OFFERED, row.state is HandoffState.MORE_ASKED
    is_accepted = row.state is HandoffState.ACCEPTED
    return HandoffRights(
        accept=receives and is_offered,
        decline=receives and is_offered,
        ask=receives and is_offered,
        answer=sends and is_asked,
        return_=receives and is_accepted,
        complete=receives and is_accepted,
        withdraw=sends and (is_offered or is_asked),
    )


def _colleagues(session: Session, unit_id: str) -> tuple[EmployeeName, ...]:
    rows = session.execute(
        select(Employee.id, Employee.name)
        .join(Membership, Membership.employee_id == Employee.id)
        .where(Membership.unit_id == unit_id, Employee.is_active)
        .order_by(Employee.name)
    )
    return tuple(EmployeeName(row.id, row.name) for row in rows)
