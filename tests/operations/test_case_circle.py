"""Notes, the team, who answers for a case, its closing."""

from uuid import uuid4

import pytest

from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from casework.model import (
    Actor,
    Case,
    CaseState,
    Notification,
    ProcessInstance,
    Subscription,
    TeamMember,
    UserTask,
)
from casework.operations.add_note import add_note
from casework.operations.add_team_member import add_team_member
from casework.operations.close_case import close_case
from casework.operations.remove_team_member import remove_team_member
from casework.operations.set_responsible import set_responsible
from casework.operations.start_process import start_process
from casework.queries.cases import cases
from casework.queries.verify_journal import verify_journal
from tests.diagrams import catch, end, message, process, start, user
from tests.factories import a_handoff, a_task, an_instance
from tests.operations.asking import kinds, one
from tests.operations.processes import one_after_the_other, release


def test_a_note_stands_in_the_journal_for_ever(cast):
    assert add_note(cast.mette, case_id=cast.case_id, text="Talte med Emil hos plejefamilien.") == 1
    assert add_note(cast.karin, case_id=cast.case_id, text="Set.") == 2

    assert kinds(cast.case_id) == ["note_added", "note_added"]
    assert verify_journal() == []


def test_a_note_needs_words_a_person_and_the_case(cast):
    service = Actor(id=cast.mette.id, name="System", kind="service", sees_all_cases=True)

    for text in ("  ", "x" * 20_001):
        with pytest.raises(InvalidError) as refused:
            add_note(cast.mette, case_id=cast.case_id, text=text)
        assert set(refused.value.fields) == {"text"}
    with pytest.raises(ForbiddenError):
        add_note(service, case_id=cast.case_id, text="x")
    for outsider in (cast.sofie, cast.peter, cast.lars, cast.torben):
        with pytest.raises(NotFoundError):
            add_note(outsider, case_id=cast.case_id, text="x")


def test_the_team_sees_the_case_until_it_is_taken_off(cast):
    member = add_team_member(cast.mette, case_id=cast.case_id, employee_id=cast.lars.id, role="caseworker")

    assert add_team_member(cast.mette, case_id=cast.case_id, employee_id=cast.lars.id, role="caseworker") == member
    assert cases(cast.lars).total == 1

    remove_team_member(cast.mette, member_id=member, reason="Er rejst")

    assert cases(cast.lars).total == 0
    assert one(TeamMember).until is not None
    assert kinds(cast.case_id) == ["team_member_added", "team_member_removed"]


def test_the_team_is_chosen_by_the_responsible_unit(cast):
    member = add_team_member(cast.mette, case_id=cast.case_id, employee_id=cast.lars.id, role="coordinator")

    with pytest.raises(ForbiddenError):
        add_team_member(cast.lars, case_id=cast.case_id, employee_id=cast.peter.id, role="participant")
    with pytest.raises(ForbiddenError):
        remove_team_member(cast.lars, member_id=member, reason="x")
    for outsider in (cast.sofie, cast.peter):
        with pytest.raises(NotFoundError):
            add_team_member(outsider, case_id=cast.case_id, employee_id=outsider.id, role="participant")
        with pytest.raises(NotFoundError):
            remove_team_member(outsider, member_id=member, reason="x")


@pytest.mark.parametrize(("role", "field"), [("chief", "role"), ("caseworker", "employee_id")])
def test_refuses_unknown_roles_and_employees(cast, role, field):
    with pytest.raises(InvalidError) as refused:
        add_team_member(cast.mette, case_id=cast.case_id, employee_id=uuid4(), role=role)

    assert set(refused.value.fields) == {field}


def test_somebody_of_the_unit_becomes_responsible_and_is_told(cast):
    version = set_responsible(cast.mette, case_id=cast.case_id, employee_id=cast.nadia.id)

    case = one(Case, Case.id == cast.case_id)
    assert (case.responsible_employee_id, case.version) == (cast.nadia.id, version)
    assert one(Notification).employee_id == cast.nadia.id


def test_a_leader_moves_a_case_between_units_of_the_same_leader(cast):
    task = a_task(cast.case_id)

    set_responsible(cast.karin, case_id=cast.case_id, employee_id=cast.lars.id, unit_id="familiegruppe_nord")

    case = one(Case, Case.id == cast.case_id)
    assert (case.responsible_unit_id, case.responsible_employee_id) == ("familiegruppe_nord", cast.lars.id)
    assert one(UserTask, UserTask.id == task.id).awaited_by_unit_id == "familiegruppe_nord"


def test_another_department_is_asked_by_a_hand_off(cast):
    for actor, unit in ((cast.mette, "familiegruppe_nord"), (cast.karin, "ppr_nord")):
        with pytest.raises(ForbiddenError):
            set_responsible(actor, case_id=cast.case_id, employee_id=None, unit_id=unit)
    with pytest.raises(InvalidError):
        set_responsible(cast.mette, case_id=cast.case_id, employee_id=cast.lars.id)
    with pytest.raises(NotFoundError):
        set_responsible(cast.sofie, case_id=cast.case_id, employee_id=cast.sofie.id)


def test_a_case_closes_when_nothing_runs_and_opens_when_something_starts(cast):
    close_case(cast.mette, case_id=cast.case_id, reason="Målet er nået", version=1)

    assert one(Case, Case.id == cast.case_id).state is CaseState.CLOSED
    with pytest.raises(ConflictError):
        close_case(cast.mette, case_id=cast.case_id, reason="igen")

    release(one_after_the_other("vurder"))
    start_process(cast.mette, case_id=cast.case_id, process_id="p")

    case = one(Case, Case.id == cast.case_id)
    assert (case.state, case.closed_at) == (CaseState.OPEN, None)


def test_a_case_does_not_close_over_what_is_still_open(cast):
    an_instance(cast.case_id)
    with pytest.raises(ConflictError):
        close_case(cast.mette, case_id=cast.case_id, reason="x")


def watching(*, still_to_do=""):
    """A process that ends with the case; `still_to_do`: a task that must be done first."""
    inner, flows = (
        (user(still_to_do), f"lukkes {still_to_do}, {still_to_do} end") if still_to_do else ("", "lukkes end")
    )
    shared = '<bpmn:message id="m" name="SagLukket"/>'
    return process(start(), catch("lukkes", message()), inner, end(), flows=f"start lukkes, {flows}", shared=shared)


def test_what_only_watches_ends_with_the_case(cast):
    release(watching())
    start_process(cast.mette, case_id=cast.case_id, process_id="p")

    close_case(cast.mette, case_id=cast.case_id, reason="Målet er nået")

    assert one(Case, Case.id == cast.case_id).state is CaseState.CLOSED
    assert one(ProcessInstance).state == "completed"
    assert verify_journal() == []


def test_what_must_be_done_before_closing_keeps_the_case_open_and_nothing_has_changed(cast):
    release(watching(still_to_do="afslut"))
    start_process(cast.mette, case_id=cast.case_id, process_id="p")
    before = kinds(cast.case_id)

    with pytest.raises(ConflictError):
        close_case(cast.mette, case_id=cast.case_id, reason="x")

    assert kinds(cast.case_id) == before
    assert one(Subscription, Subscription.name == "SagLukket").state == "waiting"


def test_a_case_does_not_close_over_an_open_hand_off_or_from_an_old_page(cast):
    with pytest.raises(ConflictError) as refused:
        close_case(cast.mette, case_id=cast.case_id, reason="x", version=9)
    assert refused.value.changed == {"version": 1}

    a_handoff(cast.case_id)
    with pytest.raises(ConflictError):
        close_case(cast.mette, case_id=cast.case_id, reason="x")


def test_only_the_responsible_unit_closes_with_a_reason(cast):
    with pytest.raises(InvalidError):
        close_case(cast.mette, case_id=cast.case_id, reason=" ")
    add_team_member(cast.mette, case_id=cast.case_id, employee_id=cast.lars.id, role="caseworker")
    with pytest.raises(ForbiddenError):
        close_case(cast.lars, case_id=cast.case_id, reason="x")
    with pytest.raises(NotFoundError):
        close_case(cast.sofie, case_id=cast.case_id, reason="x")


def test_notes_of_two_at_once_do_not_break_the_chain(cast):
    with transaction() as session:
        session.get_one(Case, cast.case_id).responsible_employee_id = cast.mette.id
    for _ in range(5):
        add_note(cast.mette, case_id=cast.case_id, text="x")

    assert verify_journal(case_id=cast.case_id) == []
