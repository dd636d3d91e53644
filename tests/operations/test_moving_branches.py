"""New branches and activities around what stands, when instances are moved: what a person chose, and what goes back."""

from itertools import pairwise

import pytest
from sqlalchemy import select

from casework.errors import InvalidError
from casework.model import Deadline, JournalEntry, UserTask
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.save_draft import save_draft
from tests.diagrams import end, node, process, start
from tests.operations.asking import deadline, instance, one, open_elements, rows, started, task_at
from tests.operations.moving import back, begin, move, refusals, row, rule, standing, task, work
from tests.operations.processes import release
from tests.services.clock import MONDAY


def beside(*branch):
    """A, and what the version does beside it, before B."""
    gates = node("parallelGateway", "split"), node("parallelGateway", "join")
    way = ", ".join(f"{one} {other}" for one, other in pairwise(["split", *branch, "join"]))
    tasks = [task(name, ext=rule("P3D") if name == branch[0] else "") for name in branch]
    flows = f"start split, split a, a join, {way}, join b, b end"
    return process(start(), *gates, task("a"), *tasks, task("b"), end(), flows=flows)


def wrapped(*inner, ext=""):
    """The tasks inside of a part with a deadline of its own."""
    names = [*inner] or ["a"]
    ways = "".join(
        f'<bpmn:sequenceFlow id="i{n}" sourceRef="{one}" targetRef="{other}"/>'
        for n, (one, other) in enumerate(pairwise(["s", *names, "t"]))
    )
    inside = start("s") + "".join(task(name, ext=rule() if name == "a" else "") for name in names) + end("t") + ways
    part = node("subProcess", "del", inside, ext=ext)
    return process(start(), task("x"), part, task("b"), end(), flows="start x, x del, del b, b end")


@pytest.fixture
def at_a(cast):
    release(row("a", "b"))
    return started(cast)


def test_a_new_branch_begins_with_its_task_and_deadline_and_the_journal_says_so(cast, clock, at_a):
    clock.advance(days=2)
    release(beside("ny"))

    assert move(cast, branches="begin") == []

    assert open_elements(cast.case_id) == ["a", "ny"]
    assert deadline("frist").starts_at == clock.now
    assert one(JournalEntry, JournalEntry.kind == "instance_moved").details["begun"] == ["Ny"]
    complete_user_task(cast.mette, task_id=task_at("a").id, answers={})
    complete_user_task(cast.mette, task_id=task_at("ny").id, answers={})
    assert open_elements(cast.case_id) == ["b"]


def test_it_goes_on_without_a_new_branch_and_the_journal_says_so(cast, at_a):
    release(beside("ny"))

    assert move(cast, branches="skip") == []

    assert open_elements(cast.case_id) == ["a"]
    assert one(JournalEntry, JournalEntry.kind == "instance_moved").details["skipped"] == ["Ny"]
    complete_user_task(cast.mette, task_id=task_at("a").id, answers={})
    assert open_elements(cast.case_id) == ["b"]


def test_it_stays_where_nobody_has_chosen(cast, at_a):
    release(beside("ny"))

    assert len(move(cast)) == 1
    with pytest.raises(InvalidError):
        begin(cast, branches="maybe")


@pytest.mark.parametrize("branches", ["begin", "skip"])
def test_a_new_branch_goes_away_again_though_somebody_has_taken_its_task(cast, at_a, branches):
    before = standing()
    release(beside("ny", "mere"))
    move_id = begin(cast, branches=branches)
    work()
    if branches == "begin":
        claim_user_task(cast.mette, task_id=task_at("ny").id)

    assert back(cast, move_id) == []

    assert standing() == before
    assert {one.state for one in rows(select(UserTask).where(UserTask.element_id == "ny"))} <= {"withdrawn"}
    assert {one.state for one in rows(select(Deadline))} <= {"withdrawn"}


def test_a_new_branch_in_which_somebody_has_written_does_not_go_away(cast, at_a):
    release(beside("ny"))
    move_id = begin(cast, branches="begin")
    work()
    save_draft(cast.mette, task_id=task_at("ny").id, answers={"bemaerkning": "Begyndt"}, draft_version=0)

    assert back(cast, move_id) == ["Somebody has begun to fill in Ny, and would lose it."]
    assert open_elements(cast.case_id) == ["a", "ny"]


def test_what_is_drawn_into_a_part_keeps_its_draft_and_deadline_and_the_part_counts_from_what_leads_to_it(cast, clock):
    release(row("x", "a", "b"))
    (first,) = started(cast).task_ids
    clock.advance(days=1)
    complete_user_task(cast.mette, task_id=first, answers={})
    began = clock.now
    release(row("x", "a", "b", ext=rule()))
    assert move(cast) == []
    save_draft(cast.mette, task_id=task_at("a").id, answers={"bemaerkning": "Halvt"}, draft_version=0)
    clock.advance(days=1)
    before, kept = standing(), (task_at("a").id, task_at("a").due_at)
    release(wrapped("a", ext=rule("P9D", key="hele")))

    move_id = begin(cast)
    work()

    assert refusals(move_id) == []
    assert (task_at("a").id, task_at("a").due_at) == kept
    assert rows(select(UserTask.draft).where(UserTask.id == kept[0])) == [{"bemaerkning": "Halvt"}]
    assert deadline("hele").starts_at == deadline("frist").starts_at == began != MONDAY
    assert back(cast, move_id) == []
    assert standing() == before


def test_what_is_drawn_out_of_a_part_goes_on_and_the_same_part_is_around_it_again_on_the_way_back(cast, clock):
    release(wrapped("a", ext=rule("P9D", key="hele")))
    (first,) = started(cast).task_ids
    complete_user_task(cast.mette, task_id=first, answers={})
    before, task_id = standing(), task_at("a").id
    clock.advance(days=1)
    release(row("x", "a", "b", ext=rule()))

    move_id = begin(cast)
    work()

    assert refusals(move_id) == []
    assert task_at("a").id == task_id
    assert deadline("hele").state == "withdrawn"
    assert back(cast, move_id) == []
    assert standing() == before
    complete_user_task(cast.mette, task_id=task_id, answers={}, version=task_at("a").version)
    assert (open_elements(cast.case_id), deadline("hele").state) == (["b"], "met")
    assert instance().state == "running"
