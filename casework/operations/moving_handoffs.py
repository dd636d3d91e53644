"""What all moves of a hand-off have in common: who may, locking, the answer to the instance that waits, telling, the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select

from casework.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from casework.i18n import message
from casework.model import (
    Case,
    Employee,
    Handoff,
    Membership,
    Role,
    Subscription,
    SubscriptionState,
    Unit,
)
from casework.model.visibility import sees_handoff
from casework.operations.journal import record
from casework.operations.turns import deliver
from casework.operations.turns.locking import locked
from casework.operations.turns.substitutes import substitutes_within
from casework.operations.turns.telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor, HandoffState

#: The message that an instance awaits after offering; its correlation is the hand-off's id.
ANSWER = "OverleveringKvittering"
LONGEST_TEXT = 5000


@dataclass(frozen=True)
class HandoffMoved:
    """Where a hand-off stands after a move."""

    handoff_id: UUID
    case_id: UUID
    state: str
    version: int


@dataclass(frozen=True)
class Move:
    """A hand-off being moved, with its case locked."""

    session: Session
    case: Case
    handoff: Handoff
    actor: Actor
    at: datetime

    def to(self, state: HandoffState, version: int | None) -> None:
        """Move it; ConflictError when it is no longer where the caller saw it."""
        if version is not None and version != self.handoff.version:
            changed = {"version": self.handoff.version, "state": self.handoff.state.value}
            raise ConflictError(message("The hand-off has changed since you opened it."), changed=changed)
        self.handoff.move_to(state)

    def answered(self, reason: str | None = None) -> None:
        """Note who ended it and why."""
        self.handoff.answered_at, self.handoff.answered_by = self.at, self.actor.name
        self.handoff.reason = reason

    def record(self, kind: str, **details: Any) -> None:
        """Write the journal entry, with the units as they are called now."""
        names = unit_names(self.session, self.handoff.from_unit_id, self.handoff.to_unit_id)
        units = {"from_unit": names[self.handoff.from_unit_id], "to_unit": names[self.handoff.to_unit_id]}
        about = {"handoff_id": str(self.handoff.id), "subject": self.handoff.subject, **units}
        said = {**about, **details}
        if "unit" in said:
            said["unit"] = names[said["unit"]]
        record(self.session, self.case, kind, self.actor, self.at, instance_id=self.handoff.instance_id, **said)

    def tell(self, employee_ids: Iterable[UUID], occasion: str) -> None:
        """Notify everybody but the actor, once for each occasion; beside who is absent the substitutes who may see it."""
        told = set(employee_ids)
        units = (self.handoff.from_unit_id, self.handoff.to_unit_id)
        told |= {one.id for unit in units for one in substitutes_within(self.session, told, unit, self.at)}
        wanted = sorted(told - {self.actor.id})
        key = f"{self.handoff.id}:{occasion}:{self.handoff.version}"
        tell(self.session, self.case, wanted, "handoff", self.at, key=key, handoff_id=self.handoff.id)

    def answer_instance(self) -> None:
        """Tell the instance that waits for this answer, if one does."""
        correlation = str(self.handoff.id)
        waits = exists().where(
            Subscription.case_id == self.case.id,
            Subscription.name == ANSWER,
            Subscription.correlation == correlation,
            Subscription.state == SubscriptionState.WAITING,
        )
        if self.session.scalar(select(waits)):
            payload = {"state": self.handoff.state.value, "handoff": correlation, "unit": self.handoff.to_unit_id}
            deliver(
                self.session, self.case, ANSWER, actor=self.actor, at=self.at, payload=payload, correlation=correlation
            )

    def moved(self) -> HandoffMoved:
        """Give what the caller gets back."""
        return HandoffMoved(self.handoff.id, self.case.id, self.handoff.state.value, self.handoff.version)


def lock_handoff(session: Session, actor: Actor, handoff_id: UUID, at: datetime) -> Move:
    """Lock a hand-off with its case; NotFoundError for who may not see it."""
    query: Any = select(Case, Handoff).join(Handoff, Handoff.case_id == Case.id)
    wanted = query.where(Handoff.id == handoff_id, sees_handoff(actor))
    found: Any = session.execute(locked(wanted, Case, Handoff)).one_or_none()
    if found is None:
        raise NotFoundError(message("There is no such hand-off."))
    return Move(session, found[0], found[1], actor, at)


def require_receiver(move: Move) -> None:
    """Refuse (ForbiddenError) who neither works in the receiving unit nor leads it."""
    if move.actor.kind != "system" and move.handoff.to_unit_id not in move.actor.all_units:
        raise ForbiddenError(message("Only the unit that is asked can answer the hand-off."))


def require_sender(move: Move) -> None:
    """Refuse (ForbiddenError) who neither works in the sending unit nor leads it."""
    if move.actor.kind != "system" and move.handoff.from_unit_id not in move.actor.all_units:
        raise ForbiddenError(message("Only the unit that asks can do this with the hand-off."))


def required_text(text: str, field: str) -> str:
    """Give what a person wrote; InvalidError on `field` when it is empty or endless."""
    said = text.strip()
    if not said:
        raise InvalidError(
            message("Write why, so that the others can act on it."), {field: [message("Write a few words.")]}
        )
    if len(said) > LONGEST_TEXT:
        long = message("Write at most {limit} characters.", limit=LONGEST_TEXT)
        raise InvalidError(long, {field: [long]})
    return said


def works_in(session: Session, unit_id: str, *, leaders_only: bool = False) -> list[UUID]:
    """Give the active employees of a unit."""
    wanted = [Membership.unit_id == unit_id, Employee.is_active]
    if leaders_only:
        wanted.append(Membership.role == Role.TEAM_LEADER)
    return list(
        session.scalars(select(Employee.id).join(Membership, Membership.employee_id == Employee.id).where(*wanted))
    )


def leaders_of(session: Session, unit_id: str) -> list[UUID]:
    """Give who leads a unit: the leaders of the nearest unit upwards that has any."""
    path = session.scalars(select(Unit.path).where(Unit.id == unit_id)).one().strip("/").split("/")
    for unit in reversed(path):
        if found := works_in(session, unit, leaders_only=True):
            return found
    return []


def sending_leaders(move: Move) -> list[UUID]:
    """Give who leads the sending unit, and the unit that the municipality has named for what nobody takes over."""
    units = dict.fromkeys([move.handoff.from_unit_id, move.handoff.fallback_unit_id])
    return [leader for unit_id in units for leader in leaders_of(move.session, unit_id)]


def senders(move: Move) -> list[UUID]:
    """Give who waits for the answer: who offered it, and who is responsible for the case."""
    wanted = (move.handoff.offered_by_id, move.case.responsible_employee_id)
    found = [employee_id for employee_id in wanted if employee_id]
    return found or works_in(move.session, move.handoff.from_unit_id)


def unit_names(session: Session, *unit_ids: str) -> dict[str, str]:
    """Give the names of units by id."""
    rows = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids)))
    return {row.id: row.name for row in rows}
