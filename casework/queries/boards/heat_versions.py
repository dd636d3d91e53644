"""On which version something was done: a diagram is used by every version that pins it, and instances may have been moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import (
    InstanceMove,
    InstanceMoveItem,
    MovedState,
    PinnedArtifact,
    ProcessInstance,
    ProcessVersion,
    ProcessVersionState,
)

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_INSTANCE = aliased(ProcessInstance)


@dataclass(frozen=True)
class Versions:
    """`numbers` of a process, newest first; `version_id`: whose diagram is shown; `ran_on`: what to count (None: all)."""

    numbers: tuple[int, ...]
    version_id: UUID
    ran_on: frozenset[UUID] | None


def versions_of(session: Session, process_id: str, version: int | None) -> Versions:
    """Of a diagram that is or was released. NotFoundError for a number that it does not have."""
    query = select(ProcessVersion.version, ProcessVersion.id, ProcessVersion.state)
    rows = session.execute(
        query.where(ProcessVersion.process_id == process_id).order_by(ProcessVersion.version.desc())
    ).all()
    numbers = tuple(row.version for row in rows)
    if version is None:
        shown = next((row for row in rows if row.state is ProcessVersionState.RELEASED), rows[0])
        return Versions(numbers, shown.id, None)
    chosen = next((row for row in rows if row.version == version), None)
    if chosen is None:
        raise NotFoundError(message("There is no such process."))
    mine = select(PinnedArtifact.artifact_id).where(
        PinnedArtifact.process_version_id == chosen.id, PinnedArtifact.is_main
    )
    users = select(PinnedArtifact.process_version_id).where(PinnedArtifact.artifact_id.in_(mine))
    return Versions(numbers, chosen.id, frozenset(session.scalars(users)))


def ran_on(instance_id: Any, at: Any, version_ids: frozenset[UUID] | None) -> tuple[ColumnElement[bool], ...]:
    """Conditions that an instance ran on one of these versions at that moment: before it was moved it ran on another."""
    if version_ids is None:
        return ()
    item, move = aliased(InstanceMoveItem), aliased(InstanceMove)
    later = item.instance_id == instance_id, item.state == MovedState.MOVED, item.at > at
    before = select(move.from_version_id).join(item, item.move_id == move.id).where(*later).order_by(item.at).limit(1)
    now = select(_INSTANCE.process_version_id).where(_INSTANCE.id == instance_id)
    return (func.coalesce(before.scalar_subquery(), now.scalar_subquery()).in_(sorted(version_ids)),)
