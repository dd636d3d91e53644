"""A process owner has running instances moved to another version: a batch, which the workers take instance by instance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from casework import clock
from casework.database import transaction
from casework.engine.moving_branches import Branches
from casework.engine.moving_pairs import named, unlike
from casework.errors import ConflictError, InvalidError, NotFoundError
from casework.i18n import message
from casework.identifiers import new_id
from casework.model import (
    InstanceMove,
    InstanceMoveItem,
    InstanceMoveState,
    InstanceState,
    ProcessInstance,
    ProcessVersion,
)
from casework.model.process_rights import require_owner
from casework.operations.process_history import note
from casework.released import definition_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.engine.elements import Key
    from casework.model import Actor

LONGEST_REASON = 2000


def start_instance_move(
    actor: Actor,
    *,
    from_version_id: UUID,
    to_version_id: UUID,
    pairs: Mapping[Key, Key],
    reason: str,
    instance_ids: Collection[UUID] | None = None,
    branches: str = Branches.STAY,
) -> UUID:
    """Have them moved: all that run on the version, or those named. Process owners and administrators.

    `branches` (`engine.moving_branches.Branches`): what becomes of branches that the new version adds beside where they stand.

    Refuses versions of different processes, pairs of unlike elements, a move without a reason or without an instance
    (InvalidError), and one while another from the same version goes on (ConflictError).
    """
    require_owner(actor)
    said = said_reason(reason)
    with transaction() as session:
        old, new = (_version(session, version_id) for version_id in (from_version_id, to_version_id))
        if old.process_id != new.process_id or old.id == new.id:
            raise InvalidError(message("These are no two versions of one process."))
        _require_like(session, old, new, pairs)
        found = _running(session, old.id, instance_ids)
        return begin_move(
            session, actor, (old, new), pairs=pairs, reason=said, instance_ids=found, branches=_branches(branches)
        )


def begin_move(
    session: Session,
    actor: Actor,
    versions: tuple[ProcessVersion, ProcessVersion],
    *,
    pairs: Mapping[Key, Key],
    reason: str,
    instance_ids: list[UUID],
    undoes_id: UUID | None = None,
    branches: Branches = Branches.STAY,
) -> UUID:
    """Write the batch; the workers begin when it is committed."""
    old, new = versions
    if not instance_ids:
        raise InvalidError(message("There is no instance to move."))
    unfinished = InstanceMove.state != InstanceMoveState.DONE, InstanceMove.from_version_id == old.id
    if session.scalar(select(InstanceMove.id).where(*unfinished).limit(1)):
        raise ConflictError(message("Another move from this version is not over yet."))
    at = clock.now()
    move = InstanceMove(
        id=new_id(),
        process_id=old.process_id,
        from_version_id=old.id,
        to_version_id=new.id,
        pairs=[[*one, *other] for one, other in pairs.items()],
        branches=branches.value,
        reason=reason,
        undoes_id=undoes_id,
        created_at=at,
        created_by_id=actor.id,
        created_by=actor.name,
    )
    session.add(move)
    session.flush()
    rows = [{"move_id": move.id, "instance_id": of, "position": n} for n, of in enumerate(instance_ids, 1)]
    session.execute(insert(InstanceMoveItem), rows)
    counts: dict[str, Any] = {"from_version": old.version, "to_version": new.version, "count": len(rows)}
    note(session, old.process_id, "instances_move_started", actor, at, reason=reason, **counts)
    session.info["wakes"] = True
    return move.id


def said_reason(reason: str) -> str:
    """On one line; refuses none, and one that is endless."""
    said = " ".join(reason.split())
    if not said:
        raise InvalidError(message("Say why."), {"reason": [message("Say why.")]})
    if len(said) > LONGEST_REASON:
        long = message("Write at most {limit} characters.", limit=LONGEST_REASON)
        raise InvalidError(long, {"reason": [long]})
    return said


def _branches(word: str) -> Branches:
    if word not in list(Branches):
        raise InvalidError(message("Choose what becomes of new branches."))
    return Branches(word)


def _version(session: Session, version_id: UUID) -> ProcessVersion:
    found = session.get(ProcessVersion, version_id)
    if found is None:
        raise NotFoundError(message("There is no such process."))
    return found


def _require_like(session: Session, old: ProcessVersion, new: ProcessVersion, pairs: Mapping[Key, Key]) -> None:
    before, after = definition_of(session, old.id).elements, definition_of(session, new.id).elements
    unknown = [
        one if one not in before else other for one, other in pairs.items() if one not in before or other not in after
    ]
    if unknown:
        raise InvalidError(message("There is no element {id} there.", id="/".join(unknown[0])))
    unlikely = {one: why for one, other in pairs.items() if (why := unlike(before[one], after[other]))}
    if unlikely:
        names = [named(before[one]) for one in unlikely]
        fields: dict[str, list[Any]] = {"/".join(one): [why] for one, why in unlikely.items()}
        raise InvalidError(message("These elements cannot become what was chosen: {names}.", names=names), fields)


def _running(session: Session, version_id: UUID, wanted: Collection[UUID] | None) -> list[UUID]:
    running = ProcessInstance.process_version_id == version_id, ProcessInstance.state == InstanceState.RUNNING
    query = select(ProcessInstance.id).where(*running).order_by(ProcessInstance.started_at, ProcessInstance.id)
    found = list(session.scalars(query))
    return found if wanted is None else [one for one in found if one in set(wanted)]
