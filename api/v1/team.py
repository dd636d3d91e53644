"""Who works on a case beside its responsible unit. Being in the team gives access to all of the case."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from pydantic import ConfigDict

from api.v1.endpoint import endpoint
from api.v1.shapes import EmployeeOut, In, Out, Reason, Text
from casework.operations.add_team_member import add_team_member
from casework.operations.remove_team_member import remove_team_member
from casework.queries.team import team

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor

TEAM = "/cases/<uuid:case_id>/team"


class TeamMemberOut(Out):
    """Somebody in the team."""

    id: UUID
    employee: EmployeeOut
    role: str
    """caseworker, coordinator, reassessor or participant."""
    role_words: Text
    since: datetime


class ColleagueOut(Out):
    """Somebody who may join."""

    value: UUID
    """The employee's id."""
    label: Text
    """Name and unit."""


class TeamOut(Out):
    """The present team, and who may join it."""

    members: list[TeamMemberOut]
    may_change: bool
    colleagues: list[ColleagueOut]
    """Empty for who may not change the team."""


class TeamMemberIn(In):
    """Who joins, and as what."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"employee_id": "0197c1a2-0000-7000-8000-000000000001", "role": "participant"}]}
    )

    employee_id: UUID
    role: Literal["caseworker", "coordinator", "reassessor", "participant"]


class TeamMemberNewOut(Out):
    """The membership."""

    id: UUID


class RemovalIn(In):
    """Why somebody leaves the team."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Er flyttet til en anden afdeling."}]})

    reason: Reason


@endpoint(f"GET {TEAM}", scope="cases:read", gives=TeamOut)
def get_team(who: Actor, case_id: UUID) -> TeamOut:
    """Give the team of a case that the caller sees whole."""
    return TeamOut.model_validate(team(who, case_id))


@endpoint(f"POST {TEAM}", scope="cases:write", body=TeamMemberIn, gives=TeamMemberNewOut, status=201)
def post_team_member(who: Actor, case_id: UUID, body: TeamMemberIn) -> TeamMemberNewOut:
    """Let an employee work on the case: for the responsible unit. The same one in the same role again changes nothing."""
    return TeamMemberNewOut(id=add_team_member(who, case_id=case_id, **body.model_dump()))


@endpoint(f"POST {TEAM}/<uuid:member_id>/removal", scope="cases:write", body=RemovalIn)
def take_off_team(who: Actor, case_id: UUID, member_id: UUID, body: RemovalIn) -> tuple[str, int]:
    """Take somebody off the team, with a reason: for the responsible unit. That it was stays on record."""
    remove_team_member(who, case_id=case_id, member_id=member_id, reason=body.reason)
    return "", 204
