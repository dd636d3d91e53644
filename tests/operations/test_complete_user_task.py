"""Somebody hands in a form: kept, checked, and the process goes on."""

import pytest
from sqlalchemy import select

from casework.database import read
from casework.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from casework.model import InstanceState, JournalEntry, Passage, ProcessInstance, Submission, UserTask, UserTaskState
from casework.operations.complete_user_task import complete_user_task
from casework.operations.start_process import start_process
from tests.diagrams import choice, end, process, start, user
from tests.operations.processes import a_form, field, one_after_the_other, release


def rows(query):
    with read() as session:
        return list(session.scalars(query))


def test_the_form_is_kept_and_the_next_task_stands(cast):
    release(one_after_the_other("registrer", "vurder"))
    (task,) = start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids

    done = complete_user_task(cast.mette, task_id=task, answers={"bemaerkning": "Set"}, version=1)

    (following,) = rows(select(UserTask).where(UserTask.id.in_(done.next_task_ids)))
    assert (following.element_id, following.unit_id) == ("vurder", "modtagelse_nord")
    (kept,) = rows(select(Submission))
    assert (kept.id, kept.user_task_id, kept.submitted_by) == (done.submission_id, task, "Mette Friis Andersen")
    (completed,) = rows(select(UserTask).where(UserTask.id == task))
    assert (completed.state, completed.version, completed.ended_by) == (
        UserTaskState.COMPLETED,
        2,
        "Mette Friis Andersen",
    )


def test_the_last_task_ends_the_process(cast):
    release(one_after_the_other("registrer"))
    started = start_process(cast.mette, case_id=cast.case_id, process_id="p")

    complete_user_task(cast.mette, task_id=started.task_ids[0], answers={})

    (instance,) = rows(select(ProcessInstance))
    assert (instance.state, instance.outcome) == (InstanceState.COMPLETED, "end")
    assert [p.element_id for p in rows(select(Passage).order_by(Passage.id))] == ["start", "registrer", "end"]
    kinds = [entry.kind for entry in rows(select(JournalEntry).order_by(JournalEntry.number))]
    assert kinds == ["process_started", "user_task_completed", "process_completed"]


def test_answers_become_variables_that_decide_the_way(cast):
    diagram = process(
        start(),
        user("vurder", camunda_formKey="F02", camunda_candidateGroups="modtagelse"),
        choice("g"),
        user("akut", camunda_candidateGroups="modtagelse"),
        user("rolig", camunda_candidateGroups="modtagelse"),
        end(),
        flows="start vurder, vurder g, g akut if =akut, g rolig else, akut end, rolig end",
    )
    release(diagram, forms={"F02": a_form("F02", field("akutBehov", "checkbox", required=True, variable="akut"))})
    (task,) = start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids

    done = complete_user_task(cast.mette, task_id=task, answers={"akutBehov": True})

    assert [t.element_id for t in rows(select(UserTask).where(UserTask.id.in_(done.next_task_ids)))] == ["akut"]


def test_wrong_answers_change_nothing_and_are_named(cast):
    release(one_after_the_other("a", camunda_formKey="F02"), forms={"F02": a_form("F02", field("x", required=True))})
    (task,) = start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids

    with pytest.raises(InvalidError) as refused:
        complete_user_task(cast.mette, task_id=task, answers={"andet": "?"})

    assert set(refused.value.fields) == {"x", "andet"}
    assert rows(select(Submission)) == []
    assert rows(select(UserTask.state)) == [UserTaskState.OPEN]


def test_refuses_a_task_that_is_done_already(cast):
    release(one_after_the_other("a", "b"))
    (task,) = start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids
    complete_user_task(cast.mette, task_id=task, answers={})

    with pytest.raises(ConflictError) as refused:
        complete_user_task(cast.nadia, task_id=task, answers={})

    assert refused.value.changed["state"] == "completed"
    assert refused.value.changed["by"] == "Mette Friis Andersen"


def test_refuses_an_old_version_and_says_what_changed(cast):
    release(one_after_the_other("a"))
    (task,) = start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids

    with pytest.raises(ConflictError) as refused:
        complete_user_task(cast.mette, task_id=task, answers={}, version=7)

    assert refused.value.changed["version"] == 1


def test_refuses_a_task_of_another_unit_that_is_seen(cast):
    release(one_after_the_other("a", camunda_candidateGroups="raadgiver"))
    (task,) = start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids

    with pytest.raises(ForbiddenError):
        complete_user_task(cast.mette, task_id=task, answers={})


def test_sofie_cannot_tell_that_the_task_exists(cast):
    release(one_after_the_other("a"))
    (task,) = start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids

    with pytest.raises(NotFoundError):
        complete_user_task(cast.sofie, task_id=task, answers={})
