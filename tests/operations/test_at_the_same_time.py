"""Several people and workers at once: nothing is lost, nothing happens twice, nobody deadlocks."""

from contextvars import copy_context
from functools import partial
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from casework.errors import CaseworkError, ConflictError, ForbiddenError
from casework.model import Escalation, InstanceState, Job, JournalEntry, ProcessInstance, ProcessMessage, Submission
from casework.operations.claim_jobs import claim_jobs
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.finish_job import finish_job
from casework.operations.fire_due_timers import fire_due_timers
from casework.operations.moving_instances.move_waiting_instances import move_waiting_instances
from casework.operations.raise_due_escalations import raise_due_escalations
from casework.operations.receive_message import receive_message
from casework.operations.save_draft import save_draft
from casework.queries.verify_journal import verify_journal
from tests.diagrams import MESSAGE, boundary, end, job, message, node, process, start, timer, user
from tests.operations.asking import instance, kinds, one, open_elements, rows, started
from tests.operations.moving import begin, refusals
from tests.operations.processes import a_form, field, one_after_the_other, release

TIMES = 4


def task(name, ext="", **attributes):
    return user(name, ext=ext, camunda_candidateGroups="modtagelse", **attributes)


def at_once(*works):
    """Run all in threads of their own, begun together; give what each returned or was refused with, in order."""
    barrier, outcomes = Barrier(len(works)), [None] * len(works)

    def run(place, work):
        barrier.wait()
        try:
            outcomes[place] = work()
        except CaseworkError as error:
            outcomes[place] = error

    threads = [Thread(target=copy_context().run, args=(run, place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


@pytest.fixture(autouse=True)
def _journal_holds(cast):
    yield
    assert verify_journal() == []


def test_one_of_two_who_complete_the_same_task_is_refused(cast):
    release(one_after_the_other("a", "b"))
    for _ in range(TIMES):
        (first,) = started(cast).task_ids

        outcomes = at_once(
            partial(complete_user_task, cast.mette, task_id=first, answers={}),
            partial(complete_user_task, cast.nadia, task_id=first, answers={}),
        )

        assert sum(isinstance(outcome, ConflictError) for outcome in outcomes) == 1
    assert open_elements(cast.case_id) == ["b"] * TIMES
    assert len(rows(select(Submission))) == TIMES


def test_two_branches_completed_at_once_both_count(cast):
    """The second must see what the first has made of the instance, also when it waited for the lock."""
    forms = {"F01": a_form("F01", field("x", variable="x")), "F02": a_form("F02", field("y", variable="y"))}
    diagram = process(
        start(),
        node("parallelGateway", "split"),
        task("a"),
        task("b", camunda_formKey="F02"),
        node("parallelGateway", "join"),
        task("c"),
        end(),
        flows="start split, split a, split b, a join, b join, join c, c end",
    )
    release(diagram, forms=forms)
    for _ in range(TIMES):
        a, b = started(cast).task_ids

        at_once(
            partial(complete_user_task, cast.mette, task_id=a, answers={"x": "1"}),
            partial(complete_user_task, cast.nadia, task_id=b, answers={"y": "2"}),
        )

    assert open_elements(cast.case_id) == ["c"] * TIMES
    found = rows(select(ProcessInstance.variables))
    assert found == [{"x": "1", "y": "2"}] * TIMES


def test_one_of_two_who_take_a_task_gets_it(cast):
    release(one_after_the_other("a"))
    for _ in range(TIMES):
        (first,) = started(cast).task_ids

        outcomes = at_once(
            partial(claim_user_task, cast.mette, task_id=first), partial(claim_user_task, cast.nadia, task_id=first)
        )

        assert sum(isinstance(outcome, ConflictError) for outcome in outcomes) == 1


def test_somebody_new_is_still_new_when_both_act_at_once(cast):
    """Nadia takes `a` and `b` in the same moment: whichever is first, she does not get the second assessment after it."""
    separated = one_after_the_other("b", ext='<sag:assignment separation="true"/>').replace(b'id="p"', b'id="q"')
    release(one_after_the_other("a"), separated)
    (a,), (b,) = started(cast).task_ids, started(cast, "q").task_ids

    taken_a, taken_b = at_once(
        partial(claim_user_task, cast.nadia, task_id=a), partial(claim_user_task, cast.nadia, task_id=b)
    )

    claimed = [kind for kind in kinds(cast.case_id) if kind == "user_task_claimed"]
    assert not isinstance(taken_a, CaseworkError)
    assert isinstance(taken_b, ForbiddenError) or len(claimed) == 2


def test_a_job_that_two_workers_finish_is_done_once(cast, clock):
    release(process(start(), job("send"), task("efter"), end(), flows="start send, send efter, efter end"))
    for _ in range(TIMES):
        started(cast)
        (first,) = claim_jobs(limit=1, lease_seconds=1)
        clock.advance(seconds=2)
        (second,) = claim_jobs(limit=1, lease_seconds=60)

        refused = at_once(
            partial(finish_job, first.id, first.lease, {}),
            partial(finish_job, second.id, second.lease, {}),
            partial(finish_job, second.id, second.lease, {}),
        )

        assert sum(isinstance(outcome, ConflictError) for outcome in refused) == 2
    assert open_elements(cast.case_id) == ["efter"] * TIMES


def test_workers_share_the_jobs_between_them(cast):
    release(process(start(), job("send"), end(), flows="start send, send end"))
    for _ in range(12):
        started(cast)

    batches = at_once(*[partial(claim_jobs, limit=12, lease_seconds=60)] * 3)
    left = claim_jobs(limit=12, lease_seconds=60)

    taken = [found.id for batch in (*batches, left) for found in batch]
    assert len(taken) == len(set(taken)) == 12


def reminded(*, interrupting=True):
    return process(
        start(),
        task("arbejd"),
        boundary("tid", "arbejd", timer("PT6H"), interrupting=interrupting),
        task("ryk"),
        end(),
        end("end2"),
        flows="start arbejd, arbejd end, tid ryk, ryk end2",
    )


def test_a_timer_that_two_sweeps_find_fires_once(cast, clock):
    release(reminded(interrupting=False))
    for _ in range(TIMES):
        started(cast)
    clock.advance(hours=6)

    fired = at_once(*[partial(fire_due_timers, limit=100)] * 3)
    left = fire_due_timers(limit=100)

    assert sum(fired) + left == TIMES
    assert open_elements(cast.case_id) == ["arbejd"] * TIMES + ["ryk"] * TIMES


def test_the_task_is_done_or_its_timer_fires_but_not_both(cast, clock):
    release(reminded())
    for _ in range(TIMES):
        (work,) = started(cast).task_ids
        clock.advance(hours=6)

        completed, _ = at_once(
            partial(complete_user_task, cast.mette, task_id=work, answers={}),
            partial(fire_due_timers, limit=100),
        )
        fire_due_timers(limit=100)

        found = rows(select(ProcessInstance).order_by(ProcessInstance.id.desc()).limit(1))[0]
        if isinstance(completed, ConflictError):
            assert found.state is InstanceState.RUNNING
        else:
            assert found.state is InstanceState.COMPLETED


def test_a_message_sent_twice_at_once_counts_once(cast):
    new = '<bpmn:message id="ny" name="Ny"/>'
    release(process(start("ind", message("ny")), task("v"), end(), flows="ind v, v end", shared=new))

    at_once(*[partial(receive_message, cast.mette, case_id=cast.case_id, name="Ny", dedupe_key="k")] * 3)

    assert open_elements(cast.case_id) == ["v"]
    assert len(rows(select(ProcessMessage))) == 1


def test_a_message_and_the_wait_for_it_find_each_other_in_either_order(cast):
    wait = node("receiveTask", "vent", messageRef="m")
    diagram = process(start(), task("a"), wait, end(), flows="start a, a vent, vent end", shared=MESSAGE)
    release(diagram)
    for _ in range(TIMES):
        (first,) = started(cast).task_ids

        at_once(
            partial(complete_user_task, cast.mette, task_id=first, answers={}),
            partial(receive_message, cast.mette, case_id=cast.case_id, name="Svar"),
        )

    assert rows(select(ProcessInstance.state)) == [InstanceState.COMPLETED] * TIMES


def test_a_deadline_that_two_sweeps_find_escalates_once(cast, clock):
    rule = '<sag:deadline key="d" class="LOV" duration="PT24H" calendar="elapsed"/>'
    release(one_after_the_other("a", ext=rule))
    started(cast)
    clock.advance(hours=13)

    raised = at_once(*[partial(raise_due_escalations, limit=100)] * 3)
    raised.append(raise_due_escalations(limit=100))

    assert sum(raised) == 1
    assert len(rows(select(Escalation))) == 1
    assert len(rows(select(Job))) == 2


def test_drafts_of_two_people_saved_at_once_both_stand(cast):
    release(one_after_the_other("a"), forms={"F01": a_form("F01", field("x", "textarea"), field("y", "textarea"))})
    (first,) = started(cast).task_ids

    at_once(
        partial(save_draft, cast.mette, task_id=first, answers={"x": "1"}, draft_version=0),
        partial(save_draft, cast.nadia, task_id=first, answers={"y": "2"}, draft_version=0),
    )

    assert save_draft(cast.mette, task_id=first, answers={}, draft_version=2).answers == {"x": "1", "y": "2"}


def test_the_journal_has_no_gap_and_no_fork(cast):
    release(one_after_the_other("a", "b"))
    tasks = [started(cast).task_ids[0] for _ in range(6)]

    at_once(*[partial(complete_user_task, cast.mette, task_id=t, answers={}) for t in tasks])

    numbers = rows(select(JournalEntry.number).order_by(JournalEntry.number))
    assert numbers == list(range(1, 13))


def test_everything_at_once_on_one_instance(cast, clock):
    """Three tasks beside each other, each with a timer and a message that do not interrupt."""
    names = ("a", "b", "c")
    nodes = [node("parallelGateway", "split"), node("parallelGateway", "join")]
    flows = ["start split", "join end"]
    for name in names:
        nodes += [task(name), boundary(f"t_{name}", name, timer("PT1H"), interrupting=False), end(f"e_{name}")]
        flows += [f"split {name}", f"{name} join", f"t_{name} e_{name}"]
    release(process(start(), *nodes, end(), flows=", ".join(flows)))
    tasks = started(cast).task_ids
    clock.advance(hours=1)

    outcomes = at_once(
        *[partial(complete_user_task, cast.mette, task_id=t, answers={}) for t in tasks],
        partial(fire_due_timers, limit=10),
        partial(fire_due_timers, limit=10),
    )

    assert not any(isinstance(outcome, CaseworkError) for outcome in outcomes)
    assert one(ProcessInstance).state is InstanceState.COMPLETED
    assert instance().outcome == "end"


def test_two_workers_move_each_instance_once_while_a_person_works_on(cast):
    release(one_after_the_other("a", "b"))
    tasks = [started(cast).task_ids[0] for _ in range(8)]
    release(one_after_the_other("a", "c", "b"))
    move_id = begin(cast)

    def work():
        while move_waiting_instances(limit=2):
            pass

    at_once(work, work, *(partial(complete_user_task, cast.mette, task_id=one, answers={}) for one in tasks[:2]))
    work()

    assert refusals(move_id) == []
    assert kinds(cast.case_id).count("instance_moved") == 8
    assert set(open_elements(cast.case_id)) <= {"a", "b", "c"}
    assert len(open_elements(cast.case_id)) == 8
