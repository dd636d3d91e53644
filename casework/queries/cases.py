"""The cases that somebody may see, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, literal, select, tuple_

from casework import clock
from casework.database import read
from casework.model import Case, CaseState, Person, Unit
from casework.model.visibility import is_listed
from casework.queries.case_rows import case_rows, select_cases
from casework.queries.case_search import fit_for_record, is_about
from casework.queries.cursors import read_cursor, write_cursor
from casework.queries.names import unit_name

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.queries.case_rows import CaseRow
    from casework.queries.names import UnitName

MOST_ROWS = 200


@dataclass(frozen=True)
class CaseList:
    """One page. `total` is what the filters find; `units` are those responsible for any case that the actor sees."""

    #: What was searched for, with a CPR number masked.
    text: str
    rows: tuple[CaseRow, ...]
    total: int
    next_cursor: str | None
    units: tuple[UnitName, ...]


def cases(
    actor: Actor,
    *,
    text: str | None = None,
    state: str = CaseState.OPEN,
    unit: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> CaseList:
    """Give one page. `text` is part of a name or case number, or a CPR number; `state` open, closed or all."""
    after = read_cursor(cursor, datetime, UUID)
    limit = max(1, min(limit, MOST_ROWS))
    wanted = _conditions(text, state, unit)
    with read() as session:
        chosen = select_cases(actor).where(*wanted).order_by(Case.opened_at.desc(), Case.id.desc())
        if after:
            chosen = chosen.where(_is_after(*after))
        rows = session.execute(chosen.limit(limit + 1)).all()
        total = session.scalar(
            select(func.count())
            .select_from(Case)
            .join(Person, Person.id == Case.child_id)
            .where(is_listed(actor), *wanted)
        )
        return CaseList(
            text=fit_for_record((text or "").strip()),
            rows=case_rows(session, rows[:limit], clock.now()),
            total=total or 0,
            next_cursor=write_cursor(rows[limit - 1].opened_at, rows[limit - 1].id) if len(rows) > limit else None,
            units=_units(session, actor),
        )


def _conditions(text: str | None, state: str, unit: str | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if text and text.strip():
        found.append(is_about(text.strip()))
    if state in set(CaseState):
        found.append(Case.state == CaseState(state))
    if unit:
        found.append(Case.responsible_unit_id == unit)
    return found


def _is_after(opened_at: datetime, case_id: UUID) -> ColumnElement[bool]:
    return tuple_(Case.opened_at, Case.id) < tuple_(
        literal(opened_at, Case.opened_at.type), literal(case_id, Case.id.type)
    )


def _units(session: Session, actor: Actor) -> tuple[UnitName, ...]:
    responsible = select(Case.responsible_unit_id).where(is_listed(actor))
    rows = session.execute(select(Unit.id, Unit.name, Unit.name_en).where(Unit.id.in_(responsible)).order_by(Unit.name))
    return tuple(unit_name(row.id, row.name, row.name_en) for row in rows)
