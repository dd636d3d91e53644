"""A person corrects what the case knows; deadlines, timers and conditions that depend on it move along."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from casework import clock, values
from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError
from casework.i18n import message
from casework.model.visibility import sees_whole_case
from casework.operations.turns import lock_case
from casework.operations.turns.facts import take_facts
from casework.operations.turns.settle import settle
from casework.operations.turns.turn import Turn

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor

LONGEST = 500


def correct_fact(actor: Actor, *, case_id: UUID, name: str, value: Any, reason: str) -> None:
    """Set a fact that the case has, of the kind that it had, with a reason.

    Refuses cases that are not seen whole (NotFoundError), who does not work in the responsible unit or lead it, unknown
    facts and values of another kind (InvalidError). The journal keeps both values.
    """
    said = " ".join(reason.split())
    if not said:
        raise InvalidError(message("Say why."), {"reason": [message("Say why.")]})
    at = clock.now()
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        if case.responsible_unit_id not in actor.all_units and not actor.sees_all_cases:
            raise ForbiddenError(message("Only the responsible unit can correct what the case knows."))
        _check(case.facts, name, value)
        before, after = values.to_json(case.facts[name]), values.to_json(value)
        turn = Turn(session, case, actor, at, reason=said)
        take_facts(turn, {name: value}, is_recorded=False)
        turn.record("fact_corrected", name=name, before=before, after=after, reason=said)
        settle(turn)
        case.version += 1


def _check(facts: dict[str, Any], name: str, value: Any) -> None:
    if name not in facts:
        raise InvalidError(message("The case knows nothing of {name}.", name=name), {"name": [message("Unknown.")]})
    known = facts[name]
    is_same_kind = known is None or type(known) is type(value) or (_is_number(known) and _is_number(value))
    if not is_same_kind or (isinstance(value, str) and len(value) > LONGEST):
        wrong = message("The value must be of the same kind as before.")
        raise InvalidError(wrong, {"value": [wrong]})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
