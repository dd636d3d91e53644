"""Consents: recorded with what for, and withdrawn at any time with effect at once."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework.database import read, transaction
from casework.errors import ConflictError, InvalidError, NotFoundError
from casework.model import Consent, Handoff, Job
from casework.operations.accept_handoff import accept_handoff
from casework.operations.give_consent import give_consent
from casework.operations.lapse_consents import lapse_consents
from casework.operations.offer_handoff import offer_handoff
from casework.operations.withdraw_consent import withdraw_consent
from tests.diagrams import catch, end, message, process, start
from tests.factories import a_handoff
from tests.operations.asking import instance, kinds, one, started
from tests.operations.processes import release

WORDS = {
    "person_name": "Camilla Brandt",
    "data_classes": ["skole"],
    "shared_with": "Skole og PPR",
    "purpose": "Skoletilbud",
}
#: What every job has.
A_JOB = {
    "dedupe_key": "fyldt18",
    "next_at": datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
    "created_at": datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
}


@pytest.fixture
def given(cast):
    return give_consent(cast.mette, case_id=cast.case_id, **WORDS, valid_until=date(2027, 5, 4))


def test_is_kept_with_what_for_and_until_when(cast, given):
    consent = one(Consent)

    assert (consent.id, consent.state, consent.person_name, consent.recorded_by) == (
        given,
        "given",
        "Camilla Brandt",
        "Mette Friis Andersen",
    )
    assert consent.valid_until == datetime(2027, 5, 4, 21, 59, 59, tzinfo=UTC)
    assert kinds(cast.case_id) == ["consent_given"]


def test_a_no_is_kept_too(cast):
    give_consent(cast.mette, case_id=cast.case_id, **WORDS, is_given=False)

    assert one(Consent).state == "declined"
    assert kinds(cast.case_id) == ["consent_declined"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"person_name": " "}, "person_name"),
        ({"purpose": ""}, "purpose"),
        ({"shared_with": "x" * 2001}, "shared_with"),
        ({"data_classes": []}, "data_classes"),
        ({"data_classes": ["alt"]}, "data_classes"),
        ({"valid_until": date(2026, 11, 22)}, "valid_until"),
    ],
)
def test_refuses_by_field_what_is_missing(cast, changes, field):
    with pytest.raises(InvalidError) as refused:
        give_consent(cast.mette, case_id=cast.case_id, **WORDS | changes)

    assert set(refused.value.fields) == {field}


def test_withdrawn_it_counts_no_longer_and_stays_on_record(cast, given):
    assert withdraw_consent(cast.mette, consent_id=given, reason="Camilla har fortrudt") == cast.case_id

    assert one(Consent).state == "withdrawn"
    with pytest.raises(ConflictError):
        withdraw_consent(cast.mette, consent_id=given, reason="igen")


def test_withdrawing_takes_offers_back_that_rest_on_it_and_no_others(cast, given):
    offer = {"to_unit_id": "ppr_nord", "subject": "Støtte", "purpose": "?", "data_classes": ["skole"]}
    waiting = offer_handoff(cast.mette, case_id=cast.case_id, **offer, consent_id=given)
    accepted = offer_handoff(cast.mette, case_id=cast.case_id, **offer, consent_id=given)
    accept_handoff(cast.peter, handoff_id=accepted)
    by_law = a_handoff(cast.case_id).id

    withdraw_consent(cast.mette, consent_id=given, reason="Fortrudt")

    states = {id: one(Handoff, Handoff.id == id).state for id in (waiting, accepted, by_law)}  # noqa: A001
    assert states == {waiting: "withdrawn", accepted: "accepted", by_law: "offered"}


def test_withdrawing_tells_the_processes_that_wait_for_it(cast, given):
    diagram = process(
        start(),
        catch("vent", message()),
        end(),
        flows="start vent, vent end",
        shared='<bpmn:message id="m" name="SamtykkeTrukket"/>',
    )
    release(diagram)
    started(cast)

    withdraw_consent(cast.mette, consent_id=given, reason="Fortrudt")

    assert instance().state == "completed"


def test_who_does_not_see_the_case_may_do_neither(cast, given):
    for outsider in (cast.sofie, cast.peter, cast.lars, cast.torben):
        with pytest.raises(NotFoundError):
            give_consent(outsider, case_id=cast.case_id, **WORDS)
        with pytest.raises(NotFoundError):
            withdraw_consent(outsider, consent_id=given, reason="x")
    with pytest.raises(NotFoundError):
        withdraw_consent(cast.mette, consent_id=uuid4(), reason="x")


def of_age(cast):
    with transaction() as session:
        job = Job(topic="consents", case_id=cast.case_id, inputs={"action": "lapse", "reason": "fyldt_18"}, **A_JOB)
        session.add(job)
        session.flush()
        return job.id


def test_at_18_what_others_have_consented_to_lapses_and_the_own_yes_stays(cast, given):
    own = give_consent(cast.mette, case_id=cast.case_id, **WORDS | {"person_name": "emil brandt lauritsen "})

    assert lapse_consents(job_id=of_age(cast)) == 1

    with read() as session:
        states = {consent.id: consent.state for consent in session.scalars(select(Consent))}
    assert states == {given: "withdrawn", own: "given"}
    assert "consent_lapsed" in kinds(cast.case_id)


def test_at_18_offers_that_rest_on_a_parent_are_taken_back(cast, given):
    offer = {"to_unit_id": "ppr_nord", "subject": "Støtte", "purpose": "?", "data_classes": ["skole"]}
    waiting = offer_handoff(cast.mette, case_id=cast.case_id, **offer, consent_id=given)

    lapse_consents(job_id=of_age(cast))

    with read() as session:
        assert session.get_one(Handoff, waiting).state == "withdrawn"


def test_lapsing_again_changes_nothing(cast, given):
    job_id = of_age(cast)

    assert [lapse_consents(job_id=job_id), lapse_consents(job_id=job_id)] == [1, 0]
