"""Jobs: claimed by one worker at a time, done once, retried with patience, given up with an incident."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework import wake
from casework.errors import ConflictError
from casework.model import Incident, InstanceState, Job, JobState, ProcessInstance
from casework.operations.cancel_instance import cancel_instance
from casework.operations.claim_jobs import claim_jobs
from casework.operations.fail_job import fail_job
from casework.operations.finish_job import finish_job
from casework.operations.retry_incident import retry_incident
from tests.diagrams import end, job, process, start, user
from tests.operations.asking import instance, one, open_elements, rows, started
from tests.operations.processes import release

SENT = '<sag:input name="template" value="kvittering"/><sag:output variable="brevId" value="=result.id"/>'


@pytest.fixture
def letter(cast):
    """A letter, then a task of Mette's."""
    task = user("efter", camunda_candidateGroups="modtagelse")
    release(process(start(), job("send", ext=SENT), task, end(), flows="start send, send efter, efter end"))
    return cast


def claimed():
    (found,) = claim_jobs(limit=10, lease_seconds=60)
    return found


def test_a_job_says_what_is_wanted(letter):
    begun = started(letter)

    found = claimed()

    assert (found.topic, found.inputs, found.attempts) == ("letter", {"template": "kvittering"}, 1)
    assert (found.case_id, found.instance_id, found.element_id) == (letter.case_id, begun.instance_id, "send")


def test_a_finished_job_lets_the_process_go_on(letter):
    started(letter)
    found = claimed()

    finish_job(found.id, found.lease, {"id": "brev-1", "andet": "x"})

    assert one(Job).state is JobState.DONE
    assert open_elements(letter.case_id) == ["efter"]
    assert instance().variables == {"brevId": "brev-1"}


def test_a_job_is_finished_once(letter):
    started(letter)
    found = claimed()
    finish_job(found.id, found.lease, {"id": "brev-1"})

    with pytest.raises(ConflictError):
        finish_job(found.id, found.lease, {"id": "brev-1"})

    assert open_elements(letter.case_id) == ["efter"]


def test_nobody_else_gets_it_while_the_lease_runs(letter):
    started(letter)
    claimed()

    assert claim_jobs(limit=10, lease_seconds=60) == []


def test_who_takes_over_holds_the_lease_and_the_first_worker_is_refused(letter, clock):
    started(letter)
    lost = claimed()
    clock.advance(seconds=61)
    taken_over = claimed()

    with pytest.raises(ConflictError):
        finish_job(lost.id, lost.lease, {"id": "brev-1"})
    finish_job(taken_over.id, taken_over.lease, {"id": "brev-1"})

    assert (lost.id, taken_over.attempts) == (taken_over.id, 2)
    assert open_elements(letter.case_id) == ["efter"]


def test_a_late_worker_whose_lease_nobody_took_may_still_finish(letter, clock):
    started(letter)
    found = claimed()
    clock.advance(minutes=10)

    finish_job(found.id, found.lease, {"id": "brev-1"})

    assert open_elements(letter.case_id) == ["efter"]


def test_a_failed_job_comes_again_with_longer_and_longer_pauses(letter, clock):
    started(letter)

    for pause in (1, 4, 16, 64, 256):
        found = claimed()
        fail_job(found.id, found.lease, "SMTP 421", permanent=False)
        clock.advance(seconds=pause - 0.1)
        assert claim_jobs(limit=10, lease_seconds=60) == []
        clock.advance(seconds=0.1)
    found = claimed()
    fail_job(found.id, found.lease, "SMTP 421", permanent=False)

    assert one(Job).state is JobState.FAILED
    incident = one(Incident)
    assert (incident.element_id, incident.cause["values"]["error"]) == ("send", "SMTP 421")


def test_what_can_never_work_is_given_up_at_once(letter):
    started(letter)
    found = claimed()

    fail_job(found.id, found.lease, "no such template", permanent=True)

    assert one(Job).state is JobState.FAILED
    assert rows(select(Incident.state)) == ["open"]


def test_a_retried_job_begins_anew_and_the_incident_is_solved(letter):
    started(letter)
    found = claimed()
    fail_job(found.id, found.lease, "no such template", permanent=True)

    retried = retry_incident(letter.anders, incident_id=one(Incident).id)
    again = claimed()
    finish_job(again.id, again.lease, {"id": "brev-2"})

    assert retried.is_solved
    assert again.attempts == 1
    assert open_elements(letter.case_id) == ["efter"]


def test_a_job_that_kills_its_worker_each_time_becomes_an_incident(letter, clock):
    started(letter)
    for _ in range(6):
        claimed()
        clock.advance(seconds=61)

    assert claim_jobs(limit=10, lease_seconds=60) == []

    assert one(Job).state is JobState.FAILED
    assert rows(select(Incident.state)) == ["open"]


def test_a_job_that_the_process_no_longer_needs_is_refused(letter):
    begun = started(letter)
    found = claimed()
    cancel_instance(letter.karin, instance_id=begun.instance_id, reason="Oprettet ved en fejl")

    with pytest.raises(ConflictError):
        finish_job(found.id, found.lease, {"id": "brev-1"})

    assert one(Job).state is JobState.CANCELLED
    assert one(ProcessInstance).state is InstanceState.CANCELLED


def test_jobs_are_taken_in_batches_the_longest_waiting_first(letter, clock):
    for _ in range(5):
        started(letter)
        clock.advance(seconds=1)

    first, second = claim_jobs(limit=3, lease_seconds=60), claim_jobs(limit=3, lease_seconds=60)

    assert [len(first), len(second)] == [3, 2]
    born = {row.id: row.created_at for row in rows(select(Job))}
    assert [born[found.id] for found in (*first, *second)] == sorted(born.values())
    assert born[first[0].id] + timedelta(seconds=4) == born[second[-1].id]


def test_nobody_finishes_what_does_not_exist(letter):
    with pytest.raises(ConflictError):
        finish_job(uuid4(), uuid4(), {})


def test_the_bell_rings_after_a_job_was_written_and_a_broken_bell_harms_nothing(letter):
    rung = []

    def broken():
        rung.append(True)
        raise OSError

    wake.listen(broken)
    before = wake.failures()
    try:
        started(letter)
    finally:
        wake.stop_listening(broken)

    assert rung == [True]
    assert wake.failures() == before + 1
    assert rows(select(Job.state)) == [JobState.READY]
