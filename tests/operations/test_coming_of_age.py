"""Rights that come with age, and what ends at 18: parties, custody, letters, and consents that others gave for a child."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from casework.database import transaction
from casework.errors import InvalidError
from casework.model import Case, Consent, ConsentState, Person, ProcessInstance, Relation
from casework.operations.give_consent import give_consent
from casework.operations.offer_handoff import offer_handoff
from casework.queries.case_page import case_page
from casework.queries.handoff_draft import handoff_draft
from casework.queries.handoff_page import handoff_page
from casework.queries.letter_particulars import letter_particulars
from tests.diagrams import end, node, process, start, user
from tests.operations.asking import instance, started
from tests.operations.processes import release

PARTIES = Path(__file__).parents[2] / "processes" / "reusable" / "dmn_parter.dmn"
#: Emil is born on 14 March 2014: he is 10 and 18 from midnight of these days.
BORN, TEN, EIGHTEEN = date(2014, 3, 14), (2024, 3, 14), (2032, 3, 14)


def at(year, month, day, hour=12):
    return datetime(year, month, day, hour, tzinfo=UTC)


def day_before(year, month, day):
    """The last minute of the day before, in Copenhagen."""
    return datetime(year, month, day - 1, 22, 59, tzinfo=UTC)


@pytest.fixture
def family(cast):
    """The mother has custody, the father has none; decisions know both."""
    with transaction() as session:
        mother = session.get_one(Person, cast.mother_id)
        father = Person(name="Thomas Lauritsen", created_at=at(2020, 1, 1))
        session.add(father)
        session.flush()
        relations = {one.person_id: one for one in session.query(Relation).filter_by(case_id=cast.case_id)}
        relations[mother.id].has_custody = True
        session.add(Relation(case_id=cast.case_id, person_id=father.id, kind="father", has_custody=False))
        persons = [
            {"id": str(cast.emil_id), "rolle": "barn", "foraeldremyndighed": False},
            {"id": str(mother.id), "rolle": "foraelder", "foraeldremyndighed": True},
            {"id": str(father.id), "rolle": "foraelder", "foraeldremyndighed": False},
        ]
        case = session.get_one(Case, cast.case_id)
        case.facts = {"foedselsdato": BORN, "personer": persons}
        return {str(cast.emil_id): "barn", str(mother.id): "mor", str(father.id): "far"}


def deciding():
    """A process that asks who is party, who has custody, and how old the child is."""
    asks = node("businessRuleTask", "hvem", camunda_decisionRef="dmn_parter", camunda_resultVariable="parter")
    custody = node(
        "scriptTask",
        "raader",
        ext='<sag:assign variable="raader" value="=personer[foraeldremyndighed = true]"/>',
    )
    task = user("a", camunda_candidateGroups="modtagelse")
    nodes = (start(), asks, custody, task, end())
    release(process(*nodes, flows="start hvem, hvem raader, raader a, a end"), decisions=(PARTIES.read_bytes(),))


def parties(cast, family, *, affected=False):
    begun = started(cast, variables={"andenForaelderBeroert": affected})
    variables = instance(ProcessInstance.id == begun.instance_id).variables
    return (
        sorted(family[one["id"]] for one in variables["parter"] or []),
        [family[one["id"]] for one in variables["raader"] or []],
    )


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (day_before(*TEN), (["mor"], ["mor"])),
        (at(*TEN), (["barn", "mor"], ["mor"])),
        (day_before(*EIGHTEEN), (["barn", "mor"], ["mor"])),
        (at(*EIGHTEEN, hour=0), (["barn"], [])),
    ],
)
def test_parties_follow_the_child_s_age_to_the_minute(cast, family, clock, moment, expected):
    deciding()
    clock.move_to(moment)

    assert parties(cast, family) == expected


def test_another_parent_is_party_until_18_only(cast, family, clock):
    deciding()
    clock.move_to(day_before(*EIGHTEEN))
    before, _ = parties(cast, family, affected=True)
    clock.move_to(at(*EIGHTEEN))

    after, _ = parties(cast, family, affected=True)

    assert (before, after) == (["barn", "far", "mor"], ["barn"])


@pytest.mark.parametrize("recipient", ["custody", "mother", "father", "mor", "far"])
def test_letters_to_parents_go_to_the_young_person_from_18(cast, family, clock, recipient):
    ids = {name: person_id for person_id, name in family.items()}
    to = ids.get(recipient, recipient)
    clock.move_to(day_before(*EIGHTEEN))
    before = letter_particulars(cast.case_id, to)["modtager"]
    clock.move_to(at(*EIGHTEEN))

    after = letter_particulars(cast.case_id, to)["modtager"]

    assert before in ("Camilla Brandt", "Thomas Lauritsen")
    assert after == "Emil Brandt Lauritsen"


def notes(cast):
    page = case_page(cast.mette, cast.case_id)
    return [note.text("da") for person in page.persons for note in person.notes]


def test_the_case_page_says_that_custody_has_ended(cast, family, clock):
    clock.move_to(day_before(*EIGHTEEN))
    before = notes(cast)
    clock.move_to(at(*EIGHTEEN))

    assert "forældremyndighed" in before
    assert notes(cast) == [note for note in before if note != "forældremyndighed"]


def agree(cast, name="Camilla Brandt"):
    return give_consent(
        cast.mette,
        case_id=cast.case_id,
        person_name=name,
        data_classes=["skole"],
        shared_with="Skole og PPR",
        purpose="Skoletilbud",
        is_given=True,
    )


def offered(cast, consent_id):
    return offer_handoff(
        cast.mette,
        case_id=cast.case_id,
        to_unit_id="ppr_nord",
        subject="Vurdering",
        purpose="Skoletilbud",
        data_classes=["skole"],
        consent_id=consent_id,
    )


def test_what_a_parent_allowed_is_closed_at_18_and_listed_to_be_asked_anew(cast, family, clock):
    clock.move_to(at(2032, 1, 5))
    handoff = offered(cast, agree(cast))
    clock.move_to(day_before(*EIGHTEEN))
    before = handoff_page(cast.peter, handoff).sheet, case_page(cast.mette, cast.case_id).consents[0]

    clock.move_to(at(*EIGHTEEN))

    (consent,) = case_page(cast.mette, cast.case_id).consents
    assert before[0] is not None
    assert (before[1].is_valid, before[1].ask_anew) == (True, False)
    assert handoff_page(cast.peter, handoff).sheet is None
    assert (consent.is_valid, consent.ask_anew) == (False, True)


def test_it_carries_no_new_hand_off_and_is_not_offered_as_a_basis(cast, family, clock):
    clock.move_to(at(2032, 1, 5))
    consent = agree(cast)
    clock.move_to(at(*EIGHTEEN))

    with pytest.raises(InvalidError):
        offered(cast, consent)
    bases = {basis.kind for basis in handoff_draft(cast.mette, cast.case_id).bases}
    assert "consent" not in bases


def test_the_young_person_s_own_consent_goes_on(cast, family, clock):
    clock.move_to(at(2032, 1, 5))
    handoff = offered(cast, agree(cast, "emil brandt lauritsen"))

    clock.move_to(at(*EIGHTEEN))

    (consent,) = case_page(cast.mette, cast.case_id).consents
    assert (consent.is_valid, consent.ask_anew) == (True, False)
    assert handoff_page(cast.peter, handoff).sheet is not None


def test_who_has_been_asked_anew_is_no_longer_listed(cast, family, clock):
    clock.move_to(at(2032, 1, 5))
    agree(cast)
    clock.move_to(at(*EIGHTEEN))

    agree(cast, "Emil Brandt Lauritsen")

    assert [(one.is_valid, one.ask_anew) for one in case_page(cast.mette, cast.case_id).consents] == [
        (True, False),
        (False, False),
    ]


def test_what_lapsed_on_the_day_is_still_to_be_asked_and_what_was_withdrawn_before_is_not(cast, family, clock):
    clock.move_to(at(2032, 1, 5))
    ids = [agree(cast), agree(cast, "Thomas Lauritsen")]
    with transaction() as session:
        for consent_id, ended in zip(ids, (at(*EIGHTEEN), at(2032, 2, 1)), strict=True):
            consent = session.get_one(Consent, consent_id)
            consent.state, consent.ended_at = ConsentState.WITHDRAWN, ended

    clock.move_to(at(*EIGHTEEN, hour=13))

    found = {one.person_name: one.ask_anew for one in case_page(cast.mette, cast.case_id).consents}
    assert found == {"Camilla Brandt": True, "Thomas Lauritsen": False}


def test_the_receiver_no_longer_reads_the_parents_names(cast, family, clock):
    clock.move_to(at(2032, 1, 5))
    handoff = offered(cast, agree(cast, "Emil Brandt Lauritsen"))
    before = handoff_page(cast.peter, handoff).sheet.parents

    clock.move_to(at(*EIGHTEEN))

    assert before == ("Camilla Brandt", "Thomas Lauritsen")
    assert handoff_page(cast.peter, handoff).sheet.parents == ()


def test_of_whom_nobody_knows_the_birth_date_the_parents_decide(cast, family, clock):
    with transaction() as session:
        session.get_one(Person, cast.emil_id).birth_date = None
    clock.move_to(at(*EIGHTEEN))

    assert letter_particulars(cast.case_id, "custody")["modtager"] == "Camilla Brandt"
