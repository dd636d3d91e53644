"""Packages over the API: read, changed, approved, ended."""

from __future__ import annotations

from datetime import date

import pytest

from casework.model import ElementKind, PriceUnit
from casework.operations.packages.planned import PlannedElement
from casework.operations.plan_package import plan_package

ELEMENT = {"kind": "familie", "unit_id": "ppr_nord", "starts_on": "2027-01-04", "ends_on": "2027-01-31"} | {
    "price": 1500.5,
    "per": "uge",
}


@pytest.fixture
def package(cast):
    planned = PlannedElement(
        ElementKind.DAY, date(2026, 11, 1), date(2026, 12, 1), 100_00, PriceUnit.DAY, unit_id="ppr_nord"
    )
    words = {"occasion": "indsats", "ramp_step": "3", "budget_account": "forebyggende"}
    return plan_package(cast.mette, case_id=cast.case_id, elements=[planned], **words)


def read(api, cast):
    return api.mette.get(f"/cases/{cast.case_id}/packages").get_json()["items"][0]


def test_reads_changes_approves_and_ends_one(api, cast, package):
    before = read(api, cast)
    assert (before["id"], before["state"], before["total"]) == (str(package), "planned", 3100)

    changed = api.mette.put(
        f"/packages/{package}/elements",
        json={"elements": [ELEMENT], "reason": "Mindre."},
        headers={"If-Match": f'"{before["version"]}"'},
    )
    approved = api.karin.post(f"/packages/{package}/approval")
    now = read(api, cast)
    ended = api.mette.post(f"/packages/{package}/ending", json={})

    assert [answer.status_code for answer in (changed, approved, ended)] == [204, 204, 204]
    assert (now["state"], now["total"], now["unapproved"], now["approved_by"]) == (
        "approved",
        6002,
        0,
        "Karin Thygesen",
    )
    assert read(api, cast)["state"] == "dropped"


def test_refuses_what_has_changed_who_may_not_and_nonsense(api, cast, package):
    stale = api.mette.put(
        f"/packages/{package}/elements",
        json={"elements": [ELEMENT], "reason": "x"},
        headers={"If-Match": '"99"'},
    )
    backwards = {**ELEMENT, "ends_on": "2026-01-01"}
    wrong = api.mette.put(f"/packages/{package}/elements", json={"elements": [backwards], "reason": "x"})

    assert stale.status_code == 409
    assert wrong.status_code == 422
    assert api.mette.post(f"/packages/{package}/approval").status_code == 403
    assert api.sofie.get(f"/cases/{cast.case_id}/packages").status_code == 404
    assert api.sofie.post(f"/packages/{package}/approval").status_code == 404
    assert api.system("cases:read").post(f"/packages/{package}/approval").status_code == 403
