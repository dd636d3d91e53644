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


def tell_approvers(session: Session, draft: ProcessDraft, at: datetime, *, with_leaders: bool) -> None:
    """Owners who have not changed it; leaders of units too where one of them must approve."""
    told = [one for one in owners(session) if str(one) not in draft.authors and one != draft.submitted_by_id]
    told += leaders(session) if with_leaders else []
    tell(session, None, list(dict.fromkeys(told)), WAITS, at, key=_occasion(session, draft))


def tell_those_who_made_it(session: Session, draft: ProcessDraft, at: datetime, *, but: UUID | None) -> None:
    """Everybody who has changed it or asked for its approval: it has been decided."""
    made_it = {str(draft.submitted_by_id), str(draft.created_by_id), *draft.authors} - {str(but)}
    tell(session, None, _employees(session, made_it), DECIDED, at, key=_occasion(session, draft))


def tell_about(session: Session, process_id: str, kind: str, at: datetime, told: list[UUID]) -> None:
    """The same of what is about no draft."""
    tell(session, None, told, kind, at, key=f"{process_id}:{_length(session, process_id)}")


def _occasion(session: Session, draft: ProcessDraft) -> str:
    """What has just been written into the history of the process."""
    return f"{draft.id}:{_length(session, draft.process_id)}"


def _length(session: Session, process_id: str) -> int:
    history = session.get(ProcessHistory, process_id)
    return history.length if history else 0


def owners(session: Session) -> list[UUID]:
    """Everybody who owns processes."""
    rows = session.execute(select(Employee.id, Employee.roles).where(Employee.is_active).order_by(Employee.id))
    return [row.id for row in rows if OWNERS & set(row.roles)]


def leaders(session: Session) -> list[UUID]:
    """Everybody who leads a team."""
    leads = select(Membership.employee_id).where(Membership.role == Role.TEAM_LEADER)
    return list(
        session.scalars(select(Employee.id).where(Employee.is_active, Employee.id.in_(leads)).order_by(Employee.id))
    )


def _employees(session: Session, ids: Collection[str]) -> list[UUID]:
    rows = session.scalars(select(Employee.id).where(Employee.is_active).order_by(Employee.id))
    return [one for one in rows if str(one) in ids]
