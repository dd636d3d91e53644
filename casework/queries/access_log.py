"""Who looked at what. For auditors alone: that colleagues look at each other's looks is not what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import literal, select, tuple_

from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import AccessEntry, Case, Role
from casework.queries.cursors import read_cursor, write_cursor

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from casework.model import Actor

MOST_ROWS = 200


@dataclass(frozen=True)
class AccessRow:
    """One look. `detail` holds a reason or the words of a search, never a CPR number."""

    id: UUID
    at: datetime
    kind: str
    actor: str
    actor_id: UUID | None
    case_id: UUID | None
    case_number: str | None
    subject: str
    subject_id: UUID | None
    detail: str


@dataclass(frozen=True)
class AccessLog:
    """One page, newest first."""

    rows: tuple[AccessRow, ...]
    next_cursor: str | None


def access_log(
    actor: Actor,
    *,
    case_id: UUID | None = None,
    employee_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> AccessLog:
    """Give one page of a case, of an employee, or of everything. NotFoundError for who is no auditor."""
    if Role.AUDITOR not in actor.roles and actor.kind != "system":
        raise NotFoundError(message("There is no access log to show you."))
    after = read_cursor(cursor, datetime, UUID)
    limit = max(1, min(limit, MOST_ROWS))
    wanted: list[ColumnElement[bool]] = []
    if case_id:
        wanted.append(AccessEntry.case_id == case_id)
    if employee_id:
        wanted.append(AccessEntry.actor_id == employee_id)
    if after:
        wanted.append(_is_before(*after))
    with read() as session:
        rows = session.execute(
            select(*(column for column in AccessEntry.__table__.c), Case.number)
            .outerjoin(Case, Case.id == AccessEntry.case_id)
            .where(*wanted)
            .order_by(AccessEntry.at.desc(), AccessEntry.id.desc())
            .limit(limit + 1)
        ).all()
    return AccessLog(
        rows=tuple(_row(row) for row in rows[:limit]),
        next_cursor=write_cursor(rows[limit - 1].at, rows[limit - 1].id) if len(rows) > limit else None,
    )


def _row(row: Any) -> AccessRow:
    return AccessRow(
        id=row.id,
        at=row.at,
        kind=row.kind.value,
        actor=row.actor,
        actor_id=row.actor_id,
        case_id=row.case_id,
        case_number=row.number,
        subject=row.subject,
        subject_id=row.subject_id,
        detail=row.detail,
    )


def _is_before(at: datetime, entry_id: UUID) -> ColumnElement[bool]:
    return tuple_(AccessEntry.at, AccessEntry.id) < tuple_(
        literal(at, AccessEntry.at.type), literal(entry_id, AccessEntry.id.type)
    )
