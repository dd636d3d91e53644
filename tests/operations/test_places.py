"""Places of providers: waited for, occupied, left; never two at a time."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from casework.database import read, transaction
from casework.errors import InvalidError, NotFoundError
from casework.model import EndReason, JournalEntry, PlaceCapacity, PlaceStay, StayState, Unit
from casework.operations.leave_place import leave_place
from casework.operations.occupy_place import occupy_place
from casework.operations.wait_for_place import wait_for_place
from tests.factories import a_case

FIRST, LATER = date(2026, 12, 1), date(2027, 3, 1)


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


def test_other_departments_cannot_move_a_child(cast):
    with pytest.raises(NotFoundError):
        occupy_place(cast.sofie, case_id=cast.case_id, unit_id="hjem_a")
