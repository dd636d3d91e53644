"""The team of a case and its consents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from casework.i18n import Message, message
from casework.model import Consent, ConsentState, Employee, Person, TeamMember
from casework.model.coming_of_age import consent_counts, is_of_age, is_own, was_for_a_child
from casework.model.data_class import data_class_words
from casework.queries.names import EmployeeName
from casework.queries.shared_sheet import with_child

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

_ROLES = {
    "caseworker": message("Caseworker"),
    "coordinator": message("Coordinator"),
    "reassessor": message("Assesses anew"),
    "participant": message("Participant"),
}

_TEAM = (
    select(TeamMember.id, TeamMember.employee_id, Employee.name, TeamMember.role, TeamMember.since)
    .join(Employee, Employee.id == TeamMember.employee_id)
    .where(TeamMember.case_id == bindparam("of_case"), TeamMember.until.is_(None))
    .order_by(TeamMember.since, TeamMember.id)
)
_CONSENTS = (
    with_child(select(Consent, Person)).where(Consent.case_id == bindparam("of_case")).order_by(Consent.given_at.desc())
)


@dataclass(frozen=True)
class TeamMemberRow:
    """Somebody who works on the case beside its responsible unit."""

    id: UUID
    employee: EmployeeName
    role: str
    role_words: Message
    since: datetime


@dataclass(frozen=True)
class ConsentRow:
    """Who agreed that what may be shared with whom. `is_valid`: it counts now.

    `ask_anew`: somebody else gave it before the young person came of age, who has to be asked now.
    """

    id: UUID
    person_name: str
    data_classes: tuple[Message, ...]
    shared_with: str
    purpose: str
    state: str
    given_at: datetime
    valid_until: datetime | None
    ended_at: datetime | None
    is_valid: bool
    recorded_by: str
    ask_anew: bool = False


def team_rows(session: Session, case_id: UUID) -> tuple[TeamMemberRow, ...]:
    """Give the present team of a case that the reader sees whole."""
    rows = session.execute(_TEAM, {"of_case": case_id})
    return tuple(
        TeamMemberRow(
            row.id,
            EmployeeName(row.employee_id, row.name),
            row.role,
            _ROLES.get(row.role, _ROLES["participant"]),
            row.since,
        )
        for row in rows
    )


def consent_rows(session: Session, case_id: UUID, now: datetime) -> tuple[ConsentRow, ...]:
    """Give all consents of a case that the reader sees whole, newest first; those withdrawn too."""
    found = session.execute(_CONSENTS, {"of_case": case_id}).all()
    own = {one.shared_with for one, child in found if is_own(one, child) and consent_counts(one, child, now)}
    return tuple(
        ConsentRow(
            id=one.id,
            person_name=one.person_name,
            data_classes=tuple(data_class_words(name) for name in one.data_classes),
            shared_with=one.shared_with,
            purpose=one.purpose,
            state=one.state.value,
            given_at=one.given_at,
            valid_until=one.valid_until,
            ended_at=one.ended_at,
            is_valid=consent_counts(one, child, now),
            recorded_by=one.recorded_by,
            ask_anew=_is_to_be_asked(one, child, now) and one.shared_with not in own,
        )
        for one, child in found
    )


def _is_to_be_asked(consent: Consent, child: Person, now: datetime) -> bool:
    """It counted until the birthday, and has not been withdrawn before."""
    if consent.state is ConsentState.DECLINED or not was_for_a_child(consent, child, now):
        return False
    return consent.ended_at is None or is_of_age(child.birth_date, consent.ended_at)
