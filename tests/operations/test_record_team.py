"""A form names the case's coordinator (tovholder): who joins the team, who leaves it, and who gets the next task."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from casework.database import read, transaction
from casework.errors import InvalidError
from casework.model import Employee, TeamMember, UserTask
from casework.operations.complete_user_task import complete_user_task
from casework.operations.start_process import start_process
from casework.queries.task_page import task_page
from tests.diagrams import end, process, start, user
from tests.operations.asking import kinds
from tests.operations.processes import a_form, field, release


@pytest.fixture
def task_id(cast):
    """A task that asks for the coordinator, and one that the coordinator gets."""
    who = field("navn", fact="team.coordinator")
    who["properties"]["widget"] = "employee"
    release(
        process(
            start(),
            user("udpeg", camunda_formKey="F90", camunda_candidateGroups="modtagelse"),
            user("moede", ext='<sag:assignment to="coordinator"/>', camunda_candidateGroups="modtagelse"),
            end(),
            flows="start udpeg, udpeg moede, moede end",
        ),
        forms={"F90": a_form("F90", who)},
    )
    return start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids[0]


def appoint(cast, task_id, employee):
    return complete_user_task(cast.mette, task_id=task_id, answers={"navn": str(employee.id)})


def coordinators():
    query = select(Employee.username).join(TeamMember, TeamMember.employee_id == Employee.id)
    with read() as session:
        return list(session.scalars(query.where(TeamMember.until.is_(None), TeamMember.role == "coordinator")))


def test_joins_the_team_and_gets_what_the_coordinator_does(cast, task_id):
    done = appoint(cast, task_id, cast.peter)

    with read() as session:
        assert session.get_one(UserTask, done.next_task_ids[0]).assignee_id == cast.peter.id
    assert coordinators() == ["peter"]
    assert "team_member_added" in kinds(cast.case_id)


def test_a_new_one_takes_the_place_of_the_one_before(cast, task_id):
    appoint(cast, task_id, cast.peter)
    again = start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids[0]

    appoint(cast, again, cast.lars)

    assert coordinators() == ["lars"]
    assert "team_member_removed" in kinds(cast.case_id)


def test_the_same_one_again_changes_nothing(cast, task_id):
    appoint(cast, task_id, cast.peter)
    again = start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids[0]

    appoint(cast, again, cast.peter)

    assert kinds(cast.case_id).count("team_member_added") == 1
    assert "team_member_removed" not in kinds(cast.case_id)


def test_refuses_whoever_has_left_and_offers_only_who_works_here(cast, task_id):
    with transaction() as session:
        session.execute(update(Employee).where(Employee.id == cast.peter.id).values(is_active=False))

    with pytest.raises(InvalidError):
        appoint(cast, task_id, cast.peter)
    offered = {option.value for option in task_page(cast.mette, task_id).choices["employee"]}
    assert str(cast.lars.id) in offered
    assert str(cast.peter.id) not in offered
    assert coordinators() == []
