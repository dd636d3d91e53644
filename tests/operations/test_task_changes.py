"""Taking, giving back and passing on user tasks, and the rule that somebody new must assess anew."""

import pytest
from sqlalchemy import select

from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from casework.model import Actor, Case, Employee, Job, Notification, TeamMember, UserTaskState
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.give_back_user_task import give_back_user_task
from casework.operations.reassign_user_task import reassign_user_task
from tests.operations.asking import deadline, kinds, one, rows, started, task_at
from tests.operations.processes import one_after_the_other, release
from tests.services.clock import MONDAY

NEW_EYES = '<sag:assignment separation="true"/>'


@pytest.fixture
def task(cast):
    """An open task of Modtagelsen."""
    release(one_after_the_other("a"))
    return started(cast).task_ids[0]


def test_an_employee_takes_a_task_of_the_unit(cast, task):
    taken = claim_user_task(cast.mette, task_id=task, version=1)

    assert (taken.state, taken.assignee_id, taken.version) == ("claimed", cast.mette.id, 2)
    assert kinds(cast.case_id)[-1] == "user_task_claimed"


def test_taking_it_twice_changes_nothing(cast, task):
    claim_user_task(cast.mette, task_id=task)

    assert claim_user_task(cast.mette, task_id=task).version == 2


def test_what_a_colleague_has_taken_is_refused(cast, task):
    claim_user_task(cast.mette, task_id=task)

    with pytest.raises(ConflictError) as refused:
        claim_user_task(cast.nadia, task_id=task)
    with pytest.raises(ForbiddenError):
        complete_user_task(cast.nadia, task_id=task, answers={})

    assert refused.value.changed["assignee_id"] == str(cast.mette.id)


def test_only_people_of_the_unit_take_it(cast, task):
    machine = Actor(id=cast.mette.id, name="Skolesystem", kind="service", units=frozenset({"modtagelse_nord"}))

    with pytest.raises(ForbiddenError):
        claim_user_task(machine, task_id=task)
    with pytest.raises(NotFoundError):
        claim_user_task(cast.peter, task_id=task)
    with pytest.raises(NotFoundError):
        claim_user_task(cast.sofie, task_id=task)


def test_it_goes_back_to_the_inbox(cast, task):
    claim_user_task(cast.mette, task_id=task)

    given = give_back_user_task(cast.mette, task_id=task)

    assert (given.state, given.assignee_id) == ("open", None)


def test_a_colleague_cannot_give_it_back_but_the_leader_can(cast, task):
    claim_user_task(cast.mette, task_id=task)

    with pytest.raises(ForbiddenError):
        give_back_user_task(cast.nadia, task_id=task)
    assert give_back_user_task(cast.karin, task_id=task).state == "open"


def test_passing_on_tells_the_colleague(cast, task):
    passed = reassign_user_task(cast.mette, task_id=task, employee_id=cast.nadia.id, reason="Ferie")

    assert (passed.state, passed.assignee_id) == ("claimed", cast.nadia.id)
    assert one(Notification).employee_id == cast.nadia.id
    assert one(Job).inputs == {"employee_id": str(cast.nadia.id), "kind": "task", "user_task_id": str(task)}


def test_the_leader_moves_it_to_another_unit_with_its_deadline(cast):
    rule = '<sag:deadline key="d" class="LOV" duration="PT24H" calendar="elapsed"/>'
    release(one_after_the_other("a", ext=rule))
    (task,) = started(cast).task_ids
    claim_user_task(cast.mette, task_id=task)

    moved = reassign_user_task(cast.karin, task_id=task, unit_id="familiegruppe_nord", reason="Flere hænder")

    assert (moved.unit_id, moved.state) == ("familiegruppe_nord", "open")
    assert deadline("d").unit_id == "familiegruppe_nord"


def test_another_department_is_asked_by_a_handoff(cast, task):
    with pytest.raises(ForbiddenError):
        reassign_user_task(cast.karin, task_id=task, unit_id="ppr_nord", reason="Hører til PPR")
    with pytest.raises(ForbiddenError):
        reassign_user_task(cast.mette, task_id=task, unit_id="familiegruppe_nord", reason="Travlt")


def test_who_does_not_work_there_cannot_be_given_it(cast, task):
    with pytest.raises(InvalidError) as refused:
        reassign_user_task(cast.karin, task_id=task, employee_id=cast.lars.id, reason="Travlt")
    with pytest.raises(InvalidError):
        reassign_user_task(cast.karin, task_id=task, employee_id=cast.nadia.id, reason="  ")

    assert set(refused.value.fields) == {"employee_id"}


def separated(cast):
    """Mette did `a`; `b` asks for somebody new."""
    first = one_after_the_other("a")
    second = one_after_the_other("b", ext=NEW_EYES).replace(b'id="p"', b'id="q"')
    release(first, second)
    (task,) = started(cast).task_ids
    complete_user_task(cast.mette, task_id=task, answers={})
    return started(cast, "q").task_ids[0]


def test_who_has_worked_on_the_case_may_not_assess_anew(cast):
    task = separated(cast)

    with pytest.raises(ForbiddenError):
        claim_user_task(cast.mette, task_id=task)
    with pytest.raises(ForbiddenError):
        complete_user_task(cast.mette, task_id=task, answers={})
    with pytest.raises(ForbiddenError):
        reassign_user_task(cast.karin, task_id=task, employee_id=cast.mette.id, reason="Travlt")


def test_somebody_new_may(cast):
    task = separated(cast)

    claim_user_task(cast.nadia, task_id=task)
    give_back_user_task(cast.nadia, task_id=task)
    complete_user_task(cast.nadia, task_id=task, answers={})

    assert task_at("b").state is UserTaskState.COMPLETED


def test_having_taken_a_task_once_counts_even_if_given_back(cast):
    release(one_after_the_other("a"), one_after_the_other("b", ext=NEW_EYES).replace(b'id="p"', b'id="q"'))
    (first,) = started(cast).task_ids
    claim_user_task(cast.nadia, task_id=first)
    give_back_user_task(cast.nadia, task_id=first)

    (task,) = started(cast, "q").task_ids

    with pytest.raises(ForbiddenError):
        claim_user_task(cast.nadia, task_id=task)


def test_being_in_the_team_counts_unless_one_came_to_assess_anew(cast, clock):
    task = separated(cast)
    for who, role in ((cast.nadia, "caseworker"), (cast.karin, "reassessor")):
        with transaction() as session:
            session.add(TeamMember(case_id=cast.case_id, employee_id=who.id, role=role, since=clock.now))

    with pytest.raises(ForbiddenError):
        claim_user_task(cast.nadia, task_id=task)
    assert claim_user_task(cast.karin, task_id=task).state == "claimed"


def test_a_task_for_the_responsible_caseworker_is_given_at_once(cast):
    release(one_after_the_other("a", ext='<sag:assignment to="responsible"/>'))
    with transaction() as session:
        session.get_one(Case, cast.case_id).responsible_employee_id = cast.nadia.id

    started(cast)

    assert (task_at("a").assignee_id, task_at("a").state) == (cast.nadia.id, UserTaskState.CLAIMED)


def test_a_task_for_who_started_the_process_is_given_at_once(cast):
    release(one_after_the_other("a", ext='<sag:assignment to="starter"/>'))

    started(cast)

    assert task_at("a").assignee_id == cast.mette.id


def in_the_team(cast, who, role="coordinator", **more):
    with transaction() as session:
        session.add(TeamMember(case_id=cast.case_id, employee_id=who.id, role=role, since=MONDAY, **more))


def test_a_task_for_the_coordinator_is_given_to_who_holds_the_case_together(cast):
    release(one_after_the_other("a", ext='<sag:assignment to="coordinator"/>'))
    with transaction() as session:
        session.get_one(Case, cast.case_id).responsible_employee_id = cast.nadia.id
    in_the_team(cast, cast.lars)
    in_the_team(cast, cast.josefine, role="participant")

    started(cast)

    assert (task_at("a").assignee_id, task_at("a").state) == (cast.lars.id, UserTaskState.CLAIMED)


def test_without_a_coordinator_the_responsible_caseworker_gets_it_and_else_the_unit(cast):
    release(one_after_the_other("a", ext='<sag:assignment to="coordinator"/>'))
    in_the_team(cast, cast.lars, until=MONDAY)
    started(cast)
    to_the_unit = task_at("a")
    with transaction() as session:
        session.get_one(Case, cast.case_id).responsible_employee_id = cast.nadia.id

    started(cast)

    assert (to_the_unit.assignee_id, to_the_unit.state) == (None, UserTaskState.OPEN)
    assert task_at("a").assignee_id == cast.nadia.id


def test_a_coordinator_who_no_longer_works_here_gets_nothing(cast):
    release(one_after_the_other("a", ext='<sag:assignment to="coordinator"/>'))
    in_the_team(cast, cast.lars)
    with transaction() as session:
        session.get_one(Employee, cast.lars.id).is_active = False

    started(cast)

    assert task_at("a").assignee_id is None


def test_a_lane_without_a_unit_falls_to_who_is_responsible(cast):
    release(one_after_the_other("a", camunda_candidateGroups="visitation"))

    started(cast)

    assert task_at("a").unit_id == "modtagelse_nord"


def test_nothing_is_noted_when_nothing_changed(cast, task):
    before = rows(select(Case.journal_length))

    give_back_user_task(cast.mette, task_id=task)

    assert rows(select(Case.journal_length)) == before
