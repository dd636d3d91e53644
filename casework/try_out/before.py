"""What a case has before a step, so that what the step brings can be told: rows that are there, and how they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.database import read
from casework.model import Case, CaseDocument, Incident, ProcessInstance

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True)
class Before:
    """All of it is empty before the case is there."""

    journal: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    variables: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    documents: frozenset[UUID] = frozenset()
    incidents: frozenset[UUID] = frozenset()


def before(case_id: UUID | None) -> Before:
    """Look at the case."""
    if case_id is None:
        return Before()
    with read() as session:
        case = session.execute(select(Case.journal_length, Case.facts).where(Case.id == case_id)).one()
        instances = select(ProcessInstance.id, ProcessInstance.variables).where(ProcessInstance.case_id == case_id)
        return Before(
            journal=case.journal_length,
            facts=dict(case.facts),
            variables={row.id: dict(row.variables) for row in session.execute(instances)},
            documents=frozenset(session.scalars(select(CaseDocument.id).where(CaseDocument.case_id == case_id))),
            incidents=frozenset(session.scalars(select(Incident.id).where(Incident.case_id == case_id))),
        )
