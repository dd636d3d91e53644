"""One instance is set to another step on a page of its own, by who leads the unit, with a reason."""

from __future__ import annotations

import pytest

from casework.operations.start_process import start_process
from tests.operations.asking import open_elements
from tests.operations.moving import row
from tests.operations.processes import release


@pytest.fixture
def begun(town, emil):
    release(row("a", "b", "c"))
    return start_process(town.mette, case_id=emil.case_id, process_id="p")


def test_a_leader_sets_it_with_a_reason(visitor, begun, emil):
    karin, page = visitor("karin"), f"/instances/{begun.instance_id}/element"
    assert page in visitor("karin").get(f"/instances/{begun.instance_id}").text
    assert "<strong>A</strong>" in karin.get(page).text

    assert karin.post(page, {"at": "b", "reason": " "}).status_code == 422
    nowhere = karin.post(page, {"reason": "Fejl"})
    done = karin.post(page, {"at": "b", "where": "after", "reason": "B er gjort på papir"})

    assert (nowhere.status_code, done.status_code) == (422, 303)
    assert "c" in open_elements(emil.case_id)
    assert "a" not in open_elements(emil.case_id)


def test_what_cannot_be_is_refused_with_a_sentence(visitor, begun):
    refused = visitor("karin").post(f"/instances/{begun.instance_id}/element", {"at": "hest", "reason": "Fejl"})

    assert refused.status_code == 422
    assert "hest" in refused.text


def test_others_may_not(visitor, begun):
    page = f"/instances/{begun.instance_id}/element"

    assert visitor("mette").get(page).status_code == 403
    assert page not in visitor("mette").get(f"/instances/{begun.instance_id}").text
    assert visitor("sofie").get(page).status_code == 404
    assert visitor("birgit").get(page).status_code == 404
    assert visitor("anders").get(page).status_code == 200
