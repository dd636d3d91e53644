"""Sets an instance of a turn to another element, and says in words where it stood and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from casework import engine
from casework.engine import Stuck
from casework.engine.places import places
from casework.errors import ConflictError, InvalidError
from casework.i18n import message
from casework.model import Handoff, HandoffState, InstanceState, Passage, Subscription, SubscriptionState
from casework.operations.turns.moves import attempt
from casework.released import definition_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from casework.engine import Definition
    from casework.engine.places import At
    from casework.model import ProcessInstance
    from casework.operations.turns.turn import Turn

#: Hand-offs that nobody has accepted: an instance that no longer waits for the answer takes them back.
WAITING = (HandoffState.OFFERED, HandoffState.MORE_ASKED)


def set_instance(
    turn: Turn, instance: ProcessInstance, at: At, *, after: bool, results: Mapping[str, Any] | None = None
) -> list[str]:
    """Do it; gives the names of the elements where it stood. Refuses what cannot be, and what would be stuck there."""
    if instance.state is not InstanceState.RUNNING:
        raise ConflictError(message("The process has ended, so it cannot be set to another element."))
    stood = where(turn, instance)
    try:
        attempt(turn, instance, engine.SetTo(at, after=after, results=dict(results or {})))
    except Stuck as stuck:
        raise InvalidError(message("It could not go on from there: {reason}", reason=stuck.reason)) from stuck
    return stood


def where(turn: Turn, instance: ProcessInstance) -> list[str]:
    """The names of the elements at which it stands, without the activities around them."""
    definition = definition_of(turn.session, instance.process_version_id)
    found = [definition.element(process, element) for process, element, _ in _progress(definition, instance)]
    inner = [one for one in found if one.type not in ("callActivity", "subProcess")]
    return sorted({one.name or one.id for one in inner or found})


def path_of(turn: Turn, instance: ProcessInstance, process_id: str, element_id: str) -> At:
    """Where this element stands, seen from the process itself. A part that is called from several places: where it runs now,
    else where it was passed last.
    """
    definition = definition_of(turn.session, instance.process_version_id)
    found = [at for at, element in places(definition) if element.key == (process_id, element_id)]
    if not found:
        raise InvalidError(message("There is no element {id} there.", id=element_id))
    running = {(*around, element) for _, element, around in _progress(definition, instance)}
    return max(found, key=lambda at: (_depth(at, running), _last_passed(turn, instance, at)))


def unanswered(turn: Turn, instance: ProcessInstance) -> list[Handoff]:
    """Offers of the instance for whose answer it no longer waits. To be asked after the turn was written."""
    waits = select(Subscription.correlation).where(
        Subscription.instance_id == instance.id, Subscription.state == SubscriptionState.WAITING
    )
    mine = Handoff.instance_id == instance.id, Handoff.state.in_(WAITING)
    awaited = set(turn.session.scalars(waits))
    return [one for one in turn.session.scalars(select(Handoff).where(*mine)) if str(one.id) not in awaited]


def _progress(definition: Definition, instance: ProcessInstance) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    return engine.progress(definition, instance.engine_state) if instance.engine_state else []


def _depth(at: At, running: set[At]) -> int:
    """How many of the activities on the way run."""
    return sum(at[:length] in running for length in range(1, len(at)))


def _last_passed(turn: Turn, instance: ProcessInstance, at: At) -> int:
    if len(at) == 1:
        return 0
    of_host = Passage.instance_id == instance.id, Passage.element_id == at[-2], Passage.how == "completed"
    return turn.session.scalar(select(func.max(Passage.step)).where(*of_host)) or 0
