"""Deadlines as lists, and the board of leaders."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casework.errors import NotFoundError
from casework.model import DeadlineState
from casework.queries.deadlines import deadlines
from casework.queries.overdue_board import overdue_board
from tests.factories import a_case, a_deadline, a_handoff, a_task

NOW = datetime(2026, 11, 26, 8, 14, tzinfo=UTC)  # Thursday, 09.14 in Copenhagen


@pytest.fixture(autouse=True)
def _thursday(clock):
    clock.move_to(NOW)


def _at(**later):
    return NOW + timedelta(**later)


def test_lists_the_nearest_first_with_rule_and_holder(cast):
    later = a_deadline(cast.case_id, key="bfu", due_at=_at(days=30))
    late = a_deadline(cast.case_id, starts_at=_at(hours=-33), due_at=_at(hours=-9))
    task = a_task(cast.case_id, instance_id=late.instance_id, deadline_id=late.id, assignee=cast.nadia)

    found = deadlines(cast.mette)

    assert [row.id for row in found.rows] == [late.id, later.id]
    row = found.rows[0]
    assert (row.task_id, row.assignee.name, row.child.name) == (task.id, "Nadia Rahimi", "Emil Brandt Lauritsen")
    assert row.due.rule.text("da") == "24 timer, Barnets lov § 136"
    assert (row.due.state, row.due.words.text("da")) == ("overdue", "9 t 0 min over")


def test_filters_by_state_key_class_unit_and_case(cast):
    other = a_case()
    a_deadline(other.id, key="bfu", due_at=_at(days=60))
    a_deadline(cast.case_id, due_at=_at(hours=-1))
    a_deadline(cast.case_id, due_at=_at(days=4), due_class="LOKAL")
    a_deadline(cast.case_id, due_at=_at(hours=-5), state=DeadlineState.MET, ended_at=NOW)
    a_deadline(cast.case_id, due_at=_at(hours=5), unit_id="ppr_nord")

    def total(**chosen):
        return deadlines(cast.mette, **chosen).total

    assert total() == 4
    assert total(state="overdue") == 1
    assert total(state="soon") == 2
    assert total(state="met") == 1
    assert total(state="all") == 5
    assert total(key="bfu") == 1
    assert total(due_class="LOKAL") == 1
    assert total(due_class="nonsense") == 4
    assert total(unit="ppr_nord") == 1
    assert total(case_id=other.id) == 1


def test_pages_by_cursor(cast):
    ids = [a_deadline(cast.case_id, due_at=_at(hours=hours)).id for hours in (1, 2, 3)]

    first = deadlines(cast.mette, limit=2)
    second = deadlines(cast.mette, limit=2, cursor=first.next_cursor)

    assert [row.id for row in first.rows + second.rows] == ids
    assert second.next_cursor is None


def test_who_sees_no_case_sees_no_deadline(cast):
    a_deadline(cast.case_id, due_at=_at(hours=-1))
    own = a_deadline(cast.case_id, due_at=_at(hours=1), unit_id="ppr_nord")

    for outsider in (cast.sofie, cast.birgit, cast.anders, cast.torben, cast.lars):
        assert deadlines(outsider, state="all").total == 0
        assert deadlines(outsider, state="all").rows == ()
    assert [row.id for row in deadlines(cast.peter, state="all").rows] == [own.id]


def test_the_board_counts_by_rule_and_unit_the_law_first(cast):
    for hours, unit in ((9, "modtagelse_nord"), (41 * 24, "familiegruppe_nord"), (3, "familiegruppe_nord")):
        a_deadline(cast.case_id, due_at=_at(hours=-hours), unit_id=unit)
    a_deadline(
        cast.case_id,
        key="opfoelgning",
        name="Opfølgning",
        name_en="Follow-up",
        due_class="LOKAL",
        duration="P2M",
        calendar="calendar",
        due_at=_at(days=-8),
    )
    a_deadline(cast.case_id, due_at=_at(days=-8), unit_id="ppr_nord")

    board = overdue_board(cast.karin)

    assert board.unit.id == "familieafdeling_nord"
    assert [unit.id for unit in board.units] == ["familieafdeling_nord", "familiegruppe_nord", "modtagelse_nord"]
    assert [(row.key, row.due_class, row.counts, row.total, row.longest.text("da")) for row in board.by_rule] == [
        ("vurdering24", "LOV", (0, 2, 1), 3, "41 dage"),
        ("opfoelgning", "LOKAL", (0, 0, 1), 1, "8 dage"),
    ]
    assert board.by_rule[1].rule.text("da") == "Opfølgning, 2 måneder"
    assert board.unit_totals == (0, 2, 2)
    assert (board.figures.overdue, board.figures.overdue_law) == (4, 3)
    assert [row.due.is_law for row in board.longest] == [True, True, True, False]


def test_the_board_counts_what_comes_day_by_day(cast):
    for due_at in (_at(hours=2), _at(days=1), _at(days=3), _at(days=4), _at(days=7, hours=1), _at(days=9)):
        a_deadline(cast.case_id, due_at=due_at)

    board = overdue_board(cast.karin)

    assert [(day.day, day.count) for day in board.next_days] == [
        (date(2026, 11, 26), 1),
        (date(2026, 11, 27), 1),
        (date(2026, 11, 30), 2),  # Sunday's falls due before Monday's work
        (date(2026, 12, 1), 0),
        (date(2026, 12, 2), 0),
        (date(2026, 12, 3), 1),
    ]
    assert board.figures.due_soon == 5
    assert deadlines(cast.karin, state="soon").total == 5


def test_the_board_says_who_has_how_much(cast):
    a_task(cast.case_id, assignee=cast.mette, due_at=_at(hours=-1))
    a_task(cast.case_id, assignee=cast.mette)
    a_task(cast.case_id, due_at=_at(days=1))

    board = overdue_board(cast.karin)

    rows = [(row.employee and row.employee.name, row.open, row.overdue) for row in board.workload]
    assert rows[:2] == [("Mette Friis Andersen", 2, 1), (None, 1, 0)]
    assert ("Nadia Rahimi", 0, 0) in rows[2:]
    assert {(opened, overdue) for _, opened, overdue in rows[2:]} == {(0, 0)}
    assert board.unclaimed_soon == 1


def test_the_board_shows_hand_offs_without_an_answer(cast):
    late = a_handoff(cast.case_id, due_at=_at(days=-4))
    a_handoff(cast.case_id, due_at=_at(days=-4), state="accepted")
    a_handoff(cast.case_id, due_at=_at(days=9))

    board = overdue_board(cast.karin)

    assert [row.id for row in board.handoffs] == [late.id]
    assert board.handoffs[0].due.words.text("da") == "4 dage over"
    assert board.figures.handoffs_late == 1


def test_the_board_counts_the_young_without_a_coordinator(cast):
    a_case(child="Karla", birth_date=date(2010, 11, 26))
    a_case(child="Tobias", birth_date=date(2010, 11, 27))

    assert overdue_board(cast.karin).figures.without_coordinator == 1


def test_only_leaders_have_a_board_and_only_of_their_units(cast):
    for other in (cast.mette, cast.peter, cast.sofie, cast.birgit, cast.anders):
        with pytest.raises(NotFoundError):
            overdue_board(other)
    with pytest.raises(NotFoundError):
        overdue_board(cast.karin, unit="ppr_nord")
    assert overdue_board(cast.karin, unit="modtagelse_nord").unit.id == "modtagelse_nord"
