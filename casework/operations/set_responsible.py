"""Who answers for a case: an employee of the responsible unit, or of another unit that one leader answers for as well.

A unit that somebody else leads is asked by a hand-off: until it accepts, nothing moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError
from casework.i18n import message
from casework.model import Employee, Membership
from casework.model.visibility import sees_whole_case
from casework.operations.add_team_member import require_responsible_unit
from casework.operations.journal import record
from casework.operations.turns import lock_case, move_unit
from casework.operations.turns.substitutes import substitutes_within
from casework.operations.turns.telling import tell

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor, Case


def set_responsible(
    actor: Actor, *, case_id: UUID, employee_id: UUID | None, unit_id: str | None = None, reason: str = ""
) -> int:
    """Make an employee responsible (None: nobody in particular); gives the case's new version.

    Refuses a case that is not seen whole (NotFoundError), who is not of the responsible unit or moves it to a unit that he or
    she does not lead (ForbiddenError), a closed case (ConflictError), an employee who does not work in the unit (InvalidError).
    """
    at = clock.now()
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        require_responsible_unit(actor, case)
        unit = unit_id or case.responsible_unit_id
        if unit != case.responsible_unit_id:
            _move(session, actor, case, unit)
        name = _name(session, unit, employee_id)
        case.responsible_employee_id = employee_id
        case.version += 1
        said: dict[str, Any] = {"reason": reason.strip()} if reason.strip() else {}
        record(session, case, "responsible_changed", actor, at, employee=name or "–", unit=unit, **said)
        if employee_id and employee_id != actor.id:
            substitutes = [one.id for one in substitutes_within(session, [employee_id], case.responsible_unit_id, at)]
            told = [one for one in dict.fromkeys([employee_id, *substitutes]) if one != actor.id]
            tell(session, case, told, "task", at, key=f"responsible:{case.id}:{case.version}")
        return case.version


def _move(session: Session, actor: Actor, case: Case, unit_id: str) -> None:
    if actor.kind != "system" and not {case.responsible_unit_id, unit_id} <= actor.led_units:
        raise ForbiddenError(message("Another unit must be asked to take over, by a hand-off."))
    move_unit(session, case, unit_id)


def _name(session: Session, unit_id: str, employee_id: UUID | None) -> str | None:
    if employee_id is None:
        return None
    works_there = (
        select(Employee.name)
        .join(Membership, Membership.employee_id == Employee.id)
        .where(Employee.id == employee_id, Employee.is_active, Membership.unit_id == unit_id)
    )
    name = session.scalars(works_there).first()
    if name is None:
        wrong = message("The employee does not work in this unit.")
        raise InvalidError(wrong, {"employee_id": [wrong]})
    return name
