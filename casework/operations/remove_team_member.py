"""Somebody no longer works on a case, and no longer sees it by that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Case, Employee, TeamMember
from casework.model.visibility import sees_whole_case
from casework.operations.add_team_member import require_responsible_unit
from casework.operations.journal import record
from casework.operations.moving_handoffs import required_text
from casework.operations.turns.locking import locked

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def remove_team_member(actor: Actor, *, member_id: UUID, reason: str, case_id: UUID | None = None) -> UUID:
    """End the membership with a reason; gives the case's id. That it was stays on record.

    Refuses who does not see the whole case, a membership that has ended or is not of `case_id` (NotFoundError), who is not of
    the responsible unit (ForbiddenError), a closed case (ConflictError), no reason (InvalidError).
    """
    at, said = clock.now(), required_text(reason, "reason")
    with transaction() as session:
        query: Any = select(Case, TeamMember).join(TeamMember, TeamMember.case_id == Case.id)
        wanted = query.where(TeamMember.id == member_id, TeamMember.until.is_(None), sees_whole_case(actor))
        found: Any = session.execute(locked(wanted, Case, TeamMember)).one_or_none()
        if found is None or case_id not in (None, found[0].id):
            raise NotFoundError(message("There is no such member of the team."))
        case, member = found
        member_case_id: UUID = case.id
        require_responsible_unit(actor, case)
        member.until = at
        name = session.get_one(Employee, member.employee_id).name
        record(session, case, "team_member_removed", actor, at, employee=name, role=member.role, reason=said)
        return member_case_id
