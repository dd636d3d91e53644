"""Notifications come in from other systems: the first step of all, and the one that must never get lost or double."""

from __future__ import annotations

import pytest

from casework.model import Case
from tests.api.problems import ON_BOTH, refused, wrong_fields
from tests.cast import EMIL_CPR
from tests.operations.asking import kinds, rows
from tests.operations.intake import release_intake

ALMA = {"barnNavn": "Alma Skov Mortensen", "barnCpr": "0501224321", "bekymring": "Træt og trist"}


@pytest.fixture
def school(api):
    release_intake()
    return api.system("notifications:write", unit="noerrevangskolen")


def open_cases():
    from sqlalchemy import select  # noqa: PLC0415

    return rows(select(Case))


@ON_BOTH
def test_becomes_a_case_with_a_registration_task(api, cast, school):
    answer = school.post("/notifications", {"answers": ALMA, "received_at": "2026-11-23T08:30:00+01:00"})

    body = answer.get_json()
    task = api.mette.get(f"/tasks/{body['task_id']}").get_json()
    assert (answer.status_code, body["is_new_case"]) == (201, True)
    assert task["answers"]["barnNavn"] == ALMA["barnNavn"]
    assert task["answers"]["barnCpr"] == "050122-••••"
    assert task["answers"]["modtagetTid"].startswith("2026-11-23T0")
    assert ALMA["barnCpr"][6:] not in answer.text


def test_on_an_open_case_is_assessed_by_itself(api, cast, school):
    given = {"answers": {"barnNavn": "Emil Brandt Lauritsen", "barnCpr": EMIL_CPR, "bekymring": "Fravær"}}

    first, second = (school.post("/notifications", given).get_json() for _ in range(2))

    assert first["case_id"] == second["case_id"] == str(cast.case_id)
    assert first["instance_id"] != second["instance_id"]
    assert not first["is_new_case"]


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
