"""A process starts on a case: with variables, with facts, in the units of its lanes, and with what it calls."""

import pytest
from sqlalchemy import select

from casework.database import read, transaction
from casework.errors import ForbiddenError, NotFoundError
from casework.model import Actor, Case, InstanceState, ProcessInstance, UserTask
from casework.operations.cancel_instance import cancel_instance
from casework.operations.complete_user_task import complete_user_task
from casework.operations.start_process import start_process
from tests.diagrams import end, node, process, start, user
from tests.factories import a_case
from tests.operations.asking import instance, kinds, one, open_elements, rows, started, task_at
from tests.operations.processes import one_after_the_other, release


def test_variables_stay_with_the_instance_and_facts_with_the_case(cast):
    release(one_after_the_other("a"))

    begun = started(cast, variables={"akut": True}, facts={"skole": "Nørrevang"})

    assert instance().variables == {"akut": True}
    assert one(Case).facts["skole"] == "Nørrevang"
    assert task_at("a").id == begun.task_ids[0]
    assert kinds(cast.case_id) == ["facts_changed", "process_started"]


def test_a_task_lies_with_the_unit_of_its_lane_in_the_district(cast):
    release(one_after_the_other("a", camunda_candidateGroups="raadgiver"))
    south = a_case(district="syd", responsible_unit_id="ppr_nord").id

    started(cast)
    start_process(cast.peter, case_id=south, process_id="p")

    units = dict(rows_of(select(UserTask.case_id, UserTask.unit_id)))
    assert units == {cast.case_id: "familiegruppe_nord", south: "ppr_nord"}


def rows_of(query):
    with read() as session:
        return [tuple(row) for row in session.execute(query)]


def test_who_does_not_see_the_case_whole_cannot_start_anything_on_it(cast):
    release(one_after_the_other("a"))

    for nobody in (cast.sofie, cast.peter, cast.birgit):
        with pytest.raises(NotFoundError):
            start_process(nobody, case_id=cast.case_id, process_id="p")


def test_another_system_starts_and_completes_in_its_unit(cast):
    release(one_after_the_other("a", "b", camunda_candidateGroups="raadgiver"))
    words = {"name": "Skolesystemet", "kind": "service", "units": frozenset({"modtagelse_nord"})}
    system = Actor(id=cast.mette.id, **words)

    (task,) = start_process(system, case_id=cast.case_id, process_id="p").task_ids

    with pytest.raises(ForbiddenError):
        complete_user_task(system, task_id=task, answers={})


def test_what_is_called_runs_in_the_same_instance(cast):
    call = node("callActivity", "kald", calledElement="sub")
    release(
        process(start(), call, user("efter", camunda_candidateGroups="modtagelse"), end(),
                flows="start kald, kald efter, efter end"),
        process(start(), user("inde", camunda_candidateGroups="modtagelse"), end(), name="sub",
                flows="start inde, inde end"),
    )  # fmt: skip
    begun = started(cast)

    inside = task_at("inde")
    complete_user_task(cast.mette, task_id=inside.id, answers={})

    assert (inside.instance_id, inside.process_id) == (begun.instance_id, "sub")
    assert open_elements(cast.case_id) == ["efter"]


def test_a_signal_reaches_every_wait_of_the_case(cast):
    shared = '<bpmn:signal id="s" name="Fyldt16"/>'
    event = '<bpmn:signalEventDefinition signalRef="s"/>'
    waits = process(start(), node("intermediateCatchEvent", "vent", event), user("efter"), end(), name="q",
                    flows="start vent, vent efter, efter end", shared=shared)  # fmt: skip
    throws = process(start(), node("intermediateThrowEvent", "kald", event), end(), shared=shared,
                     flows="start kald, kald end")  # fmt: skip
    release(waits, throws)
    started(cast, "q")
    started(cast, "q")

    started(cast)

    assert open_elements(cast.case_id) == ["efter", "efter"]


def test_many_instances_of_a_loop_have_each_its_item(cast):
    many = '<bpmn:multiInstanceLoopCharacteristics camunda:collection="=parter" camunda:elementVariable="part"/>'
    release(process(start(), user("hoer", many, camunda_candidateGroups="modtagelse"), end(),
                    flows="start hoer, hoer end"))  # fmt: skip

    begun = started(cast, variables={"parter": ["mor", "far"]})

    assert sorted(t.items["part"] for t in rows(select(UserTask))) == ["far", "mor"]
    for task in begun.task_ids:
        complete_user_task(cast.mette, task_id=task, answers={})
    assert one(ProcessInstance).state is InstanceState.COMPLETED


def test_stopping_takes_everything_away_and_only_leaders_may(cast):
    release(one_after_the_other("a"))
    begun = started(cast)

    with pytest.raises(ForbiddenError):
        cancel_instance(cast.mette, instance_id=begun.instance_id, reason="Forkert")
    with pytest.raises(NotFoundError):
        cancel_instance(cast.sofie, instance_id=begun.instance_id, reason="Forkert")
    cancel_instance(cast.karin, instance_id=begun.instance_id, reason="Forkert")

    assert open_elements(cast.case_id) == []
    assert one(ProcessInstance).state is InstanceState.CANCELLED


def test_a_closed_case_is_open_again_when_something_starts_on_it(cast, clock):
    release(one_after_the_other("a"))
    with transaction() as session:
        session.get_one(Case, cast.case_id).close(clock.now)

    started(cast)

    assert one(Case).state == "open"
    assert "case_reopened" in kinds(cast.case_id)
