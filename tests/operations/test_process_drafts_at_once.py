"""Several owners at once: one draft of each process, one release after the other, and no deadlock between them."""

from functools import partial

import pytest
from sqlalchemy import func, select

from casework.errors import ConflictError
from casework.model import ProcessDraft, ProcessVersion, ProcessVersionState
from casework.operations.process_drafts.approve_process_draft import approve_process_draft
from casework.operations.process_drafts.release_process_draft import release_process_draft
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.operations.process_drafts.submit_process_draft import submit_process_draft
from casework.queries.verify_process_history import verify_process_history
from tests.operations.asking import rows
from tests.operations.drafting import DIAGRAM, changed, main, released, sub
from tests.operations.test_at_the_same_time import at_once

WHY = {"reason": "x", "legal_basis": "x"}


@pytest.fixture(autouse=True)
def _processes(cast):
    released()
    yield
    assert verify_process_history() == []


def approved(cast, content, *, process_id="p"):
    draft = changed(cast, content, key=process_id, process_id=process_id)
    submit_process_draft(cast.birgit, process_draft_id=draft, **WHY)
    approve_process_draft(cast.anders, process_draft_id=draft)
    return partial(release_process_draft, cast.birgit, process_draft_id=draft, scenario_failures=lambda _: [])


def released_twice():
    of_process = select(ProcessVersion.process_id).where(ProcessVersion.state == ProcessVersionState.RELEASED)
    return rows(of_process.group_by(ProcessVersion.process_id).having(func.count() > 1))


def test_who_begins_at_once_gets_the_same_draft(cast):
    begun = at_once(*(partial(start_process_draft, who, process_id="p") for who in (cast.birgit, cast.anders) * 2))

    assert set(begun) == set(rows(select(ProcessDraft.id)))
    assert len(set(begun)) == 1


def test_of_two_releases_that_concern_the_same_process_one_must_look_again(cast):
    outcomes = at_once(approved(cast, main(name="Skøn")), approved(cast, sub("Anderledes"), process_id="sub"))

    assert sum(isinstance(one, ConflictError) for one in outcomes) == 1
    assert released_twice() == []


def test_saving_and_releasing_do_not_wait_for_each_other_forever(cast):
    other = start_process_draft(cast.anders, process_id="q")
    saves = partial(
        save_draft_file, cast.anders, process_draft_id=other, kind=DIAGRAM, key="q", content=b"x", revision=0
    )

    outcomes = at_once(approved(cast, main(name="Skøn")), saves)

    assert outcomes[1] == 1
    assert [one.version for one in outcomes[0]] == [2]


def test_of_two_who_save_at_once_one_is_told(cast):
    draft = changed(cast, main(name="Skøn"))
    save = partial(save_draft_file, cast.birgit, process_draft_id=draft, kind=DIAGRAM, key="p", revision=1)

    outcomes = at_once(partial(save, content=main(name="Det ene")), partial(save, content=main(name="Det andet")))

    assert sum(isinstance(one, ConflictError) for one in outcomes) == 1
    assert 2 in outcomes
