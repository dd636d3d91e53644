"""Places of providers: waited for, occupied, left; never two at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework.calendar import day_of
from casework.database import read, transaction
from casework.errors import InvalidError, NotFoundError
from casework.model import (
    Case,
    EndReason,
    Job,
    JournalEntry,
    Package,
    PackageState,
    PlaceCapacity,
    PlaceStay,
    StayState,
    Unit,
)
from casework.operations.complete_user_task import complete_user_task
from casework.operations.correct_answers import correct_answers
from casework.operations.correct_fact import correct_fact
from casework.operations.leave_place import leave_place
from casework.operations.occupy_place import occupy_place
from casework.operations.place_of_job import place_of_job
from casework.operations.wait_for_place import wait_for_place
from tests.factories import a_case
from tests.operations.asking import started
from tests.operations.processes import a_form, field, one_after_the_other, release

FIRST, LATER = date(2026, 12, 1), date(2027, 3, 1)
PLANNED_AT = datetime(2026, 11, 1, tzinfo=UTC)
AT = {"next_at": PLANNED_AT, "created_at": PLANNED_AT}


@pytest.fixture(autouse=True)
def _homes(cast):
    with transaction() as session:
        for unit_id, places in (("hjem_a", 1), ("hjem_b", 4)):
            session.add(Unit(id=unit_id, name=unit_id, name_en=unit_id, path=f"/{unit_id}/", lane="anbringelsessted"))
            session.flush()
            session.add(PlaceCapacity(unit_id=unit_id, since=date(1900, 1, 1), places=places))


def stays():
    with read() as session:
        rows = session.scalars(select(PlaceStay).order_by(PlaceStay.id)).all()
    return {(row.unit_id, row.state) for row in rows}


def test_who_waits_gets_the_place_and_waits_nowhere_else(cast):
    first = wait_for_place(cast.mette, case_id=cast.case_id, unit_id="hjem_a")
    again = wait_for_place(cast.mette, case_id=cast.case_id, unit_id="hjem_a")
    wait_for_place(cast.mette, case_id=cast.case_id, unit_id="hjem_b")

    done = occupy_place(cast.mette, case_id=cast.case_id, unit_id="hjem_a", on=FIRST)

    assert first == again == done.stay_id
    assert not done.is_overbooked
    assert stays() == {("hjem_a", StayState.STAYING), ("hjem_b", StayState.DROPPED)}


def test_moving_leaves_the_earlier_place_on_the_same_day(cast):
    occupy_place(cast.mette, case_id=cast.case_id, unit_id="hjem_a", on=FIRST)
    same = occupy_place(cast.mette, case_id=cast.case_id, unit_id="hjem_a", on=LATER)

    occupy_place(cast.mette, case_id=cast.case_id, unit_id="hjem_b", on=LATER, left_because=EndReason.BREAKDOWN)

    with read() as session:
        left = session.get_one(PlaceStay, same.stay_id)
    assert (left.starts_on, left.ends_on, left.end_reason) == (FIRST, LATER, EndReason.BREAKDOWN)
    assert stays() == {("hjem_a", StayState.LEFT), ("hjem_b", StayState.STAYING)}


def test_a_child_too_many_is_told_and_not_refused(cast):
    occupy_place(cast.mette, case_id=cast.case_id, unit_id="hjem_a", on=FIRST)
    other = a_case()

    assert occupy_place(cast.mette, case_id=other.id, unit_id="hjem_a", on=FIRST).is_overbooked


def test_leaves_with_a_reason_and_leaving_again_is_nothing(cast):
    occupy_place(cast.mette, case_id=cast.case_id, unit_id="hjem_a", on=FIRST)

    assert leave_place(cast.mette, case_id=cast.case_id, reason=EndReason.AIMS_MET, on=LATER)
    assert leave_place(cast.mette, case_id=cast.case_id, reason=EndReason.AIMS_MET, on=LATER) is None
    with read() as session:
        kinds = session.scalars(select(JournalEntry.kind).order_by(JournalEntry.number)).all()
    assert kinds == ["place_taken", "place_left"]


def test_refuses_a_day_before_it_came_and_a_unit_that_is_none(cast):
    occupy_place(cast.mette, case_id=cast.case_id, unit_id="hjem_a", on=LATER)

    with pytest.raises(InvalidError):
        leave_place(cast.mette, case_id=cast.case_id, reason=EndReason.AIMS_MET, on=FIRST)
    with pytest.raises(InvalidError):
        occupy_place(cast.mette, case_id=cast.case_id, unit_id="hjem_b", on=FIRST)
    with pytest.raises(InvalidError):
        occupy_place(cast.mette, case_id=cast.case_id, unit_id="ingen", on=LATER)


@pytest.fixture
def moved(cast):
    """Emil came from home on the first day and moved on the later one."""
    with transaction() as session:
        case = session.get_one(Case, cast.case_id)
        case.facts = {**case.facts, "anbringelsesDato": FIRST, "ophoerDato": LATER}
    occupy_place(cast.mette, case_id=cast.case_id, unit_id="hjem_a", on=FIRST)
    leave_place(cast.mette, case_id=cast.case_id, reason=EndReason.AIMS_MET, on=LATER)


def correct(cast, name, day):
    correct_fact(cast.mette, case_id=cast.case_id, name=name, value=day, reason="Tastefejl")


def stay_and_journal():
    with read() as session:
        stay = session.scalars(select(PlaceStay)).one()
        moves = session.scalars(select(JournalEntry).where(JournalEntry.kind == "place_moved")).all()
    return (stay.starts_on, stay.ends_on), [move.details for move in moves]


@pytest.mark.parametrize(("name", "day"), [("anbringelsesDato", date(2026, 12, 8)), ("ophoerDato", date(2027, 4, 1))])
def test_a_corrected_date_moves_the_stay_and_the_journal_says_from_to_and_why(cast, moved, name, day):
    correct(cast, name, day)

    stay, (entry,) = stay_and_journal()
    assert stay == ((day, LATER) if name == "anbringelsesDato" else (FIRST, day))
    assert day_of(datetime.fromisoformat(entry["after"])) == day
    assert (entry["because"], entry["reason"], entry["unit"]) == ([name], "Tastefejl", "hjem_a")


def test_a_stay_moves_no_further_than_its_own_end_and_the_stay_before(cast, moved):
    correct(cast, "anbringelsesDato", date(2027, 5, 1))
    assert stay_and_journal()[0] == (LATER, LATER)
    correct(cast, "ophoerDato", FIRST)

    assert stay_and_journal()[0] == (LATER, LATER)


def test_an_answer_put_right_moves_the_change_of_places(cast):
    release(
        one_after_the_other("flyt", camunda_formKey="F16i"),
        forms={"F16i": a_form("F16i", field("dag", "datetime", variable="indflytningsDato"))},
    )
    (task,) = started(cast).task_ids
    complete_user_task(cast.mette, task_id=task, answers={"dag": LATER.isoformat()})
    occupy_place(cast.mette, case_id=cast.case_id, unit_id="hjem_a", on=FIRST)
    occupy_place(cast.mette, case_id=cast.case_id, unit_id="hjem_b", on=LATER)

    correct_answers(cast.karin, task_id=task, answers={"dag": "2027-02-20"}, reason="Forkert dag")

    with read() as session:
        dates = session.execute(select(PlaceStay.starts_on, PlaceStay.ends_on).order_by(PlaceStay.starts_on)).all()
    assert dates == [(FIRST, date(2027, 2, 20)), (date(2027, 2, 20), None)]


def test_other_departments_cannot_move_a_child(cast):
    with pytest.raises(NotFoundError):
        occupy_place(cast.sofie, case_id=cast.case_id, unit_id="hjem_a")


def test_the_placements_package_runs_while_the_child_has_the_place(cast):
    with transaction() as session:
        row = {"case_id": cast.case_id, "planned_at": PLANNED_AT, "planned_by": "Mette", "total": 0}
        plan = {"occasion": "anbringelse", "ramp_step": "9", "budget_account": "anbringelse"}
        period = {"starts_on": FIRST, "ends_on": date(2028, 12, 1), "state": PackageState.APPROVED}
        package = Package(**row, **plan, **period)
        session.add(package)
        session.flush()
        named = {"unit": "hjem_a", "package_id": str(package.id)}

    done_job(cast, named | {"action": "occupy", "on": FIRST})
    done_job(cast, named | {"action": "occupy", "on": FIRST})
    assert the_package().state is PackageState.RUNNING

    done_job(cast, named | {"action": "leave", "on": LATER, "reason": "ikke_godkendt"})

    ended = the_package()
    assert (ended.state, ended.ended_on, ended.end_reason) == (
        PackageState.ENDED,
        LATER - timedelta(days=1),
        EndReason.PLANNED,
    )


def done_job(cast, inputs):
    with transaction() as session:
        job = Job(topic="place", case_id=cast.case_id, dedupe_key=str(uuid4()), inputs=inputs, **AT)
        session.add(job)
        session.flush()
        job_id = job.id
    return place_of_job(job_id=job_id)


def the_package():
    with read() as session:
        return session.scalars(select(Package)).one()
