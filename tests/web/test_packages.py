"""Packages of measures on the case page: what they cost, who approves, and how they end."""

from __future__ import annotations

from datetime import date

import pytest

from casework.model import SYSTEM, ElementKind, PriceUnit
from casework.operations.complete_user_task import complete_user_task
from casework.operations.occupy_place import occupy_place
from casework.operations.packages.planned import PlannedElement
from casework.operations.plan_package import plan_package
from casework.operations.receive_message import receive_message
from casework.queries.inbox import inbox
from casework.queries.packages import packages


@pytest.fixture
def package(emil, town):
    """A year at Østerlund for 1,460,000 kr., more than Karin may approve."""
    stay = PlannedElement(
        ElementKind.RESIDENTIAL, date(2026, 1, 1), date(2026, 12, 31), 4_000_00, PriceUnit.DAY, "hjemmet_oesterlund"
    )
    words = {"occasion": "anbringelse", "ramp_step": "5", "budget_account": "doegn"}
    occupy_place(town.mette, case_id=emil.case_id, unit_id="hjemmet_oesterlund", on=date(2026, 1, 1))
    return plan_package(town.mette, case_id=emil.case_id, elements=[stay], **words)


def test_shows_provider_dates_price_and_place(visitor, emil, package):
    page = visitor("mette").get(f"/cases/{emil.case_id}")

    for words in ("Indsatspakke", "Børne- og ungehjemmet Østerlund", "1.1.2026 til 31.12.2026", "1.460.000"):
        assert words in page.text
    for words in ("4.000 om dagen", "1.460.000 kr. ikke godkendt", "Har en plads siden 1.1.2026"):
        assert words in page.text
    assert "Godkend 1.460.000 kr." not in page.text


def test_the_leader_with_too_low_a_limit_is_not_offered_to_approve(visitor, emil, package):
    karin = visitor("karin")

    assert "Godkend 1.460.000 kr." not in karin.get(f"/cases/{emil.case_id}").text
    answer = karin.post(f"/cases/{emil.case_id}/packages/{package}/approval")
    assert answer.status_code == 403
    assert "må godkende så meget" in answer.text


def test_a_case_without_packages_says_nothing_of_them(visitor, emil):
    assert 'id="packages"' not in visitor("mette").get(f"/cases/{emil.case_id}").text


def test_gives_it_up_and_says_what_is_wrong_with_a_day(visitor, emil, town, package):
    mette, path = visitor("mette"), f"/cases/{emil.case_id}/packages/{package}/ending"

    wrong = mette.post(path, {"on": "i går"})
    assert wrong.status_code == 422
    assert "Skriv en dato, fx 26.11.2026." in wrong.text

    done = mette.post(path, {"on": "1.12.2026"})
    assert (done.status_code, done.location) == (303, f"/cases/{emil.case_id}")
    assert packages(town.mette, emil.case_id)[0].state == "dropped"


def test_who_may_not_see_the_case_cannot_touch_its_packages(visitor, emil, package):
    assert visitor("sofie").post(f"/cases/{emil.case_id}/packages/{package}/approval").status_code == 404


def test_an_invited_department_sees_the_question_and_not_the_case(visitor, emil, town):
    receive_message(SYSTEM, name="IndsatsBesluttet", case_id=emil.case_id, payload={"spor": "stoette_32"})
    invited = {"spoergsmaal": "Hvad kan hjælpe Emil?", "hjemmel": "samtykke", "familienDeltager": "ja"}
    invited |= {"deltagendeAfdelinger": ["ppr", "udfoerer"], "moedeDato": "2030-01-01"}
    complete_user_task(town.lars, task_id=task_called(town.lars, emil, "Indkald afdelingerne"), answers=invited)

    task_id = task_called(town.peter, emil, "Bidrag til visitationen")
    page = visitor("peter").get(f"/tasks/{task_id}")

    assert "Hvad kan hjælpe Emil?" in page.text
    assert visitor("peter").get(f"/cases/{emil.case_id}").status_code == 404


def task_called(actor, emil, name):
    rows = [row for row in inbox(actor).rows if row.case_id == emil.case_id and row.name.text("da") == name]
    return rows[0].task_id
