"""What a registration tells of persons stands in their own rows; no name and no number stays among facts or variables."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import undefer

from casework import cpr, crypto
from casework.database import read, transaction
from casework.errors import InvalidError
from casework.model import Case, Consent, Person, ProcessInstance, Relation, Submission
from casework.operations.complete_user_task import complete_user_task
from casework.operations.receive_notification import receive_notification
from casework.operations.record_persons import record_persons
from casework.operations.turns import lock_case
from casework.queries.letter_particulars import letter_particulars
from tests.cast import EMIL_CPR
from tests.factories import an_instance
from tests.operations.asking import kinds, one
from tests.operations.intake import REGISTERED, release_intake

#: Of a girl born 5 January 2022; fails modulus 11, so nobody has it.
ALMAS_CPR = "0501224321"


@pytest.fixture
def registered(cast):
    """Alma, registered with both parents, a brother and the notifier."""
    release_intake()
    got = receive_notification(cast.mette, answers={"barnNavn": "Alma", "bekymring": "?"})
    answers = REGISTERED | {
        "modtagetTid": "2026-11-23T07:30:00+00:00",
        "kendskabsDato": "2026-11-23",
        "barnNavn": "Alma Skov Mortensen",
        "foedselsdato": "2022-01-05",
        "barnCpr": cpr.written(ALMAS_CPR),
        "beskyttetAdresse": True,
        "foraeldre": [
            {"navn": "Maja Skov", "relation": "mor", "foraeldremyndighed": True, "maaKendeAdresse": True},
            {"navn": "Jens Mortensen", "relation": "far", "foraeldremyndighed": False, "maaKendeAdresse": False},
        ],
        "soeskende": [{"navn": "Otto Skov", "foedselsdato": "2019-04-01"}],
    }
    complete_user_task(cast.mette, task_id=got.task_id, answers=answers)
    return got


def _people(case_id):
    with read() as session:
        rows = session.execute(
            select(Relation, Person).join(Person, Person.id == Relation.person_id).where(Relation.case_id == case_id)
        )
        return {(relation.kind, person.name): (relation, person) for relation, person in rows}


def _told(cast, **facts):
    with transaction() as session:
        case = lock_case(session, cast.case_id)
        told = {name.replace("__", "."): value for name, value in facts.items()}
        return record_persons(session, case, told, cast.mette, case.opened_at)


def test_the_child_the_family_and_the_notifier_have_rows_of_their_own(registered):
    people = _people(registered.case_id)

    assert set(people) == {
        ("mother", "Maja Skov"),
        ("father", "Jens Mortensen"),
        ("sibling", "Otto Skov"),
        ("notifier", "Ditte Holm"),
    }
    mother, father = people["mother", "Maja Skov"][0], people["father", "Jens Mortensen"][0]
    assert (mother.has_custody, mother.may_know_address) == (True, True)
    assert (father.has_custody, father.may_know_address) == (False, False)
    assert people["sibling", "Otto Skov"][1].birth_date == date(2019, 4, 1)
    notifier, person = people["notifier", "Ditte Holm"]
    assert (notifier.instance_id, person.contact) == (registered.instance_id, "ditte@skole.example")


def test_the_childs_own_row_is_brought_up_to_date(registered):
    case = one(Case, Case.id == registered.case_id)
    child = one(Person, Person.id == case.child_id)

    assert (child.name, child.birth_date, child.has_protected_address) == (
        "Alma Skov Mortensen",
        date(2022, 1, 5),
        True,
    )
    assert crypto.decrypt(child.cpr, "person.cpr") == ALMAS_CPR
    assert "persons_recorded" in kinds(case.id)


def test_no_name_and_no_number_stays_among_facts_variables_or_answers(registered):
    case = one(Case, Case.id == registered.case_id)
    with read() as session:
        instance = session.scalars(select(ProcessInstance).options(undefer(ProcessInstance.variables))).one()
        answers = session.scalars(select(Submission.answers)).one()

    assert set(case.facts) == {"foedselsdato", "kendskabsDato", "beskyttetAdresse", "personer"}
    for kept in (case.facts, instance.variables):
        assert not any(secret in str(kept) for secret in ("Alma", "Maja", "Ditte", ALMAS_CPR))
    assert ALMAS_CPR[6:] not in str(answers)


def test_the_same_person_again_is_the_same_row_and_nobody_falls_out(cast):
    _told(cast, persons__parents=[{"navn": "camilla brandt", "relation": "mor", "kontakt": "20 20 20 20"}])
    _told(cast, persons__siblings=[{"navn": "Ida", "foedselsdato": None}])

    people = _people(cast.case_id)
    assert set(people) == {("mother", "Camilla Brandt"), ("sibling", "Ida")}
    assert people["mother", "Camilla Brandt"][1].contact == "20 20 20 20"
    assert people["mother", "Camilla Brandt"][0].has_custody


def test_the_network_keeps_what_was_told_of_each(cast):
    _told(
        cast,
        persons__network=[
            {
                "navn": "Inger Brandt",
                "relation": "privat",
                "betydning": 5,
                "opgave": ["fritid"],
                "samtykkeKontakt": True,
            }
        ],
    )

    relation, _ = _people(cast.case_id)["network", "Inger Brandt"]
    assert relation.details == {"relation": "privat", "betydning": 5, "opgave": ["fritid"], "samtykkeKontakt": True}


def test_gives_back_what_is_no_persons(cast):
    rest = _told(cast, foo=1, person__child__birth_date=date(2014, 3, 14))

    assert rest == {"foo": 1, "foedselsdato": date(2014, 3, 14)}


def test_the_childs_known_number_again_is_fine_another_one_is_refused(cast):
    _told(cast, person__child__cpr=cpr.written(EMIL_CPR))

    with pytest.raises(InvalidError) as refused:
        _told(cast, person__child__cpr=cpr.written(ALMAS_CPR))

    assert set(refused.value.fields) == {"barnCpr"}


def test_a_consent_form_becomes_a_consent_of_each_person_asked(cast):
    _told(
        cast,
        consent__data_classes=["skole", "plan"],
        consent__shared_with="PPR Nord",
        consent__shared_from="Familiegruppe Nord",
        consent__purpose="Skoletilbud",
        consent__valid_until=date(2027, 5, 4),
        consent__answers=[{"navn": "Camilla", "svar": "givet"}, {"navn": "Jesper", "svar": "afslaaet"}],
    )

    with read() as session:
        given = {one.person_name: one for one in session.scalars(select(Consent))}
    assert (given["Camilla"].state, given["Jesper"].state) == ("given", "declined")
    assert given["Camilla"].data_classes == ["plan", "skole"]
    assert given["Camilla"].valid_until.date() == date(2027, 5, 4)
    assert kinds(cast.case_id) == ["consent_given", "consent_declined"]


def test_two_notifications_keep_their_notifiers_apart(cast):
    release_intake()
    received = []
    for name in ("Ditte Holm", "Nabo Jensen", "Ditte Holm"):
        got = receive_notification(cast.mette, answers={"barnNavn": "Emil", "barnCpr": EMIL_CPR})
        answers = REGISTERED | {
            "modtagetTid": "2026-11-23T07:30:00+00:00",
            "kendskabsDato": "2026-11-23",
            "barnNavn": "Emil Brandt Lauritsen",
            "foedselsdato": "2014-03-14",
            "underretterNavn": name,
        }
        complete_user_task(cast.mette, task_id=got.task_id, answers=answers)
        received.append(got.instance_id)

    to = [letter_particulars(cast.case_id, "notifier", instance_id=one)["modtager"] for one in received]
    assert to == ["Ditte Holm", "Nabo Jensen", "Ditte Holm"]


def test_a_later_form_of_the_same_enquiry_finds_the_same_notifier(cast):
    instance = an_instance(cast.case_id, variables={"henvendelseId": "h1"})
    feedback = an_instance(cast.case_id, variables={"henvendelseId": "h1"})
    for asked in (instance, feedback):
        with transaction() as session:
            case = lock_case(session, cast.case_id)
            told = {"person.notifier.name": "Ditte Holm"}
            record_persons(session, case, told, cast.mette, case.opened_at, instance_id=asked.id)

    assert set(_people(cast.case_id)) == {("mother", "Camilla Brandt"), ("notifier", "Ditte Holm")}
    assert letter_particulars(cast.case_id, "notifier", instance_id=feedback.id)["modtager"] == "Ditte Holm"
