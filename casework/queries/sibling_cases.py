"""Siblings who have a case of their own: told to those who may see that case too, and to nobody else that there is one.

A sibling is written down by name and birth date; only the same of both is taken for the same child.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from casework.model import Case, Person
from casework.model.visibility import sees_whole_case
from casework.queries.columns import KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.queries.columns import AnySelect


@dataclass(frozen=True)
class SiblingCase:
    """The case of a sibling."""

    case_id: UUID
    number: str


def sibling_cases(session: Session, actor: Actor, rows: Sequence[Any]) -> dict[UUID, SiblingCase]:
    """By relation, of the rows of `person_rows`; the open case where there are several. Without siblings nothing is asked."""
    relations = {
        _key(row.name, row.birth_date): row.relation_id for row in rows if row.kind == "sibling" and row.birth_date
    }
    if not relations:
        return {}
    found = session.execute(_born(actor), {"days": sorted({born for _, born in relations})})
    named = ((_key(name, born), SiblingCase(case_id, number)) for name, born, case_id, number in found if born)
    return {relations[who]: its for who, its in named if who in relations}


@lru_cache(maxsize=KEPT)
def _born(actor: Actor) -> AnySelect:
    return (
        select(Person.name, Person.birth_date, Case.id, Case.number)
        .join(Case, Case.child_id == Person.id)
        .where(Person.birth_date.in_(bindparam("days", expanding=True)), sees_whole_case(actor))
        .order_by(Case.closed_at.is_(None), Case.opened_at)
    )


def _key(name: str, born: date) -> tuple[str, date]:
    return name.casefold(), born
