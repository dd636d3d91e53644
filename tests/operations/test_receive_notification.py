"""A notification becomes a case or a new assessment on the child's open case; bad input is named and changes nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from casework import cpr, crypto
from casework.database import read, transaction
from casework.errors import ForbiddenError, InvalidError
from casework.model import (
    Actor,
    Case,
    CaseState,
    Deadline,
    JournalEntry,
    Person,
    ProcessInstance,
    ProcessMessage,
    ProcessVersion,
    UserTask,
)
from casework.operations.complete_user_task import complete_user_task
from casework.operations.receive_notification import receive_notification
from tests.cast import EMIL_CPR
from tests.factories import a_case
from tests.operations.asking import kinds, one, rows
from tests.operations.intake import REGISTERED, release_intake

#: Of a girl born 5 January 2022; fails modulus 11, so nobody has it.
ALMAS_CPR = "0501224321"
ALMA = {"barnNavn": "Alma Skov Mortensen", "barnCpr": ALMAS_CPR, "bekymring": "Træt og trist"}


@pytest.fixture(autouse=True)
def _intake(cast):
    release_intake()


@pytest.fixture
def school(cast):
    """Another system that may send notifications and sees the cases of PPR Nord only."""
    return Actor(id=cast.peter.id, name="Skolesystemet", kind="service", units=frozenset({"ppr_nord"}))


def _counts():
    with read() as session:
        tables = (Case, Person, ProcessInstance, UserTask, ProcessMessage, JournalEntry)
        return [session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_a_child_without_a_case_gets_one_with_the_registration_in_the_intakes_inbox(cast, clock):
    got = receive_notification(cast.mette, answers=ALMA)

    assert (got.is_new_case, got.number) == (True, "S-2026-0418")
    case, task = one(Case, Case.id == got.case_id), one(UserTask, UserTask.id == got.task_id)
    assert (case.district, case.responsible_unit_id, case.opened_at) == ("nord", "modtagelse_nord", clock.now)
    assert case.facts == {"foedselsdato": date(2022, 1, 5)}
    assert (task.element_id, task.unit_id, task.case_id) == ("registrer", "modtagelse_nord", case.id)
    child = one(Person, Person.id == case.child_id)
    assert (child.name, child.birth_date) == ("Alma Skov Mortensen", date(2022, 1, 5))
    assert crypto.decrypt(child.cpr, "person.cpr") == ALMAS_CPR
    assert kinds(case.id) == ["case_opened", "notification_received", "message_received", "process_started"]


def test_what_came_is_filled_in_with_the_number_sealed(cast):
    got = receive_notification(cast.mette, answers=ALMA)

    with read() as session:
        draft = session.scalar(select(UserTask.draft).where(UserTask.id == got.task_id))
    assert (draft["barnNavn"], draft["bekymring"]) == ("Alma Skov Mortensen", "Træt og trist")
    assert ALMAS_CPR not in str(draft)
    assert ALMAS_CPR not in str(rows(select(JournalEntry.details)))


def test_the_clock_runs_from_the_reception_not_from_the_writing_down(cast, clock):
    received = clock.now - timedelta(hours=9)

    got = receive_notification(cast.mette, answers=ALMA, received_at=received)

    with read() as session:
        variables = session.scalar(select(ProcessInstance.variables).where(ProcessInstance.id == got.instance_id))
    assert variables["modtagetTid"] == received
    assert variables["kendskabsDato"] == date(2026, 11, 23)
    assert variables["erUnderretning"] is True


def test_on_an_open_case_it_starts_its_own_assessment_and_is_never_merged(cast):
    with transaction() as session:
        session.get_one(Case, cast.case_id).responsible_unit_id = "familiegruppe_nord"

    first = receive_notification(cast.mette, answers={"barnNavn": "Emil", "barnCpr": EMIL_CPR})
    second = receive_notification(cast.mette, answers={"barnNavn": "Emil", "barnCpr": EMIL_CPR})

    assert (first.case_id, first.is_new_case) == (cast.case_id, False)
    assert (second.case_id, second.is_new_case) == (cast.case_id, False)
    assert first.instance_id != second.instance_id
    assert {row.process_id for row in rows(select(ProcessInstance))} == {"new_notification"}
    task = one(UserTask, UserTask.id == first.task_id)
    assert (task.unit_id, task.awaited_by_unit_id) == ("modtagelse_nord", "familiegruppe_nord")
    assert one(Person, Person.id == cast.emil_id).name == "Emil Brandt Lauritsen"


def test_a_closed_case_opens_again_at_the_intake(cast):
    with transaction() as session:
        case = session.get_one(Case, cast.case_id)
        case.responsible_unit_id, case.responsible_employee_id = "familiegruppe_nord", cast.lars.id
        case.close(case.opened_at)

    got = receive_notification(cast.mette, answers={"barnNavn": "Emil", "barnCpr": EMIL_CPR})

    case = one(Case, Case.id == cast.case_id)
    assert (got.case_id, got.is_new_case) == (cast.case_id, False)
    assert (case.state, case.responsible_unit_id, case.responsible_employee_id) == (
        CaseState.OPEN,
        "modtagelse_nord",
        None,
    )
    assert "case_reopened" in kinds(cast.case_id)


def test_the_same_name_and_birth_date_is_only_shown_to_a_person(cast):
    got = receive_notification(
        cast.mette, answers={"barnNavn": "Emil Brandt Lauritsen", "foedselsdato": "2014-03-14", "bekymring": "?"}
    )

    assert got.is_new_case
    assert got.possible_case_ids == (cast.case_id,)
    assert one(Case, Case.id == got.case_id).facts["muligeSager"] == ["S-2026-0417"]


def test_a_system_learns_nothing_of_cases_that_it_may_not_see(cast, school):
    answers = {"barnNavn": "Emil Brandt Lauritsen", "foedselsdato": "2014-03-14", "bekymring": "?"}

    assert receive_notification(school, answers=answers).possible_case_ids == ()


def test_an_anonymous_notifier_stays_anonymous(cast):
    got = receive_notification(
        cast.mette, answers=ALMA | {"underretterType": "anonym", "underretterNavn": "Nabo", "underretterKontakt": "12"}
    )

    with read() as session:
        draft = session.scalar(select(UserTask.draft).where(UserTask.id == got.task_id))
    assert draft["underretterType"] == "anonym"
    assert "underretterNavn" not in draft
    assert "Nabo" not in str(draft)


def test_the_same_key_again_gives_the_same_answer(cast, school):
    first = receive_notification(school, answers=ALMA, dedupe_key="skole-17")
    before = _counts()

    assert receive_notification(school, answers=ALMA, dedupe_key="skole-17") == first
    assert _counts() == before
    assert receive_notification(school, answers=ALMA, dedupe_key="skole-18").case_id == first.case_id


def test_numbers_count_up_through_the_year(cast):
    a_case(number="S-2026-9999")

    assert receive_notification(cast.mette, answers={"barnNavn": "Noah"}).number == "S-2026-10000"
    assert receive_notification(cast.mette, answers={"barnNavn": "Ida"}).number == "S-2026-10001"


IMPOSSIBLE = "3102144567"  # 31 February


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"barnNavn": ""}, "barnNavn"),
        ({}, "barnNavn"),
        ({"barnNavn": "Alma", "barnCpr": IMPOSSIBLE}, "barnCpr"),
        ({"barnNavn": "Alma", "barnCpr": "12"}, "barnCpr"),
        ({"barnNavn": "Alma", "barnCpr": "0101575321"}, "barnCpr"),  # born in 2057
        ({"barnNavn": "Alma", "foedselsdato": "2027-01-05"}, "foedselsdato"),
        ({"barnNavn": "Alma", "foedselsdato": "yesterday"}, "foedselsdato"),
        (ALMA | {"foedselsdato": "2021-01-05"}, "foedselsdato"),
        ({"barnNavn": "Alma", "modtagetTid": "2026-11-30T10:00:00+00:00"}, "modtagetTid"),
        ({"barnNavn": "Alma", "bekymring": "x" * 10_000_000}, "bekymring"),
        ({"barnNavn": "x" * 10_000_000}, "barnNavn"),
        ({"barnNavn": "Alma", "kanal": "røgsignal"}, "kanal"),
        ({"barnNavn": "Alma", "beskyttetAdresse": "måske"}, "beskyttetAdresse"),
        ({"barnNavn": "Alma", "foraeldre": "mor"}, "foraeldre"),
        ({"barnNavn": "Alma", "foraeldre": [{"navn": "Mor", "relation": "nabo"}]}, "foraeldre.0.relation"),
        ({"barnNavn": "Alma", "ukendt": "felt"}, "ukendt"),
    ],
)
def test_refuses_what_cannot_be_by_field_and_changes_nothing(cast, answers, field):
    before = _counts()

    with pytest.raises(InvalidError) as refused:
        receive_notification(cast.mette, answers=answers)

    assert field in refused.value.fields
    assert all(sentence.text("da") for sentences in refused.value.fields.values() for sentence in sentences)
    assert _counts() == before


def test_names_every_wrong_field_at_once(cast):
    with pytest.raises(InvalidError) as refused:
        receive_notification(cast.mette, answers={"barnCpr": IMPOSSIBLE, "kanal": "røgsignal", "ukendt": 1})

    assert set(refused.value.fields) == {"barnNavn", "barnCpr", "kanal", "ukendt"}


def test_refuses_answers_that_are_no_object(cast):
    for answers in ([], "x", None):
        with pytest.raises(InvalidError):
            receive_notification(cast.mette, answers=answers)


def test_another_system_must_say_what_the_worry_is(cast, school):
    with pytest.raises(InvalidError) as refused:
        receive_notification(school, answers={"barnNavn": "Alma"})

    assert set(refused.value.fields) == {"bekymring"}


def test_refuses_a_reception_in_the_future_but_forgives_a_clock_that_is_a_little_fast(cast, clock):
    with pytest.raises(InvalidError) as refused:
        receive_notification(cast.mette, answers=ALMA, received_at=clock.now + timedelta(minutes=6))
    assert set(refused.value.fields) == {"modtagetTid"}

    got = receive_notification(cast.mette, answers=ALMA, received_at=clock.now + timedelta(minutes=2))

    with read() as session:
        variables = session.scalar(select(ProcessInstance.variables).where(ProcessInstance.id == got.instance_id))
    assert variables["modtagetTid"] == clock.now


def test_only_intake_units_their_leaders_and_the_duty_take_notifications_in(cast):
    for outsider in (cast.sofie, cast.peter, cast.lars, cast.birgit, cast.anders):
        with pytest.raises(ForbiddenError):
            receive_notification(outsider, answers=ALMA)

    assert receive_notification(cast.karin, answers=ALMA).is_new_case


def test_without_a_released_process_for_it_nothing_is_lost(cast):
    with transaction() as session:
        for version in session.scalars(select(ProcessVersion).where(ProcessVersion.process_id == "new_notification")):
            version.retire()

    got = receive_notification(cast.mette, answers={"barnNavn": "Emil", "barnCpr": cpr.written(EMIL_CPR)})

    assert (got.instance_id, got.task_id) == (None, None)
    assert one(ProcessMessage).state == "kept"


def test_opens_the_deadline_of_24_hours_from_the_reception(cast, clock):
    received = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    got = receive_notification(cast.mette, answers=ALMA, received_at=received)

    answers = (
        ALMA
        | REGISTERED
        | {
            "modtagetTid": received.isoformat(),
            "kendskabsDato": "2026-11-22",
            "foedselsdato": "2022-01-05",
            "barnCpr": cpr.written(ALMAS_CPR),
        }
    )
    complete_user_task(cast.mette, task_id=got.task_id, answers=answers)

    assert one(Deadline, Deadline.key == "vurdering24").due_at == received + timedelta(hours=24)
