"""A draft played by chance beside the released version: a shorter deadline is missed more often, and that is said."""

from __future__ import annotations

import pytest

from casework.errors import InvalidError
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.try_out.chances import chances
from tests.operations.drafting import DIAGRAM
from tests.operations.processes import release
from tests.try_out.drawing import FORMS, drawn


@pytest.fixture
def draft(cast):
    release(drawn(), forms=FORMS)
    draft = start_process_draft(cast.birgit, process_id="p")
    save_draft_file(cast.birgit, process_draft_id=draft, kind=DIAGRAM, key="p", content=drawn("P1D"), revision=0)
    return draft


def test_a_shorter_deadline_is_missed_more_often(cast, draft):
    made = chances(cast.birgit, draft, runs=100, seed=1)

    (pair,) = made.deadlines
    assert pair.is_worse is True
    assert (pair.draft.rule.duration, pair.released.rule.duration) == ("P1D", "P6D")
    assert made.load[0].lane == "modtagelse"
    assert (made.load[0].draft, made.load[0].weekly) == (made.load[0].released, 0.0)
    assert [name.danish for name in made.assumed_names] == ["A", "B"]
    assert made == chances(cast.birgit, draft, runs=100, seed=1)


def test_refuses_what_is_not_offered(cast, draft):
    with pytest.raises(InvalidError):
        chances(cast.birgit, draft, runs=100_000, seed=1)
