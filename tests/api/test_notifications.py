"""Notifications come in from other systems: the first step of all, and the one that must never get lost or double."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from casework.model import Case
from casework.model.enquiry import MESSAGES
from casework.operations.intake import checking
from casework.operations.receive_notification import ON_OPEN_CASE
from tests.api.problems import ON_BOTH, refused, wrong_fields
from tests.cast import EMIL_CPR
from tests.operations.asking import kinds, rows
from tests.operations.intake import release_intake

ALMA = {"barnNavn": "Alma Skov Mortensen", "barnCpr": "0501224321", "bekymring": "Træt og trist"}


EMIL = {"barnNavn": "Emil Brandt Lauritsen", "barnCpr": EMIL_CPR, "bekymring": "Fravær"}


@pytest.fixture
def school(api):
    release_intake()
    return api.system("notifications:write", unit="noerrevangskolen")


def open_cases():
    return rows(select(Case))


@ON_BOTH
def test_becomes_a_case_with_a_registration_task(api, cast, school):
    answer = school.post("/notifications", {"answers": ALMA, "received_at": "2026-11-23T08:30:00+01:00"})

    case = api.mette.get(f"/notifications/{answer.get_json()['reference']}").get_json()
    task = api.mette.get(f"/tasks/{case['task_id']}").get_json()
    assert answer.status_code == 201
    assert datetime.fromisoformat(answer.get_json()["received_at"]) == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    assert case["case_id"] != str(cast.case_id)
    assert task["answers"]["barnNavn"] == ALMA["barnNavn"]
    assert task["answers"]["barnCpr"] == "050122-••••"
    assert task["answers"]["modtagetTid"].startswith("2026-11-23T0")
    assert ALMA["barnCpr"][6:] not in answer.text


def test_on_an_open_case_is_assessed_by_itself(api, cast, school):
    references = [school.post("/notifications", {"answers": EMIL}).get_json()["reference"] for _ in range(2)]

    first, second = (api.mette.get(f"/notifications/{reference}").get_json() for reference in references)

    assert first["case_id"] == second["case_id"] == str(cast.case_id)
    assert first["number"] == cast.number
    assert first["instance_id"] != second["instance_id"]


def test_who_notifies_does_not_learn_whether_there_was_a_case(api, cast, school):
    told = [school.post("/notifications", {"answers": answers}) for answers in (ALMA, EMIL, EMIL)]

    assert {answer.status_code for answer in told} == {201}
    assert {tuple(answer.get_json()) for answer in told} == {("reference", "received_at")}
    assert len({answer.get_json()["reference"] for answer in told}) == 3
    assert len({answer.get_json()["received_at"] for answer in told}) == 1
    for answer in told:
        assert str(cast.case_id) not in str(answer.headers) + answer.text
        refused(school.get(f"/notifications/{answer.get_json()['reference']}"), 403)


def test_the_case_of_a_notification_is_found_by_who_sees_it_only(api, cast, school):
    reference = school.post("/notifications", {"answers": EMIL}).get_json()["reference"]

    assert api.system().get(f"/notifications/{reference}").get_json()["number"] == cast.number
    refused(api.sofie.get(f"/notifications/{reference}"), 404)
    refused(api.system("cases:read", unit="noerrevangskolen").get(f"/notifications/{reference}"), 404)
    refused(api.system().get(f"/notifications/{cast.case_id}"), 404)


def test_the_same_one_under_the_same_key_comes_in_once(api, cast, school):
    key = {"Idempotency-Key": "underretning-17"}

    first, second = (school.post("/notifications", {"answers": ALMA}, headers=key) for _ in range(2))

    assert first.get_json() == second.get_json()
    assert len(open_cases()) == 2  # Emil's and Alma's


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({**ALMA, "barnCpr": "3113224321"}, "barnCpr"),
        ({**ALMA, "barnCpr": "050122"}, "barnCpr"),
        ({**ALMA, "barnCpr": 501224321}, "barnCpr"),
        ({**ALMA, "foedselsdato": "2027-01-05"}, "foedselsdato"),
        ({**ALMA, "foedselsdato": "2021-01-05"}, "foedselsdato"),
        ({"bekymring": "x"}, "barnNavn"),
        ({"barnNavn": "Alma"}, "bekymring"),
        ({**ALMA, "ukendt": "x"}, "ukendt"),
        ({**ALMA, "kanal": "brevdue"}, "kanal"),
        ({**ALMA, "bekymring": "x" * 200_000}, "bekymring"),
        ({**ALMA, "foraeldre": "mor og far"}, "foraeldre"),
        ({**ALMA, "foraeldre": [{"navn": 5}]}, "foraeldre.0.navn"),
    ],
)
def test_what_cannot_be_is_named_and_changes_nothing(api, cast, school, answers, field):
    answer = school.post("/notifications", {"answers": answers})

    assert field in wrong_fields(answer)
    assert len(open_cases()) == 1
    assert kinds(cast.case_id) == []


def test_cannot_have_been_received_tomorrow(school):
    answer = school.post("/notifications", {"answers": ALMA, "received_at": "2026-11-24T08:00:00Z"})

    assert wrong_fields(answer) == ["modtagetTid"]


def test_is_taken_in_by_intake_units_and_systems_with_the_scope(api, school):
    given = {"answers": ALMA}

    refused(api.sofie.post("/notifications", given), 403)
    refused(api.lars.post("/notifications", given), 403)
    refused(api.system("cases:read").post("/notifications", given), 403)
    assert api.mette.post("/notifications", given).status_code == 201


def test_whatever_starts_an_intake_is_found_by_its_reference():
    assert {
        ON_OPEN_CASE,
        "Underretning",
        "Henvendelse",
        "FravaersHenvendelse",
        *checking._MESSAGES.values(),
    } == MESSAGES
