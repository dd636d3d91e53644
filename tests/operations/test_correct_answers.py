"""A wrong answer is put right by an authorised person: a new version, its variables and facts, and the process set right."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from casework import engine
from casework.database import read
from casework.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from casework.model import (
    Case,
    Deadline,
    DeadlineState,
    Handoff,
    HandoffState,
    Job,
    JournalEntry,
    ProcessInstance,
    Submission,
    Timer,
    TimerState,
    UserTask,
    UserTaskState,
)
from casework.operations.complete_user_task import complete_user_task
from casework.operations.correct_answers import GoesOn, correct_answers
from casework.operations.set_instance_element import set_instance_element
from casework.operations.start_process import start_process
from casework.released import definition_of
from tests import diagrams as d
from tests.factories import a_handoff
from tests.operations.processes import a_form, field, one_after_the_other, release

UNIT = {"camunda_candidateGroups": "modtagelse"}
F02 = a_form(
    "F02", field("akut", "checkbox", required=True, variable="akut"), field("dato", "datetime", fact="anbringelsesDato")
)
DEADLINE = '<sag:deadline key="frist" class="LOKAL" duration="P14D" calendar="calendar" start="=anbringelsesDato"/>'


def deciding():
    return d.process(
        d.start(), d.user("vurder", camunda_formKey="F02", **UNIT), d.choice("g"),
        d.user("akut", ext=DEADLINE, **UNIT), d.boundary("t", "akut", d.timer("P3D")), d.user("rolig", **UNIT),
        d.end(), d.end("sent"),
        flows="start vurder, vurder g, g akut if =akut, g rolig else, akut end, rolig end, t sent",
    )  # fmt: skip


def rows(query):
    with read() as session:
        return list(session.scalars(query))


def one(table, **where):
    query = select(table)
    for name, value in where.items():
        query = query.where(getattr(table, name) == value)
    (found,) = rows(query)
    return found


def open_tasks():
    return sorted(t.element_id for t in rows(select(UserTask).where(UserTask.state.in_(["open", "claimed"]))))


@pytest.fixture
def assessed(cast):
    """Mette has said by mistake that it is acute."""
    release(deciding(), forms={"F02": F02})
    (task,) = start_process(cast.mette, case_id=cast.case_id, process_id="p").task_ids
    complete_user_task(cast.mette, task_id=task, answers={"akut": True, "dato": "2026-11-01"})
    return task


def correct(actor, task, *, akut=False, dato="2026-11-05", reason="Forkert afkrydset", **more):
    return correct_answers(actor, task_id=task, answers={"akut": akut, "dato": dato}, reason=reason, **more)


def test_a_new_version_refers_to_the_one_it_corrects_and_nothing_is_erased(cast, assessed):
    first = one(Submission)

    done = correct(cast.karin, assessed)

    (before, after) = rows(select(Submission).order_by(Submission.id))
    assert (before.id, before.corrects_id) == (first.id, None)
    assert (after.id, after.corrects_id, after.correction_reason) == (done.submission_id, first.id, "Forkert afkrydset")
    assert after.submitted_by == "Karin Thygesen"
    with read() as session:
        assert session.get_one(Submission, before.id).answers["akut"] is True
        assert session.get_one(Submission, after.id).answers["akut"] is False


def test_variables_and_facts_follow_and_clocks_move_with_them(cast, assessed):
    correct(cast.karin, assessed, akut=True)

    assert one(Case).facts["anbringelsesDato"] == date(2026, 11, 5)
    assert one(Deadline, key="frist").due_at.date() == date(2026, 11, 19)
    assert open_tasks() == ["akut"]


def test_the_process_goes_on_behind_the_corrected_task(cast, assessed):
    done = correct(cast.karin, assessed, goes_on=GoesOn.AFTER)

    assert open_tasks() == ["rolig"]
    assert [one(UserTask, element_id="rolig").id] == list(done.next_task_ids)
    assert one(UserTask, element_id="akut").state is UserTaskState.WITHDRAWN
    assert one(Deadline, key="frist").state is DeadlineState.WITHDRAWN
    assert one(Timer).state is TimerState.CANCELLED
    with read() as session:
        assert session.get_one(ProcessInstance, done.instance_id).variables["akut"] is False


def test_the_task_is_done_again(cast, assessed):
    correct(cast.karin, assessed, goes_on=GoesOn.AGAIN)

    assert open_tasks() == ["vurder"]
    (again,) = rows(select(UserTask).where(UserTask.element_id == "vurder", UserTask.state == UserTaskState.OPEN))
    complete_user_task(cast.mette, task_id=again.id, answers={"akut": False, "dato": "2026-11-05"})
    assert open_tasks() == ["rolig"]


def test_the_journal_says_from_where_to_where_why_and_by_whom(cast, assessed):
    correct(cast.karin, assessed, goes_on=GoesOn.AFTER)

    entry = one(JournalEntry, kind="answers_corrected")
    assert entry.actor == "Karin Thygesen"
    assert entry.details["reason"] == "Forkert afkrydset"
    assert (entry.details["stood"], entry.details["goes_on"]) == (["Akut"], "after")
    assert entry.details["fields"] == ["akut", "dato"]


def test_it_can_be_corrected_again_but_only_who_has_seen_the_newest_version(cast, assessed):
    first = one(Submission)
    second = correct(cast.karin, assessed, corrects=first.id)

    with pytest.raises(ConflictError, match="right already"):
        correct(cast.karin, assessed, corrects=first.id)
    third = correct(cast.karin, assessed, akut=True, corrects=second.submission_id)
    with read() as session:
        assert session.get_one(Submission, third.submission_id).corrects_id == second.submission_id


def test_after_the_end_answers_are_corrected_but_the_process_stays_ended(cast, assessed):
    complete_user_task(cast.mette, task_id=one(UserTask, element_id="akut").id, answers={}, late_reason="Sygdom")

    with pytest.raises(ConflictError, match="has ended"):
        correct(cast.karin, assessed, goes_on=GoesOn.AFTER)
    correct(cast.karin, assessed)
    with read() as session:
        assert session.scalars(select(ProcessInstance)).one().state == "completed"
    assert len(rows(select(Submission))) == 3


@pytest.mark.parametrize("who", ["mette", "peter", "birgit", "sofie"])
def test_who_may_not(cast, assessed, who):
    with pytest.raises((ForbiddenError, NotFoundError)):
        correct(getattr(cast, who), assessed)
    assert len(rows(select(Submission))) == 1


def test_refuses_without_a_reason_wrong_answers_and_tasks_that_are_open(cast, assessed):
    with pytest.raises(InvalidError) as refused:
        correct(cast.karin, assessed, reason=" ")
    assert set(refused.value.fields) == {"reason"}
    with pytest.raises(InvalidError) as refused:
        correct_answers(cast.karin, task_id=assessed, answers={"dato": "2026-11-05"}, reason="Fejl")
    assert set(refused.value.fields) == {"akut"}
    with pytest.raises(ConflictError, match="handed in"):
        correct_answers(cast.karin, task_id=one(UserTask, element_id="akut").id, answers={}, reason="Fejl")
    assert len(rows(select(Submission))) == 1


def test_offers_of_hand_offs_are_taken_back_and_jobs_fall_away(cast):
    release(d.process(d.start(), d.user("a", **UNIT), d.job("brev"), d.end(), flows="start a, a brev, brev end"))
    started = start_process(cast.mette, case_id=cast.case_id, process_id="p")
    (task,) = started.task_ids
    complete_user_task(cast.mette, task_id=task, answers={})
    a_handoff(cast.case_id, instance_id=started.instance_id)

    done = correct_answers(
        cast.karin, task_id=task, answers={"bemaerkning": "Set"}, reason="Fejl", goes_on=GoesOn.AGAIN
    )

    assert one(Job, topic="letter").state == "cancelled"
    assert one(Handoff).state is HandoffState.WITHDRAWN
    assert open_tasks() == ["a"]
    assert len(done.next_task_ids) == 1


def test_a_part_that_is_called_twice_is_found_where_it_runs(cast):
    part = d.process(
        d.start(), d.user("x", **UNIT), d.user("y", **UNIT), d.end(), flows="start x, x y, y end", name="part"
    )
    call = [d.node("callActivity", name, calledElement="part") for name in ("one", "two")]
    release(d.process(d.start(), *call, d.user("z", **UNIT), d.end(), flows="start one, one two, two z, z end"), part)
    start_process(cast.mette, case_id=cast.case_id, process_id="p")
    done = []
    for _ in range(3):  # x and y of the first, x of the second
        (task,) = rows(select(UserTask).where(UserTask.state == UserTaskState.OPEN))
        complete_user_task(cast.mette, task_id=task.id, answers={})
        done.append(task.id)

    correct_answers(cast.karin, task_id=done[2], answers={}, reason="Fejl", goes_on=GoesOn.AGAIN)

    assert user_tasks_by_path(cast) == [("x", ("two",))]


def user_tasks_by_path(cast):
    with read() as session:
        instance = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == cast.case_id)).one()
        definition = definition_of(session, instance.process_version_id)
        found = engine.progress(definition, instance.engine_state)
    return [
        (element, path) for process, element, path in found if definition.element(process, element).type == "userTask"
    ]


def test_an_instance_is_set_to_another_element_with_a_reason(cast):
    release(one_after_the_other("a", "b", "c"))
    started = start_process(cast.mette, case_id=cast.case_id, process_id="p")

    done = set_instance_element(cast.anders, instance_id=started.instance_id, at=["c"], reason="Er gjort på papir")

    assert open_tasks() == ["c"]
    assert len(done.next_task_ids) == 1
    entry = one(JournalEntry, kind="instance_set")
    assert (entry.details["stood"], entry.details["to"], entry.actor) == (["A"], "C", "Anders Kofoed")


def test_an_instance_is_not_set_where_it_could_not_stand_nor_by_anybody(cast):
    release(one_after_the_other("a", "b"))
    instance_id = start_process(cast.mette, case_id=cast.case_id, process_id="p").instance_id

    with pytest.raises(InvalidError, match="no element hest"):
        set_instance_element(cast.karin, instance_id=instance_id, at=["hest"], reason="Fejl")
    with pytest.raises(InvalidError, match="Say why"):
        set_instance_element(cast.karin, instance_id=instance_id, at=["b"], reason="")
    with pytest.raises(ForbiddenError):
        set_instance_element(cast.mette, instance_id=instance_id, at=["b"], reason="Fejl")
    with pytest.raises(NotFoundError):
        set_instance_element(cast.sofie, instance_id=instance_id, at=["b"], reason="Fejl")
    assert open_tasks() == ["a"]


def test_a_place_from_which_it_could_not_go_on_is_refused_with_the_cause(cast):
    drawn = d.process(
        d.start(), d.user("a", **UNIT), d.choice("g"), d.user("b", **UNIT), d.end(),
        flows="start a, a g, g b if =ukendt, b end",
    )  # fmt: skip
    release(drawn)
    instance_id = start_process(cast.mette, case_id=cast.case_id, process_id="p").instance_id

    with pytest.raises(InvalidError, match="could not go on from there"):
        set_instance_element(cast.karin, instance_id=instance_id, at=["a"], after=True, reason="Fejl")
    assert open_tasks() == ["a"]
