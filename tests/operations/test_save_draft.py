"""Drafts: saved field by field, two people come together, and CPR numbers lie sealed."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import undefer

from casework import sealed_answers
from casework.errors import ConflictError, ForbiddenError, InvalidError
from casework.model import Submission, UserTask
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.save_draft import save_draft
from tests.operations.asking import rows, started
from tests.operations.processes import a_form, field, one_after_the_other, release

FORM = a_form("F01", field("bekymring", "textarea"), field("fungerer", "textarea"), field("cpr", masked="cpr"))


@pytest.fixture
def task(cast):
    release(one_after_the_other("a"), forms={"F01": FORM})
    return started(cast).task_ids[0]


def saved(task):
    (found,) = rows(select(UserTask).where(UserTask.id == task).options(undefer(UserTask.draft)))
    return found


def test_what_is_written_is_kept(cast, task):
    done = save_draft(cast.mette, task_id=task, answers={"bekymring": "Sover dårligt"}, draft_version=0)

    assert (done.draft_version, done.answers) == (1, {"bekymring": "Sover dårligt"})
    assert saved(task).draft == {"bekymring": "Sover dårligt"}
    assert saved(task).draft_by_id == cast.mette.id


def test_saving_the_same_again_is_no_new_version(cast, task):
    for _ in range(2):
        done = save_draft(cast.mette, task_id=task, answers={"bekymring": "Sover dårligt"}, draft_version=1)

    assert done.draft_version == 1


def test_different_fields_of_two_people_come_together(cast, task):
    base = save_draft(cast.mette, task_id=task, answers={"bekymring": "a", "fungerer": "b"}, draft_version=0)

    save_draft(cast.mette, task_id=task, answers={"bekymring": "a2", "fungerer": "b"}, draft_version=base.draft_version)
    both = save_draft(
        cast.nadia, task_id=task, answers={"bekymring": "a", "fungerer": "b2"}, draft_version=base.draft_version
    )

    assert both.answers == {"bekymring": "a2", "fungerer": "b2"}


def test_the_same_field_changed_by_both_is_shown_to_the_later_one(cast, task):
    base = save_draft(cast.mette, task_id=task, answers={"bekymring": "a"}, draft_version=0)
    save_draft(cast.mette, task_id=task, answers={"bekymring": "mettes"}, draft_version=base.draft_version)

    with pytest.raises(ConflictError) as refused:
        save_draft(cast.nadia, task_id=task, answers={"bekymring": "nadias"}, draft_version=base.draft_version)

    assert refused.value.changed["fields"] == {"bekymring": {"theirs": "mettes", "yours": "nadias"}}
    assert saved(task).draft == {"bekymring": "mettes"}


def test_who_opened_the_page_in_the_middle_of_anothers_writing_undoes_nothing(cast, task):
    for version, text in enumerate(("S", "So", "Sov", "Sover"), start=0):
        save_draft(cast.mette, task_id=task, answers={"bekymring": text}, draft_version=version)

    done = save_draft(cast.nadia, task_id=task, answers={"bekymring": "So", "fungerer": "Skolen"}, draft_version=2)

    assert done.answers == {"bekymring": "Sover", "fungerer": "Skolen"}


def test_emptying_a_field_counts_as_a_change(cast, task):
    base = save_draft(cast.mette, task_id=task, answers={"bekymring": "a", "fungerer": "b"}, draft_version=0)
    save_draft(cast.nadia, task_id=task, answers={"fungerer": "b2"}, draft_version=base.draft_version)

    done = save_draft(cast.mette, task_id=task, answers={"bekymring": None}, draft_version=base.draft_version)

    assert done.answers == {"bekymring": None, "fungerer": "b2"}


def test_cpr_numbers_lie_sealed_in_draft_and_submission(cast, task):
    # 14 March 2014; the last four digits fail modulus 11, so nobody has the number
    save_draft(cast.mette, task_id=task, answers={"cpr": "140314-4567"}, draft_version=0)
    draft = saved(task).draft
    complete_user_task(cast.mette, task_id=task, answers={"cpr": "140314-4567"})

    (submission,) = rows(select(Submission).options(undefer(Submission.answers)))
    assert saved(task).draft == {}
    for kept in (draft, submission.answers):
        assert "4567" not in str(kept)
        assert sealed_answers.masked(kept)["cpr"] == "140314-••••"
        assert sealed_answers.unseal(kept)["cpr"] == "140314-4567"


def test_a_form_that_a_colleague_fills_in_is_not_touched(cast, task):
    claim_user_task(cast.mette, task_id=task)

    with pytest.raises(ForbiddenError):
        save_draft(cast.nadia, task_id=task, answers={"bekymring": "x"}, draft_version=0)


def test_what_is_handed_in_is_no_draft_any_more(cast, task):
    complete_user_task(cast.mette, task_id=task, answers={})

    with pytest.raises(ConflictError):
        save_draft(cast.mette, task_id=task, answers={"bekymring": "x"}, draft_version=0)


def test_a_task_without_a_form_has_no_draft(cast):
    release(one_after_the_other("a", camunda_formKey=""))
    (task,) = started(cast).task_ids

    with pytest.raises(InvalidError):
        save_draft(cast.mette, task_id=task, answers={"bekymring": "x"}, draft_version=0)
    complete_user_task(cast.mette, task_id=task, answers={})
