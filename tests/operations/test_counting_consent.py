"""Nobody hands over »with consent« while no consent counts: the real form F28 is refused at the field, and nothing is offered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from casework.config import ROOT
from casework.errors import InvalidError
from casework.model import Handoff, UserTask
from casework.operations.complete_user_task import complete_user_task
from tests.factories import a_case, a_consent
from tests.operations.asking import one, rows, started
from tests.operations.processes import one_after_the_other, release

ANSWERS = {
    "emne": "Skolegang",
    "formaal": "De kender skolen",
    "naesteHandling": "Møde på mandag",
    "dataklasser": ["skole"],
    "hjemmel": "samtykke",
    "barnetOrienteret": "ja",
}


@pytest.fixture
def task(cast):
    release(
        one_after_the_other("beskriv", camunda_formKey="F28"),
        forms={"F28": (ROOT / "forms" / "F28.form").read_text(encoding="utf-8")},
    )
    return started(cast).task_ids[0]


def hand_in(cast, task, **changed):
    complete_user_task(cast.mette, task_id=task, answers=ANSWERS | changed)


@pytest.mark.parametrize("state", ["declined", "withdrawn", None])
def test_refuses_consent_as_basis_while_none_counts(cast, task, state):
    if state:
        a_consent(cast.case_id, state=state)

    with pytest.raises(InvalidError) as refused:
        hand_in(cast, task)

    assert set(refused.value.fields) == {"hjemmel"}
    assert "samtykke" in refused.value.fields["hjemmel"][0].text("da")
    assert one(UserTask, UserTask.id == task).state == "open"
    assert rows(select(Handoff)) == []


def test_refuses_a_consent_that_has_run_out_and_one_of_another_case(cast, task, clock):
    a_consent(cast.case_id, valid_until=clock.now - timedelta(seconds=1))
    a_consent(a_case().id)

    with pytest.raises(InvalidError):
        hand_in(cast, task)


def test_a_consent_that_counts_or_another_basis_is_taken(cast, task):
    a_consent(cast.case_id)
    hand_in(cast, task)

    other = started(cast).task_ids[0]
    hand_in(cast, other, hjemmel="samme_myndighed")

    assert {one(UserTask, UserTask.id == done).state for done in (task, other)} == {"completed"}
