"""How a batch of moves goes: counts, and what stayed where it was and why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from casework.database import read
from casework.errors import NotFoundError
from casework.forms.words import words
from casework.i18n import Message, message
from casework.model import (
    Case,
    InstanceMove,
    InstanceMoveItem,
    MovedState,
    ProcessInstance,
    ProcessVersion,
    Role,
)
from casework.model.process_rights import require_owner
from casework.model.visibility import sees_whole_case
from casework.queries.moving_instances.running import Label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor

#: Instances named for each reason.
MOST_NAMED = 50


@dataclass(frozen=True)
class Counts:
    """Instances of a batch."""

    waiting: int = 0
    moved: int = 0
    refused: int = 0
    passed_over: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.done + self.waiting

    @property
    def done(self) -> int:
        """Those whose turn has come."""
        return self.moved + self.refused + self.passed_over


@dataclass(frozen=True)
class Refusal:
    """Instances that stayed where they were for the same reasons; `labels` are the first of them."""

    reasons: tuple[Message, ...]
    count: int
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class MoveStatus:
    """`left_to_move_back`: how many of those moved still run on the new version; `left_on_old`: how many run on the old one, of
    this batch or not. `back_ids`: the batches that moved them back. `branches`: what became of new branches.
    """

    move_id: UUID
    process_id: str
    name: Message
    from_version: int
    to_version: int
    to_version_id: UUID
    reason: str
    state: str
    created_at: datetime
    created_by: str
    ended_at: datetime | None
    branches: str
    undoes_id: UUID | None
    counts: Counts
    refusals: tuple[Refusal, ...]
    left_to_move_back: int
    left_on_old: int
    back_ids: tuple[UUID, ...]


def move_status(actor: Actor, move_id: UUID) -> MoveStatus:
    """Process owners and administrators (else ForbiddenError)."""
    require_owner(actor)
    with read() as session:
        move = session.get(InstanceMove, move_id)
        if move is None:
            raise NotFoundError(message("There is nothing here that you may see."))
        old, new = (session.get_one(ProcessVersion, of) for of in (move.from_version_id, move.to_version_id))
        backs = session.scalars(select(InstanceMove.id).where(InstanceMove.undoes_id == move_id)).all()
        return MoveStatus(
            move_id=move.id,
            process_id=move.process_id,
            name=words(new.name, new.name_en),
            from_version=old.version,
            to_version=new.version,
            to_version_id=new.id,
            reason=move.reason,
            state=move.state.value,
            created_at=move.created_at,
            created_by=move.created_by,
            ended_at=move.ended_at,
            branches=move.branches,
            undoes_id=move.undoes_id,
            counts=counts_of(session, [move.id])[move.id],
            refusals=tuple(_refusals(session, actor, move.id)),
            left_to_move_back=_left(session, move),
            left_on_old=_on_old(session, move),
            back_ids=tuple(backs),
        )


def counts_of(session: Session, move_ids: Iterable[UUID]) -> dict[UUID, Counts]:
    """Of each batch."""
    wanted = list(move_ids)
    found: dict[UUID, dict[str, int]] = {move_id: {} for move_id in wanted}
    query = select(InstanceMoveItem.move_id, InstanceMoveItem.state, func.count())
    query = query.where(InstanceMoveItem.move_id.in_(wanted)).group_by(InstanceMoveItem.move_id, InstanceMoveItem.state)
    for move_id, state, count in session.execute(query):
        found[move_id][state.value] = count
    return {move_id: Counts(**counts) for move_id, counts in found.items()}


def _left(session: Session, move: InstanceMove) -> int:
    query = select(func.count()).select_from(InstanceMoveItem)
    query = query.join(ProcessInstance, ProcessInstance.id == InstanceMoveItem.instance_id)
    mine = InstanceMoveItem.move_id == move.id, InstanceMoveItem.state == MovedState.MOVED
    there = ProcessInstance.process_version_id == move.to_version_id, ProcessInstance.state == "running"
    return session.scalar(query.where(*mine, *there)) or 0


def _on_old(session: Session, move: InstanceMove) -> int:
    there = ProcessInstance.process_version_id == move.from_version_id, ProcessInstance.state == "running"
    return session.scalar(select(func.count()).select_from(ProcessInstance).where(*there)) or 0


def _refusals(session: Session, actor: Actor, move_id: UUID) -> list[Refusal]:
    sees_numbers = Role.ADMINISTRATOR in actor.roles
    query: Any = select(
        InstanceMoveItem.reasons,
        ProcessInstance.id,
        ProcessInstance.started_at,
        Case.number,
        sees_whole_case(actor).label("sees"),
    )
    query = query.join(ProcessInstance, ProcessInstance.id == InstanceMoveItem.instance_id)
    query = query.join(Case, Case.id == ProcessInstance.case_id)
    query = query.where(InstanceMoveItem.move_id == move_id, InstanceMoveItem.state == MovedState.REFUSED)
    found: dict[str, tuple[tuple[Message, ...], list[Label]]] = {}
    for row in session.execute(query.order_by(InstanceMoveItem.position)):
        reasons = tuple(Message.from_json(reason) for reason in row.reasons)
        number = row.number if row.sees or sees_numbers else None
        label = Label(row.id, number, row.started_at, bool(row.sees))
        found.setdefault(json.dumps(row.reasons, sort_keys=True), (reasons, []))[1].append(label)
    ordered = sorted(found.values(), key=lambda one: -len(one[1]))
    return [Refusal(reasons, len(labels), tuple(labels[:MOST_NAMED])) for reasons, labels in ordered]
