"""Waiting on whom: parties, how long, workload; and who may see which part of it."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.errors import NotFoundError
from casework.model import HandoffState, Subscription
from casework.queries.boards.waiting import waiting, waiting_cases, waiting_table
from tests.factories import a_case, a_deadline, a_handoff, a_task, an_instance, save

NOW = datetime(2026, 11, 26, 8, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _thursday(clock):
    clock.move_to(NOW)


def ago(days):
    return NOW - timedelta(days=days)


def cells(table, key):
    row = next(row for row in table.rows if row.key == key)
    return {column.key: cell for column, cell in zip(table.columns, row.cells, strict=True)}


@pytest.fixture
def everything(cast):
    """One of each: Mette's late task, one that nobody has, PPR's, a hand-off each way, a hearing, a clock stopped by hand."""
    a_task(cast.case_id, assignee=cast.mette, created_at=ago(30), due_at=ago(2))
    a_task(cast.case_id, created_at=ago(1), due_at=NOW + timedelta(days=1))
    a_task(cast.case_id, unit_id="ppr_nord", awaited_by_unit_id="modtagelse_nord", created_at=ago(8))
    a_task(cast.case_id, unit_id="ppr_nord", created_at=ago(8))
    a_handoff(cast.case_id, offered_at=ago(10), due_at=ago(7))
    a_handoff(cast.case_id, offered_at=ago(10), due_at=ago(7), state=HandoffState.DECLINED)
    theirs = a_case(child="Vera Holm", responsible_unit_id="ppr_nord")
    a_handoff(theirs.id, offered_at=ago(3), due_at=ago(1), from_unit_id="ppr_nord", to_unit_id="familiegruppe_nord")
    instance = an_instance(cast.case_id)
    save(_hearing(cast.case_id, instance.id))
    paused = {"from": ago(4).isoformat(), "until": None, "reason": "Lægens svar", "by": "Mette", "by_hand": True}
    a_deadline(cast.case_id, due_class="LOKAL", paused_at=ago(4), pauses=[paused])
    a_deadline(cast.case_id, due_class="LOKAL", paused_at=ago(4), pauses=[paused | {"by_hand": False}])


def _hearing(case_id, instance_id):
    return Subscription(
        case_id=case_id,
        instance_id=instance_id,
        engine_task_id="token",
        process_id="sub_hoer_part",
        element_id="svar",
        kind="message",
        name="PartshoeringSvar",
        created_at=ago(6),
    )


def test_counts_by_party_how_many_wait_and_how_long(cast, everything):
    table = waiting(cast.karin).by_party

    counts = {row.key: row.cells[1] for row in table.rows}
    assert counts == {"own": 2, "units": 2, "us": 1, "family": 1, "outside": 1, "total": 7}
    own = cells(table, "own")
    assert (own["week"], own["month"], own["late"], own["longest"]) == (1, 1, 1, 30)
    assert cells(table, "units")["median"] == 9


def test_workload_counts_open_late_soon_and_who_has_nothing(cast, everything):
    made = waiting(cast.karin)

    mette = cells(made.workload, str(cast.mette.id))
    assert (mette["open"], mette["late"], mette["soon"], mette["later"]) == (1, 1, 0, 0)
    assert cells(made.workload, "")["soon"] == 1
    assert cells(made.workload, str(cast.nadia.id))["open"] == 0
    assert made.most == ("Mette Friis Andersen", 1)
    assert made.least[1] == 0


def test_opens_into_what_it_counts_but_names_no_child_of_others(cast, everything):
    opened = waiting_cases(cast.karin, unit=None, table="by_party", row="us", figure="late")

    ((line, number, child),) = opened.rows
    assert (number, child) == (None, None)
    assert line.handoff_id
    assert waiting_table(opened).rows[0].cells[5] is None
    mine = waiting_cases(cast.karin, unit=None, table="by_party", row="outside", figure="all")
    assert [(line.reason, child) for line, _, child in mine.rows] == [("Lægens svar", "Emil Brandt Lauritsen")]


def test_every_figure_has_as_many_lines_as_it_says(cast, everything):
    for table in waiting(cast.karin).tables:
        for row in table.rows:
            for figure in row.cases:
                opened = waiting_cases(cast.karin, unit=None, table=table.key, row=row.key, figure=figure)
                place = [column.key for column in table.columns].index(figure)
                assert opened.total == row.cells[place] > 0


def test_is_for_leaders_of_the_unit(cast, everything):
    for outsider in (cast.mette, cast.peter, cast.sofie, cast.birgit):
        with pytest.raises(NotFoundError):
            waiting(outsider)
    with pytest.raises(NotFoundError):
        waiting_cases(cast.karin, unit="ppr_nord", table="by_party", row="own", figure="all")
