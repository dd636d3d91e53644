"""Random processes in the database, walked to a random place, moved to a random other version, back, and on to their end.

No task, draft, deadline or timer is lost, no start changes, what is refused stays as it was, there and back is the same, no
message is received twice, and nothing gets stuck.
"""

from __future__ import annotations

import random

import pytest
from sqlalchemy import select

from casework import clock as casework_clock
from casework.database import read
from casework.model import (
    Deadline,
    Incident,
    JournalEntry,
    ProcessInstance,
    ProcessMessage,
    Subscription,
    Timer,
    UserTask,
)
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.fire_due_timers import fire_due_timers
from casework.operations.receive_message import receive_message
from casework.operations.save_draft import save_draft
from casework.operations.start_process import start_process
from tests.operations.asking import rows
from tests.operations.moving import back, begin, refusals, standing, versions, work
from tests.operations.processes import release
from tests.proof.blocks import COUNTS, FLAGS, LISTS
from tests.proof.changed import changed
from tests.proof.driver import sound_model
from tests.proof.xml import to_xml

MOST_STEPS = 40
DEADLINE = '<sag:deadline xmlns:sag="urn:sagsgang:bpmn:1" key="d" class="LOKAL" duration="P{}D" calendar="calendar"/>'


def drawn(model, rnd):
    """With forms, a lane, and deadlines of random length on every second task."""
    words = (
        b'<bpmn:userTask xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:formKey="F01" '
        b'camunda:candidateGroups="modtagelse" '
    )
    first, *others = to_xml(model).split(b"<bpmn:userTask ")
    for place, other in enumerate(others):
        head, _, rest = other.partition(b">")
        rule = DEADLINE.format(rnd.randint(1, 9))
        ext = f"<bpmn:extensionElements>{rule}</bpmn:extensionElements>".encode() if place % 2 else b""
        first += words + head + b">" + ext + rest
    return first.replace(b"P1D</bpmn:timeDuration>", f"P{rnd.randint(1, 5)}D</bpmn:timeDuration>".encode())


def stroll(cast, rnd, clock, steps):
    """Let random things happen that people and the clock may do."""
    for _ in range(steps):
        choices = [("task", one.id) for one in rows(select(UserTask).where(UserTask.state.in_(("open", "claimed"))))]
        choices += [("timer", one.due_at) for one in rows(select(Timer).where(Timer.state == "waiting"))]
        waits = Subscription.state == "waiting", Subscription.kind == "message"
        choices += [("message", one.name) for one in rows(select(Subscription).where(*waits))]
        if not choices:
            return
        kind, what = rnd.choice(choices)
        if kind == "task":
            complete_user_task(cast.mette, task_id=what, answers={}, late_reason="Syg")
        elif kind == "timer":
            clock.move_to(max(what, casework_clock.now()))
            fire_due_timers()
        else:
            receive_message(cast.mette, case_id=cast.case_id, name=what)


def starts():
    """What must not change, by row."""
    found = {one.id: one.starts_at for one in rows(select(Deadline).where(Deadline.state == "running"))}
    found |= {one.id: one.started_at for one in rows(select(Timer).where(Timer.state == "waiting"))}
    with read() as session:
        tasks = select(UserTask.id, UserTask.draft, UserTask.assignee_id).where(UserTask.state.in_(("open", "claimed")))
        return found, {row.id: (row.draft, row.assignee_id) for row in session.execute(tasks)}


def loosely(found):
    """Waits that the version between did not have are new rows of their own."""
    waits = {"Timer": _without("engine_task_id"), "Subscription": _without("engine_task_id", "created_at")}
    return {key: sorted(map(waits[key], value)) if key in waits else value for key, value in found.items()}


def _without(*names):
    def cut(text):
        parts = [part for part in text.split(", '") if not any(part.startswith(name) for name in names)]
        return ", '".join(parts)

    return cut


def moving(seed, cast, clock):
    """How it went: ended, the same, refused or moved."""
    rnd = random.Random(seed)
    model = sound_model(seed, 10)
    version = changed(model, rnd, rnd.randint(1, 3))
    release(drawn(model, rnd))
    variables = dict.fromkeys(FLAGS, rnd.random() < 0.5) | dict.fromkeys(COUNTS, 2) | LISTS
    begun = start_process(cast.mette, case_id=cast.case_id, process_id="main", variables=variables)
    stroll(cast, rnd, clock, rnd.choice((0, 1, 2, 4)))
    if rows(select(ProcessInstance).where(ProcessInstance.id == begun.instance_id))[0].state != "running":
        return "ended"
    for one in rows(select(UserTask).where(UserTask.state.in_(("open", "claimed"))))[:2]:
        claim_user_task(cast.mette, task_id=one.id)
        save_draft(cast.mette, task_id=one.id, answers={"bemaerkning": "Halvt"}, draft_version=0)
    release(drawn(version.model, rnd))
    if len(versions("main")) == 1:
        return "the same"
    before, (ids, drafts), incidents = standing(), starts(), len(rows(select(Incident)))
    branches = rnd.choice(("begin", "skip"))
    move_id = begin(cast, process_id="main", branches=branches)
    work()
    if refusals(move_id):
        assert standing() == before
        return "refused"
    begun = starts()[1].keys() - drafts.keys()
    assert {of: kept for of, kept in starts()[1].items() if of not in begun} == drafts
    assert not begun or branches == "begin"
    kept = {of: at for of, at in starts()[0].items() if of in ids}
    assert kept == {of: ids[of] for of in kept}
    assert back(cast, move_id) == []
    assert loosely(standing()) == loosely(before)
    again = begin(cast, process_id="main", branches=branches)
    work()
    assert refusals(again) == []
    stroll(cast, rnd, clock, MOST_STEPS)
    assert len(rows(select(Incident))) == incidents
    told = len(rows(select(JournalEntry).where(JournalEntry.kind == "message_delivered")))
    assert told == len(rows(select(ProcessMessage).where(ProcessMessage.state == "delivered")))
    return "moved"


@pytest.mark.parametrize("seed", [1003, 1004])
def test_whatever_runs_is_moved(seed, cast, clock):
    assert moving(seed, cast, clock) == "moved"


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(2000, 2400))
def test_whatever_runs_is_moved_or_stays_as_it_was(seed, cast, clock):
    assert moving(seed, cast, clock) in ("moved", "refused", "ended", "the same")
