"""A batch of moves is stopped, goes on, or is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.engine.moving_pairs import turned
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import InstanceMove, InstanceMoveItem, MovedState, ProcessVersion
from casework.model.process_rights import require_owner
from casework.operations.moving_instances.start_instance_move import begin_move, said_reason
from casework.operations.process_history import note

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor


def stop_instance_move(actor: Actor, *, move_id: UUID) -> None:
    """No further instance is moved; what is moved stays moved. ConflictError when it does not run."""
    require_owner(actor)
    with transaction() as session:
        move = _locked(session, move_id)
        move.stop()
        note(session, move.process_id, "instances_move_stopped", actor, clock.now())


def resume_instance_move(actor: Actor, *, move_id: UUID) -> None:
    """Go on with the instances that are left. ConflictError when it was not stopped."""
    require_owner(actor)
    with transaction() as session:
        move = _locked(session, move_id)
        move.resume()
        note(session, move.process_id, "instances_move_resumed", actor, clock.now())
        session.info["wakes"] = True


def move_instances_back(actor: Actor, *, move_id: UUID, reason: str) -> UUID:
    """Move the instances that this batch has moved, and that still run on its version, to where they came from.

    A batch of its own, by the pairs turned round. Refuses as `start_instance_move`.
    """
    require_owner(actor)
    said = said_reason(reason)
    with transaction() as session:
        move = _locked(session, move_id)
        versions = session.get(ProcessVersion, move.to_version_id), session.get(ProcessVersion, move.from_version_id)
        if versions[0] is None or versions[1] is None:
            raise NotFoundError(message("There is no such process."))
        mine = InstanceMoveItem.move_id == move.id, InstanceMoveItem.state == MovedState.MOVED
        moved = list(
            session.scalars(select(InstanceMoveItem.instance_id).where(*mine).order_by(InstanceMoveItem.position))
        )
        pairs = turned({(a, b): (c, d) for a, b, c, d in move.pairs})
        both = versions[0], versions[1]
        return begin_move(session, actor, both, pairs=pairs, reason=said, instance_ids=moved, undoes_id=move.id)


def _locked(session: Session, move_id: UUID) -> InstanceMove:
    found = session.scalars(select(InstanceMove).where(InstanceMove.id == move_id).with_for_update()).first()
    if found is None:
        raise NotFoundError(message("There is nothing here that you may see."))
    return found
