"""What cannot go on is kept with its cause, mended by a person, and happens then. Other branches go on meanwhile."""

import pytest
from sqlalchemy import select

from casework.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from casework.model import (
    Deadline,
    DeadlineState,
    Incident,
    IncidentState,
    Submission,
    Timer,
    TimerState,
    UserTaskState,
)
from casework.operations.claim_jobs import claim_jobs
from casework.operations.complete_user_task import complete_user_task
from casework.operations.correct_fact import correct_fact
from casework.operations.finish_job import finish_job
from casework.operations.fire_due_timers import fire_due_timers
from casework.operations.mend_variables import mend_variables
from casework.operations.receive_message import receive_message
from casework.operations.retry_incident import retry_incident
from tests.diagrams import (
    MESSAGE,
    boundary,
    catch,
    choice,
    condition,
    end,
    job,
    message,
    node,
    process,
    start,
    timer,
    user,
)
from tests.operations.asking import deadline, instance, kinds, one, open_elements, rows, started, task_at
from tests.operations.processes import a_form, field, release

#: A gateway that finds no way out unless `spor` is "a".
FORK = (choice("g"), 'g til_a if =spor = "a", til_a end')
NUMBER = a_form("F01", field("spor", variable="spor"))


def task(name, ext=""):
    return user(name, ext=ext, camunda_candidateGroups="modtagelse")


def forked(first, flows, *more):
    return process(start(), first, FORK[0], task("til_a"), *more, end(), flows=f"{flows}, {FORK[1]}", shared=MESSAGE)


def mend(cast, value="a"):
    incident = one(Incident, Incident.state == IncidentState.OPEN)
    mend_variables(cast.anders, incident_id=incident.id, changes={"spor": value}, reason="Skrevet forkert")
    return retry_incident(cast.anders, incident_id=incident.id)


def test_a_completed_task_stays_completed_and_goes_on_when_mended(cast):
    release(forked(task("screening"), "start screening, screening g"), forms={"F01": NUMBER})
    (first,) = started(cast).task_ids

    done = complete_user_task(cast.mette, task_id=first, answers={"spor": "x"})

    incident = one(Incident)
    assert (done.incident_id, incident.element_id, incident.state) == (incident.id, "g", IncidentState.OPEN)
    assert task_at("screening").state is UserTaskState.COMPLETED
    assert len(rows(select(Submission))) == 1
    assert incident.values_read == {"spor": "x"}

    retried = mend(cast)

    assert retried.is_solved
    assert open_elements(cast.case_id) == ["til_a"]
    assert instance().variables["spor"] == "a"
    assert kinds(cast.case_id)[-3:] == ["incident_raised", "variables_mended", "incident_solved"]


def test_a_retry_without_mending_stays_stuck_and_counts(cast):
    release(forked(task("screening"), "start screening, screening g"), forms={"F01": NUMBER})
    complete_user_task(cast.mette, task_id=started(cast).task_ids[0], answers={"spor": "x"})

    retried = retry_incident(cast.anders, incident_id=one(Incident).id)

    assert not retried.is_solved
    assert one(Incident).retries == 1
    assert open_elements(cast.case_id) == []


def test_the_deadline_of_a_task_is_met_though_the_process_is_stuck_after_it(cast):
    rule = '<sag:deadline key="d" class="LOV" duration="PT24H" calendar="elapsed"/>'
    release(forked(task("screening", rule), "start screening, screening g"), forms={"F01": NUMBER})

    complete_user_task(cast.mette, task_id=started(cast).task_ids[0], answers={"spor": "x"})

    assert deadline("d").state is DeadlineState.MET


def test_another_branch_goes_on_meanwhile(cast):
    both = node("parallelGateway", "split")
    diagram = process(
        start(), both, task("screening"), choice("g"), task("til_a"), task("andet"), task("tredje"), end(), end("end2"),
        flows='start split, split screening, split andet, screening g, g til_a if =spor = "a", til_a end, '
        "andet tredje, tredje end2",
    )  # fmt: skip
    release(diagram, forms={"F01": NUMBER})
    started(cast)
    complete_user_task(cast.mette, task_id=task_at("screening").id, answers={"spor": "x"})

    complete_user_task(cast.mette, task_id=task_at("andet").id, answers={})
    mend(cast)

    assert open_elements(cast.case_id) == ["til_a", "tredje"]


def test_a_start_that_gets_stuck_is_kept_with_its_clocks(cast):
    rule = '<sag:deadline key="d" class="LOV" duration="PT24H" calendar="elapsed" met="til_a"/>'
    inner = f"<bpmn:extensionElements>{rule}</bpmn:extensionElements>"
    release(process(start(), choice("g"), task("til_a"), end(), flows=f"start g, {FORK[1]}", inner=inner))

    begun = started(cast, variables={"spor": "x"})

    assert begun.task_ids == ()
    assert rows(select(Deadline.state)) == [DeadlineState.RUNNING]
    assert mend(cast).is_solved
    assert open_elements(cast.case_id) == ["til_a"]
    assert len(rows(select(Deadline))) == 1


def test_a_timer_that_gets_stuck_fires_when_mended(cast, clock):
    release(forked(catch("vent", timer("PT1H")), "start vent, vent g"))
    started(cast, variables={"spor": "x"})
    clock.advance(hours=1)

    fire_due_timers(limit=10)

    assert one(Timer).state is TimerState.STUCK
    assert fire_due_timers(limit=10) == 0
    assert mend(cast).is_solved
    assert one(Timer).state is TimerState.FIRED
    assert open_elements(cast.case_id) == ["til_a"]


def test_a_finished_job_is_not_done_again_for_a_stuck_process(cast):
    ext = '<sag:output variable="spor" value="=result.spor"/>'
    release(forked(job("slaa_op", ext=ext), "start slaa_op, slaa_op g"))
    started(cast)
    (found,) = claim_jobs(limit=1, lease_seconds=60)

    finish_job(found.id, found.lease, {"spor": "x"})

    assert claim_jobs(limit=1, lease_seconds=60) == []
    assert mend(cast).is_solved
    assert open_elements(cast.case_id) == ["til_a"]


def test_a_message_that_gets_stuck_is_not_lost(cast):
    ext = '<sag:output variable="spor" value="=result.spor"/>'
    release(forked(catch("vent", message(), ext=ext), "start vent, vent g"))
    started(cast)

    received = receive_message(cast.mette, case_id=cast.case_id, name="Svar", payload={"spor": "x"})

    assert received.state == "delivered"
    assert receive_message(cast.mette, case_id=cast.case_id, name="Svar").state == "kept"
    assert mend(cast).is_solved
    assert open_elements(cast.case_id) == ["til_a"]


def test_a_deadline_that_cannot_be_counted_is_an_incident(cast):
    rule = '<sag:deadline key="d" class="LOKAL" duration="=frist" calendar="calendar"/>'
    release(process(start(), task("a"), task("b", rule), end(), flows="start a, a b, b end"))
    (first,) = started(cast, variables={"frist": "om lidt"}).task_ids
    complete_user_task(cast.mette, task_id=first, answers={})
    incident = one(Incident)

    mend_variables(cast.anders, incident_id=incident.id, changes={"frist": "P5D"}, reason="Forkert skrevet")
    retry_incident(cast.anders, incident_id=incident.id)

    assert incident.element_id == "b"
    assert open_elements(cast.case_id) == ["b"]
    assert deadline("d").duration == "P5D"


def test_an_incident_falls_away_with_the_task_it_is_about(cast, clock):
    diagram = forked(
        task("screening"),
        "start screening, screening g, tid til_b, til_b end2",
        boundary("tid", "screening", timer("PT1H")),
        task("til_b"),
        end("end2"),
    )
    release(diagram, forms={"F01": NUMBER})
    complete_user_task(cast.mette, task_id=started(cast).task_ids[0], answers={"spor": "x"})
    clock.advance(hours=1)

    fire_due_timers(limit=10)

    assert one(Incident).state is IncidentState.SOLVED
    assert open_elements(cast.case_id) == ["til_b"]


def test_a_solved_incident_is_not_tried_again(cast):
    release(forked(task("screening"), "start screening, screening g"), forms={"F01": NUMBER})
    complete_user_task(cast.mette, task_id=started(cast).task_ids[0], answers={"spor": "x"})
    mend(cast)

    with pytest.raises(ConflictError):
        retry_incident(cast.anders, incident_id=one(Incident).id)

    assert open_elements(cast.case_id) == ["til_a"]


def test_who_only_sees_the_case_may_not_mend_and_who_does_not_see_it_finds_nothing(cast):
    release(forked(task("screening"), "start screening, screening g"), forms={"F01": NUMBER})
    complete_user_task(cast.mette, task_id=started(cast).task_ids[0], answers={"spor": "x"})
    incident_id = one(Incident).id

    with pytest.raises(ForbiddenError):
        retry_incident(cast.mette, incident_id=incident_id)
    with pytest.raises(NotFoundError):
        retry_incident(cast.sofie, incident_id=incident_id)
    assert not retry_incident(cast.karin, incident_id=incident_id).is_solved


def test_mending_needs_a_reason_and_values_that_are_no_text(cast):
    release(forked(task("screening"), "start screening, screening g"), forms={"F01": NUMBER})
    complete_user_task(cast.mette, task_id=started(cast).task_ids[0], answers={"spor": "x"})
    words = {"incident_id": one(Incident).id}

    for changes, reason in (({"spor": "a"}, " "), ({}, "Fejl"), ({"spor": "x" * 501}, "Fejl"), ({"a b": 1}, "Fejl")):
        with pytest.raises(InvalidError):
            mend_variables(cast.anders, changes=changes, reason=reason, **words)


def conditional(text="=klar"):
    wait = catch("vent", condition(text))
    return process(start(), wait, task("efter"), end(), flows="start vent, vent efter, efter end")


def test_a_condition_is_asked_again_when_a_fact_changes(cast):
    release(conditional())
    started(cast, facts={"klar": False})

    correct_fact(cast.mette, case_id=cast.case_id, name="klar", value=True, reason="Nu er alt modtaget")

    assert open_elements(cast.case_id) == ["efter"]


def test_a_condition_that_is_true_already_does_not_wait(cast):
    release(conditional())

    begun = started(cast, facts={"klar": True})

    assert len(begun.task_ids) == 1


def test_a_condition_beside_a_task_happens_once(cast):
    diagram = process(
        start(), task("arbejd"), boundary("klart", "arbejd", condition("=klar"), interrupting=False), task("sig_til"),
        end(), end("end2"), flows="start arbejd, arbejd end, klart sig_til, sig_til end2",
    )  # fmt: skip
    release(diagram)
    started(cast, facts={"klar": False})

    for value in (True, False, True):
        correct_fact(cast.mette, case_id=cast.case_id, name="klar", value=value, reason="Prøve")

    assert open_elements(cast.case_id) == ["arbejd", "sig_til"]


def test_a_condition_that_cannot_be_read_is_one_incident(cast):
    release(conditional("=klar and ("))
    started(cast, facts={"klar": False})

    correct_fact(cast.mette, case_id=cast.case_id, name="klar", value=True, reason="Prøve")

    assert len(rows(select(Incident))) == 1
