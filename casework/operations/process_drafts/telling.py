"""Tells those who decide about a process draft that one waits: a notification on their pages, and an e-mail without its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.model import Employee, Membership, ProcessHistory, Role
from casework.model.process_rights import OWNERS
from casework.operations.turns.telling import tell

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import ProcessDraft

WAITS, DECIDED = "process_draft", "process_draft_decided"


def tell_approvers(session: Session, draft: ProcessDraft, at: datetime, *, leaders: bool) -> None:
    """Owners who have not changed it; leaders of units too where one of them must approve."""
    told = [one for one in _owners(session) if str(one) not in draft.authors and one != draft.submitted_by_id]
    told += _leaders(session) if leaders else []
    tell(session, None, list(dict.fromkeys(told)), WAITS, at, key=_occasion(session, draft))


def tell_those_who_made_it(session: Session, draft: ProcessDraft, at: datetime, *, but: UUID | None) -> None:
    """Everybody who has changed it or asked for its approval: it has been decided."""
    made_it = {str(draft.submitted_by_id), str(draft.created_by_id), *draft.authors} - {str(but)}
    tell(session, None, _employees(session, made_it), DECIDED, at, key=_occasion(session, draft))


def _occasion(session: Session, draft: ProcessDraft) -> str:
    """What has just been written into the history of the process."""
    history = session.get(ProcessHistory, draft.process_id)
    return f"{draft.id}:{history.length if history else 0}"


def _owners(session: Session) -> list[UUID]:
    rows = session.execute(select(Employee.id, Employee.roles).where(Employee.is_active).order_by(Employee.id))
    return [row.id for row in rows if OWNERS & set(row.roles)]


def _leaders(session: Session) -> list[UUID]:
    leads = select(Membership.employee_id).where(Membership.role == Role.TEAM_LEADER)
    return list(
        session.scalars(select(Employee.id).where(Employee.is_active, Employee.id.in_(leads)).order_by(Employee.id))
    )


def _employees(session: Session, ids: Collection[str]) -> list[UUID]:
    rows = session.scalars(select(Employee.id).where(Employee.is_active).order_by(Employee.id))
    return [one for one in rows if str(one) in ids]
