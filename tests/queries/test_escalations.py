"""Escalations and what came of them, within a period, for who leads."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casework.errors import InvalidError, NotFoundError
from casework.model import DeadlineState, Escalation
from casework.queries.boards.escalations import Outcome, escalation_cases, escalation_table, escalations
from tests.factories import a_deadline, a_journal_entry, a_task, save

NOW = datetime(2026, 11, 26, 8, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _thursday(clock):
    clock.move_to(NOW)


def ago(days):
    return NOW - timedelta(days=days)


def _escalated(cast, level, raised, **deadline):
    made = a_deadline(cast.case_id, starts_at=ago(60), **deadline)
    save(
        Escalation(
            case_id=cast.case_id,
            deadline_id=made.id,
            level=level,
            due_at=made.due_at,
            raised_at=ago(raised),
            told=[str(cast.mette.id), str(cast.karin.id)],
        )
    )
    return made


@pytest.fixture
def raised(cast):
    """Done in time and late, open and late, open in time, fallen away; one long ago; one of another unit."""
    met = {"state": DeadlineState.MET}
    _escalated(cast, 1, 10, due_at=ago(5), ended_at=ago(6), **met)
    _escalated(cast, 2, 8, due_at=ago(7), ended_at=ago(2), **met)
    late = _escalated(cast, 3, 4, due_at=ago(5))
    _escalated(cast, 1, 3, due_at=NOW + timedelta(days=3))
    _escalated(cast, 1, 3, due_at=ago(1), state=DeadlineState.WITHDRAWN, ended_at=ago(2))
    _escalated(cast, 1, 200, due_at=ago(199), ended_at=ago(190), **met)
    _escalated(cast, 1, 3, due_at=ago(1), unit_id="ppr_nord")
    return late


def cells(table, key):
    row = next(row for row in table.rows if row.key == key)
    return {column.key: cell for column, cell in zip(table.columns, row.cells, strict=True)}


def test_counts_what_came_of_it(cast, raised):
    total = cells(escalations(cast.karin).by_level, "total")

    assert {name: total[name] for name in ("raised", *Outcome)} == {
        "raised": 5,
        "on_time": 1,
        "late": 1,
        "overdue": 1,
        "running": 1,
        "withdrawn": 1,
    }
    assert (total["quick"], total["untouched"], total["passed_on"], total["median"]) == (1, 2, 0, 4)
    assert cells(escalations(cast.karin).by_level, "1")["raised"] == 3


def test_what_is_done_with_the_task_counts_as_an_act(cast, raised):
    task = a_task(cast.case_id, instance_id=raised.instance_id, deadline_id=raised.id)
    a_journal_entry(cast.case_id, kind="user_task_claimed", at=ago(30), user_task_id=task.id)
    a_journal_entry(cast.case_id, kind="user_task_reassigned", at=ago(3.5), user_task_id=task.id, number=2)

    opened = escalation_cases(cast.karin, table="by_level", row="3", figure="passed_on")

    ((line, detail),) = opened.rows
    assert (line.acted_at, line.outcome) == (ago(3.5), Outcome.OVERDUE)
    assert detail.told == ("Mette Friis Andersen", "Karin Thygesen")
    assert "Emil Brandt Lauritsen" in escalation_table(opened).rows[0].cells


def test_of_a_deadline_over_several_steps_acts_in_the_process_count(cast, raised):
    task = a_task(cast.case_id, instance_id=raised.instance_id)
    a_journal_entry(cast.case_id, kind="user_task_claimed", at=ago(1), user_task_id=task.id)

    assert cells(escalations(cast.karin).by_level, "3")["untouched"] == 0


def test_counts_a_period_both_days_included(cast, raised):
    day = ago(4).date()

    assert cells(escalations(cast.karin, first=day, last=day).by_level, "3")["raised"] == 1
    assert escalations(cast.karin, first=day, last=day).by_rule.rows[0].cells[1] == 1
    assert not escalations(cast.karin, first=date(2020, 1, 1), last=date(2020, 2, 1)).by_level.rows
    with pytest.raises(InvalidError):
        escalations(cast.karin, first=day, last=day - timedelta(days=1))


def test_is_for_leaders_of_the_unit(cast, raised):
    for outsider in (cast.mette, cast.peter, cast.sofie, cast.birgit):
        with pytest.raises(NotFoundError):
            escalations(outsider)
    with pytest.raises(NotFoundError):
        escalations(cast.karin, unit="ppr_nord")
