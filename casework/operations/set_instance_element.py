"""A person sets a running process to another element, because it stands where it should not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError
from casework.i18n import message
from casework.model.correcting import may_correct
from casework.model.visibility import sees_incident
from casework.operations.correct_answers import take_offers_back
from casework.operations.turns.locking import lock_instance, turn_of
from casework.operations.turns.setting import set_instance
from casework.operations.turns.settle import settle
from casework.released import definition_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from casework.model import Actor


@dataclass(frozen=True)
class InstanceSet:
    """`next_task_ids`: tasks of the case that stand because of it."""

    case_id: UUID
    instance_id: UUID
    next_task_ids: tuple[UUID, ...]


def set_instance_element(
    actor: Actor, *, instance_id: UUID, at: Sequence[str], reason: str, after: bool = False
) -> InstanceSet:
    """Set it to the element at the end of `at` (before it the activities around, outermost first), with a reason.

    `after`: to what follows that element. Leaders of the responsible unit, process owners and administrators. Refuses what is
    not seen (NotFoundError), who may not (ForbiddenError), a process that has ended (ConflictError), elements at which the
    tokens could never stand, by name, and those from which it could not go on (InvalidError). What is left is withdrawn:
    tasks, timers, jobs, deadlines, and offers of hand-offs that nobody has accepted.
    """
    said = " ".join(reason.split())
    if not said:
        raise InvalidError(message("Say why."), {"reason": [message("Say why.")]})
    at_moment = clock.now()
    with transaction() as session:
        case, instance = lock_instance(session, instance_id, sees_incident(actor))
        if not may_correct(actor, case.responsible_unit_id):
            raise ForbiddenError(
                message("Only a leader of the responsible unit, a process owner or an administrator can do this.")
            )
        turn = turn_of(session, case, instance, actor, at_moment)
        stood = set_instance(turn, instance, tuple(at), after=after)
        elements = definition_of(session, instance.process_version_id).elements
        names = {element_id: element.name for (_, element_id), element in elements.items()}
        turn.record("instance_set", instance, stood=stood, to=names.get(at[-1]) or at[-1], after=after, reason=said)
        settle(turn)
        take_offers_back(turn, instance, said)
        return InstanceSet(case.id, instance.id, turn.task_ids())
