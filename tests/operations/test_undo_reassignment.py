"""Passing several tasks on at once, and putting back what nobody has touched since."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework.database import read, transaction
from casework.errors import ConflictError, ForbiddenError, NotFoundError
from casework.model import SYSTEM, Employee, JournalEntry, Notification, ReassignedTask, Reassignment, UserTask
from casework.operations.reassign_user_tasks import reassign_user_tasks
from casework.operations.undo_reassignment import undo_reassignment
from casework.queries.last_reassignment import last_reassignment
from casework.queries.verify_journal import verify_journal
from tests.factories import a_task
from tests.operations.asking import kinds


@pytest.fixture
def tasks(cast):
    """One of Mette's, put aside; one that nobody has taken."""
    mine = a_task(cast.case_id, assignee=cast.mette, follow_up_on=date(2027, 1, 4))
    return [mine.id, a_task(cast.case_id).id]


@pytest.fixture
def passed_on(cast, tasks):
    return reassign_user_tasks(cast.karin, task_ids=tasks, employee_id=cast.nadia.id, reason="Mette er syg.")


def holders(task_ids):
    with read() as session:
        found = {one.id: one for one in session.scalars(select(UserTask).where(UserTask.id.in_(task_ids)))}
    return [(found[one].assignee_id, found[one].state.value, found[one].follow_up_on) for one in task_ids]


def test_puts_back_exactly_what_was(cast, tasks, passed_on):
    assert holders(tasks) == [(cast.nadia.id, "claimed", None)] * 2
    assert last_reassignment(cast.karin).count == 2

    undone = undo_reassignment(cast.karin, reassignment_id=passed_on.id)

    assert (undone.count, undone.left) == (2, ())
    assert holders(tasks) == [(cast.mette.id, "claimed", date(2027, 1, 4)), (None, "open", None)]
    assert kinds(cast.case_id)[-4:] == ["user_task_reassigned"] * 2 + ["user_task_put_back"] * 2
    assert verify_journal(case_id=cast.case_id) == []
    assert last_reassignment(cast.karin) is None
    with read() as session:
        told = session.scalars(select(Notification.employee_id)).all()
    assert told.count(cast.mette.id) == 1


def test_leaves_what_somebody_has_touched_and_says_so(cast, tasks, passed_on):
    with transaction() as session:
        session.get_one(UserTask, tasks[0]).draft_version += 1

    undone = undo_reassignment(cast.karin, reassignment_id=passed_on.id)

    assert undone.count == 1
    (left,) = undone.left
    assert "Nogen har arbejdet på den siden." in left.text("da")
    assert holders(tasks)[0][0] == cast.nadia.id
    with read() as session:
        assert [
            row.put_back_at is None for row in session.scalars(select(ReassignedTask).order_by(ReassignedTask.id))
        ] == [
            True,
            False,
        ]


def test_leaves_what_is_finished_and_whose_holder_is_gone(cast, tasks, passed_on):
    with transaction() as session:
        session.get_one(Employee, cast.mette.id).is_active = False
        session.get_one(UserTask, tasks[1]).withdraw(session.get_one(Reassignment, passed_on.id).at)

    undone = undo_reassignment(cast.karin, reassignment_id=passed_on.id)

    assert undone.count == 0
    assert "Mette Friis Andersen" in undone.left[0].text("da")
    assert len(undone.left) == 2


def test_is_undone_once_and_by_who_did_it(cast, tasks, passed_on):
    for other in (cast.mette, cast.nadia, cast.peter, SYSTEM):
        with pytest.raises(NotFoundError):
            undo_reassignment(other, reassignment_id=passed_on.id)
    with pytest.raises(NotFoundError):
        undo_reassignment(cast.karin, reassignment_id=uuid4())
    undo_reassignment(cast.karin, reassignment_id=passed_on.id)
    with pytest.raises(ConflictError):
        undo_reassignment(cast.karin, reassignment_id=passed_on.id)


def test_offers_it_for_a_day(cast, passed_on, clock):
    clock.advance(days=1, seconds=1)

    assert last_reassignment(cast.karin) is None
    assert last_reassignment(cast.mette) is None


def test_what_passes_nothing_on_leaves_nothing(cast, tasks):
    nothing = reassign_user_tasks(cast.karin, task_ids=[uuid4()], employee_id=cast.nadia.id, reason="Mette er syg.")

    assert (nothing.id, nothing.count, len(nothing.left)) == (None, 0, 1)
    with read() as session:
        assert session.scalars(select(Reassignment)).all() == []
        assert session.scalars(select(JournalEntry)).all() == []
    with pytest.raises(ForbiddenError):
        reassign_user_tasks(SYSTEM, task_ids=tasks, employee_id=cast.nadia.id, reason="Mette er syg.")
