"""Who may mend what is stuck: administrators, and those who lead the unit that is responsible for the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.errors import ForbiddenError
from casework.i18n import message
from casework.model import Case, Incident, ProcessInstance, Role
from casework.model.visibility import sees_incident
from casework.operations.turns.locking import locked, not_found, turn_of, with_instance

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.operations.turns.turn import Turn


def lock_incident(
    session: Session, actor: Actor, incident_id: UUID, at: datetime
) -> tuple[Turn, ProcessInstance, Incident]:
    """An incident that the actor may mend, with its case and instance."""
    query: Any = with_instance(select(Case, ProcessInstance, Incident))
    query = query.join(Incident, Incident.instance_id == ProcessInstance.id).where(Incident.id == incident_id)
    found = session.execute(locked(query.where(sees_incident(actor)), Case, ProcessInstance, Incident)).first()
    if found is None:
        raise not_found()
    case, instance, incident = found
    require_may_mend(actor, case)
    return turn_of(session, case, instance, actor, at), instance, incident


def require_may_mend(actor: Actor, case: Case) -> None:
    """Refuse (ForbiddenError) those who only see it."""
    if not may_mend(actor, case):
        raise ForbiddenError(message("Only an administrator or a leader of the unit can do this."))


def may_mend(actor: Actor, case: Case) -> bool:
    """Administrators see no case text, but they see what is stuck."""
    if actor.kind == "system" or Role.ADMINISTRATOR in actor.roles:
        return True
    if actor.kind == "service":
        return actor.sees_all_cases or case.responsible_unit_id in actor.units
    return case.responsible_unit_id in actor.led_units
