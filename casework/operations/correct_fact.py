"""A person corrects what the case knows; deadlines, timers, starts and conditions that depend on it move along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from casework import calendar, clock, values
from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError
from casework.i18n import message
from casework.model import InstanceState, Person, ProcessInstance
from casework.model.case_facts import BIRTH_DATE
from casework.model.fact import FACTS, check_fact
from casework.model.visibility import sees_whole_case
from casework.operations.packages.moved_stays import move_stays
from casework.operations.turns import lock_case
from casework.operations.turns.facts import take_facts
from casework.operations.turns.settle import settle
from casework.operations.turns.turn import Turn

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor

#: The fact that pages and letters read from the child itself.
PROTECTED = "beskyttetAdresse"


def correct_fact(actor: Actor, *, case_id: UUID, name: str, value: Any, reason: str) -> None:
    """Set a fact that the case has, or one of `FACTS` that it may have, of the kind that it has, with a reason.

    Running deadlines, waiting timers and starts are counted anew, also into the past: then they are overdue, or due at once.
    What was met, has fired or has started stays as it was. The journal keeps both values, and what has moved from when to when.

    Refuses cases that are not seen whole (NotFoundError), who does not work in the responsible unit or lead it
    (ForbiddenError), unknown facts, values of another kind, and an impossible birth date (InvalidError).
    """
    said = " ".join(reason.split())
    if not said:
        raise InvalidError(message("Say why."), {"reason": [message("Say why.")]})
    at = clock.now()
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        if case.responsible_unit_id not in actor.all_units and not actor.sees_all_cases:
            raise ForbiddenError(message("Only the responsible unit can correct what the case knows."))
        if name not in case.facts and name not in FACTS:
            raise InvalidError(message("The case knows nothing of {name}.", name=name), {"name": [message("Unknown.")]})
        known = case.facts.get(name)
        check_fact(name, known, value)
        turn = Turn(session, case, actor, at, reason=said)
        _correct_child(turn, name, value)
        take_facts(turn, {name: value}, is_recorded=False)
        _correct_variables(turn, name, known, value)
        move_stays(turn, {name: known}, {name: value})
        change = {"before": values.to_json(known), "after": values.to_json(value)}
        turn.record("fact_corrected", name=name, **change, reason=said)
        settle(turn)
        case.version += 1


def _correct_variables(turn: Turn, name: str, known: Any, value: Any) -> None:
    """Processes that were told the same when they began (`kendskabsDato`) know better now; another enquiry has its own."""
    running = ProcessInstance.case_id == turn.case.id, ProcessInstance.state == InstanceState.RUNNING
    with_all = undefer(ProcessInstance.engine_state), undefer(ProcessInstance.variables)
    query = select(ProcessInstance).where(*running).options(*with_all).order_by(ProcessInstance.id)
    told = [instance for instance in turn.session.scalars(query) if instance.variables.get(name) is not None]
    if known is None and all(one.variables[name] == told[0].variables[name] for one in told):
        known = told[0].variables[name] if told else None
    for instance in told:
        if instance.variables[name] == known:
            instance.variables = {**instance.variables, name: value}
            instance.version += 1
            turn.instances[instance.id] = instance
            turn.changed_variables[instance.id].add(name)


def _correct_child(turn: Turn, name: str, value: Any) -> None:
    """What stands with the child itself changes there too. Its CPR number may say otherwise: some people have a wrong one."""
    child = turn.session.get_one(Person, turn.case.child_id) if name in (BIRTH_DATE, PROTECTED) else None
    if child is None:
        return
    if name == PROTECTED:
        child.has_protected_address = value
        return
    if value > calendar.day_of(turn.at):
        future = message("The birth date is in the future.")
        raise InvalidError(future, {"value": [future]})
    child.birth_date = value
