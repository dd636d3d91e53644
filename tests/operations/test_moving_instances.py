"""Running instances on another version: what stands goes along, or the instance stays where it was, with the reason."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError, InvalidError
from casework.model import (
    Incident,
    InstanceMove,
    InstanceMoveItem,
    InstanceState,
    Job,
    JobState,
    JournalEntry,
    ProcessInstance,
    Subscription,
    Timer,
    UserTask,
)
from casework.operations.claim_jobs import claim_jobs
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.finish_job import finish_job
from casework.operations.moving_instances import move_waiting_instances as worker
from casework.operations.moving_instances.start_instance_move import start_instance_move
from casework.operations.moving_instances.steer_move import resume_instance_move, stop_instance_move
from casework.operations.receive_message import receive_message
from casework.operations.retry_incident import retry_incident
from casework.operations.save_draft import save_draft
from tests.diagrams import boundary, catch, choice, end, job, message, node, process, start, timer
from tests.operations.asking import deadline, instance, kinds, one, open_elements, rows, started, task_at
from tests.operations.moving import (
    MESSAGES,
    REASON,
    back,
    begin,
    move,
    refusals,
    row,
    rule,
    standing,
    task,
    versions,
    work,
)
from tests.operations.processes import a_form, field, release
from tests.services.clock import MONDAY


def test_a_task_keeps_its_draft_its_assignee_and_the_start_of_its_deadline(cast, clock):
    release(row("a", "b", ext=rule()))
    (task_id,) = started(cast).task_ids
    claim_user_task(cast.mette, task_id=task_id)
    save_draft(cast.mette, task_id=task_id, answers={"bemaerkning": "Halvt skrevet"}, draft_version=0)
    clock.advance(days=2)
    release(row("a", "ny", "b", ext=rule("P10D")))

    assert move(cast) == []

    moved, due = task_at("a"), deadline("frist")
    assert (moved.id, moved.assignee_id, moved.version) == (task_id, cast.mette.id, 2)
    assert (due.starts_at, due.duration) == (MONDAY, "P10D")
    assert due.due_at == datetime(2026, 12, 3, 22, 59, 59, tzinfo=UTC)
    assert (moved.due_at, moved.inbox_at) == (due.due_at, due.due_at)
    saved = save_draft(cast.mette, task_id=task_id, answers={"bemaerkning": "Videre"}, draft_version=1)
    assert saved.draft_version == 2
    complete_user_task(cast.mette, task_id=task_id, answers={}, version=moved.version)
    assert open_elements(cast.case_id) == ["ny"]
    assert instance().process_version_id == versions()[1].id
    assert kinds(cast.case_id)[-3:] == ["deadline_moved", "instance_moved", "user_task_completed"]
    entry = one(JournalEntry, JournalEntry.kind == "instance_moved")
    assert (entry.actor_id, entry.details["reason"], entry.details["to_version"]) == (cast.birgit.id, REASON, 2)


def test_who_sits_in_front_of_the_old_form_goes_on_writing_but_cannot_hand_it_in(cast):
    old, new = a_form("F01", field("note"), field("cpr", masked="cpr")), a_form("F01", field("note"), field("ny"))
    release(row("a"), forms={"F01": old})
    (task_id,) = started(cast).task_ids
    save_draft(cast.mette, task_id=task_id, answers={"note": "x", "cpr": "1403144567"}, draft_version=0)
    sealed = _draft(task_id)["cpr"]
    release(row("a"), forms={"F01": new})

    assert move(cast) == []

    save_draft(cast.mette, task_id=task_id, answers={"note": "y", "ny": "z"}, draft_version=1)
    assert _draft(task_id) == {"note": "y", "ny": "z", "cpr": sealed}
    assert "4567" not in str(sealed)
    with pytest.raises(ConflictError):
        complete_user_task(cast.mette, task_id=task_id, answers={"note": "y"}, version=1)
    assert complete_user_task(cast.mette, task_id=task_id, answers={"note": "y", "ny": "z"}, version=2).submission_id


def _draft(task_id):
    return rows(select(UserTask.draft).where(UserTask.id == task_id))[0]


def test_a_message_is_received_once_whatever_was_moved_before_it(cast):
    def drawn(*more):
        return process(
            start(),
            catch("vent", message()),
            task("b"),
            *more,
            end(),
            flows="start vent, vent b, b end",
            shared=MESSAGES,
        )

    release(drawn())
    started(cast)
    release(drawn().replace(b'name="B"', b'name="B2"'))
    assert move(cast) == []

    received = receive_message(cast.mette, case_id=cast.case_id, name="Svar")
    again = receive_message(cast.mette, case_id=cast.case_id, name="Svar")

    assert (received.state, again.state) == ("delivered", "kept")
    assert open_elements(cast.case_id) == ["b"]


def test_a_wait_keeps_its_correlation_though_what_it_was_made_from_has_changed(cast):
    def drawn(name):
        wait = node("receiveTask", "vent", ext='<sag:correlation value="=noegle"/>', messageRef="m")
        return process(start(), wait, end(), flows="start vent, vent end", shared=MESSAGES).replace(b'"Vent"', name)

    release(drawn(b'"Vent"'))
    started(cast, variables={"noegle": "k-1"})
    before = one(Subscription).correlation
    with transaction() as session:
        session.execute(update(ProcessInstance).values(variables={"noegle": "k-2"}))
    release(drawn(b'"Vent nu"'))

    assert move(cast) == []

    assert (one(Subscription).correlation, one(Subscription).state.value) == (before, "waiting")


def test_a_message_that_was_kept_reaches_a_wait_that_the_new_version_adds(cast):
    release(row("a"))
    started(cast)
    receive_message(cast.mette, case_id=cast.case_id, name="Svar")
    release(
        row("a", more=(boundary("svar", "a", message(), interrupting=False), task("r"), end("e")), flows="svar r, r e")
    )

    assert move(cast) == []

    assert open_elements(cast.case_id) == ["a", "r"]
    assert [s.state.value for s in rows(select(Subscription).order_by(Subscription.created_at, Subscription.id))] == [
        "received",
        "waiting",
    ]


def test_a_gateway_that_waits_gets_and_loses_ways(cast, clock):
    def drawn(*ways):
        nodes = {
            "svar": catch("svar", message()),
            "frist": catch("frist", timer("P3D")),
            "andet": catch("andet", message("m2")),
        }
        flows = ", ".join(f"g {way}, {way} b" for way in ways)
        return process(
            start(), node("eventBasedGateway", "g"), *(nodes[way] for way in ways), task("b"), end(),
            flows=f"start g, {flows}, b end", shared=MESSAGES,
        )  # fmt: skip

    release(drawn("svar", "frist"))
    started(cast)
    before = standing()
    clock.advance(days=1)
    release(drawn("andet", "frist"))

    move_id = begin(cast)
    work()
    assert one(Subscription, Subscription.state == "waiting").name == "Andet"
    assert one(Timer).started_at == MONDAY
    assert back(cast, move_id) == []

    after = standing()
    assert after["Timer"] == before["Timer"]
    assert receive_message(cast.mette, case_id=cast.case_id, name="Svar").state == "delivered"


def test_a_job_under_way_is_finished_once(cast):
    def drawn(name):
        return process(start(), job(name), task("efter"), end(), flows=f"start {name}, {name} efter, efter end")

    release(drawn("send"))
    started(cast)
    (claimed,) = claim_jobs(limit=10, lease_seconds=60)
    release(drawn("brev").replace(b'"Brev"', b'"Send"'))

    assert move(cast) == []

    assert (one(Job).state, one(Job).element_id) == (JobState.CLAIMED, "brev")
    assert claim_jobs(limit=10, lease_seconds=60) == []
    finish_job(claimed.id, claimed.lease, {})
    assert open_elements(cast.case_id) == ["efter"]
    assert len(rows(select(Job))) == 1


def test_an_incident_stays_and_is_mended_in_the_new_version(cast):
    def drawn(*more, condition='=spor = "a"'):
        return process(
            start(), task("a"), choice("g"), task("b"), *more, end(), flows=f"start a, a g, g b if {condition}, b end"
        )

    release(drawn())
    complete_user_task(cast.mette, task_id=started(cast).task_ids[0], answers={})
    release(drawn(condition="=spor = null"))

    assert move(cast) == []

    incident = one(Incident)
    assert (incident.state.value, instance().state) == ("open", InstanceState.RUNNING)
    assert retry_incident(cast.anders, incident_id=incident.id).is_solved
    assert open_elements(cast.case_id) == ["b"]


def test_an_instance_that_could_not_begin_begins_in_the_new_version(cast):
    release(process(start(), choice("g"), task("b"), end(), flows="start g, g b if =x, b end"))
    started(cast)
    release(process(start(), choice("g"), task("b"), end(), flows="start g, g b if =x = null, b end"))

    assert move(cast) == []

    assert retry_incident(cast.anders, incident_id=one(Incident).id).is_solved
    assert open_elements(cast.case_id) == ["b"]


def test_a_lane_moves_the_task_into_another_inbox_and_back(cast):
    release(row("a"))
    started(cast)
    before = standing()
    release(row("a", camunda_candidateGroups="raadgiver"))

    move_id = begin(cast)
    work()
    moved = task_at("a")
    assert (moved.unit_id, moved.lane, moved.awaited_by_unit_id) == (
        "familiegruppe_nord",
        "raadgiver",
        "modtagelse_nord",
    )
    assert back(cast, move_id) == []

    assert standing() == before


def test_what_cannot_be_moved_stays_untouched_with_its_reasons(cast):
    release(row("a", "b", ext=rule()))
    started(cast)
    release(row("b"))
    before = standing()

    assert move(cast) == ["It stands at A, which has no counterpart in the new version."]

    assert standing() == before
    assert instance().process_version_id == versions()[0].id
    assert "instance_moved" not in kinds(cast.case_id)


def test_a_batch_is_stopped_goes_on_and_is_taken_up_by_another_worker(cast, monkeypatch):
    release(row("a"))
    for _ in range(5):
        started(cast)
    release(row("a", "b"))
    move_id = begin(cast)
    assert worker.move_waiting_instances(limit=2) == 2

    stop_instance_move(cast.birgit, move_id=move_id)
    assert worker.move_waiting_instances(limit=2) == 0
    resume_instance_move(cast.birgit, move_id=move_id)
    with monkeypatch.context() as patched:  # a worker that is killed in the middle of an instance
        patched.setattr(worker, "settle", _killed)
        with pytest.raises(KeyboardInterrupt):
            worker.move_waiting_instances(limit=2)
    states = [item.state.value for item in rows(select(InstanceMoveItem).order_by(InstanceMoveItem.position))]
    assert states == ["moved", "moved", "waiting", "waiting", "waiting"]
    work()

    assert refusals(move_id) == []
    assert one(InstanceMove).state.value == "done"
    assert {i.process_version_id for i in rows(select(ProcessInstance))} == {versions()[1].id}


def _killed(turn):
    raise KeyboardInterrupt


def test_what_has_ended_meanwhile_is_passed_over(cast):
    release(row("a"))
    first, _ = started(cast), started(cast)
    release(row("a", "b"))
    move_id = begin(cast)
    complete_user_task(cast.mette, task_id=first.task_ids[0], answers={})

    work()

    states = {item.instance_id: item.state.value for item in rows(select(InstanceMoveItem))}
    assert states[first.instance_id] == "passed_over"
    assert refusals(move_id) == []


def test_refuses_who_may_not_and_what_makes_no_sense(cast):
    release(row("a"))
    started(cast)
    release(row("a", "b"))

    with pytest.raises(ForbiddenError):
        start_instance_move(
            cast.mette, from_version_id=versions()[0].id, to_version_id=versions()[1].id, pairs={}, reason="x"
        )
    with pytest.raises(InvalidError, match="Say why"):
        begin(cast, reason=" ")
    with pytest.raises(InvalidError, match="no two versions"):
        begin(cast, to_version_id=versions()[0].id)
    with pytest.raises(InvalidError, match="cannot become"):
        begin(cast, {"a": "end"})
    with pytest.raises(InvalidError, match="no instance"):
        begin(cast, instance_ids=[])
    begin(cast)
    with pytest.raises(ConflictError, match="not over yet"):
        begin(cast)
