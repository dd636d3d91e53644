"""The team of a case, for who changes it: who is in it, in which roles somebody can be, and who may join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.errors import NotFoundError
from casework.form_choices import colleagues
from casework.i18n import Message, message
from casework.model import Case, CaseState, Person
from casework.model.visibility import sees_whole_case
from casework.queries.case_circle import TeamMemberRow, team_rows

if TYPE_CHECKING:
    from uuid import UUID

    from casework.forms import Option
    from casework.model import Actor

#: What somebody may be on a case, with its word.
ROLES: tuple[tuple[str, Message], ...] = (
    ("caseworker", message("Caseworker")),
    ("participant", message("Participant")),
    ("reassessor", message("Assesses anew")),
    ("coordinator", message("Coordinator")),
)


@dataclass(frozen=True)
class Team:
    """`may_change`: the reader's unit is responsible for the open case. `colleagues` are all who may join, then; else nobody."""

    case_id: UUID
    case_number: str
    child_name: str
    members: tuple[TeamMemberRow, ...]
    may_change: bool
    colleagues: tuple[Option, ...]


def team(actor: Actor, case_id: UUID) -> Team:
    """Give it to who sees the case whole; NotFoundError otherwise."""
    asked = (
        select(Case.number, Case.state, Case.responsible_unit_id, Person.name)
        .join(Person, Person.id == Case.child_id)
        .where(Case.id == case_id, sees_whole_case(actor))
    )
    with read() as session:
        case = session.execute(asked).one_or_none()
        if case is None:
            raise NotFoundError(message("There is no such case."))
        may_change = case.responsible_unit_id in actor.all_units and case.state is CaseState.OPEN
        return Team(
            case_id,
            case.number,
            case.name,
            team_rows(session, case_id),
            may_change,
            colleagues(session) if may_change else (),
        )
