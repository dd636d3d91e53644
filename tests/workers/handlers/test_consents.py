"""Topic `consents`."""

from __future__ import annotations

import pytest

from tests.factories import a_consent, save
from workers.failures import PermanentError
from workers.handlers.consents import consents


def test_lets_what_others_have_given_lapse(cast, claimed):
    save(a_consent(cast.case_id))

    assert consents(claimed("consents", cast.case_id, action="lapse", reason="fyldt_18")) == {"lapsed": 1}


def test_a_job_that_asks_for_something_else_needs_a_person(cast, claimed):
    with pytest.raises(PermanentError):
        consents(claimed("consents", cast.case_id, action="forget"))


@pytest.mark.usefixtures("cast")
def test_a_job_without_a_case_needs_a_person(claimed):
    with pytest.raises(PermanentError):
        consents(claimed("consents", action="lapse"))
