"""R1, R2 and R4 on known cases: what each figure counts, for whom, and which cases it opens into."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from casework.errors import ForbiddenError, InvalidError, NotFoundError
from casework.model import DeadlineState
from casework.queries.reports import report
from tests.factories import a_case, a_deadline, a_handoff, an_instance

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _thursday(clock):
    clock.move_to(NOW)


def notified(case_id, *, days_ago, hours=None, source="skole"):
    """Assessed after `hours`; None: not yet."""
    started = NOW - timedelta(days=days_ago)
    instance = an_instance(case_id, variables={"underretterType": source})
    words = {"starts_at": started, "due_at": started + timedelta(hours=24), "instance_id": instance.id}
    if hours is not None:
        words |= {"state": DeadlineState.MET, "ended_at": started + timedelta(hours=hours)}
    return a_deadline(case_id, key="vurdering24", **words)


def table(found, key):
    return next(one for one in found.tables if one.key == key)


def row(found, table_key, row_key):
    one = table(found, table_key)
    cells = next(line for line in one.rows if line.key == row_key).cells
    return dict(zip([column.key for column in one.columns], cells, strict=True))


def test_notifications_are_counted_by_source_and_in_time(cast):
    other = a_case()
    notified(cast.case_id, days_ago=200, hours=3)
    notified(cast.case_id, days_ago=20, hours=30, source="politi")
    notified(other.id, days_ago=10, hours=24)
    notified(other.id, days_ago=0.5)

    found = report(cast.karin, "R1", first=date(2026, 1, 1))

    total = row(found, "by_source", "total")
    assert [total[key] for key in ("received", "in_time", "late", "running", "again")] == [4, 2, 1, 1, 2]
    assert total["percent_in_time"] == Decimal("66.7")
    assert row(found, "by_source", "politi")["late"] == 1
    assert row(found, "by_month", "2026-11")["received"] == 3


def test_a_notification_before_the_period_is_not_counted_but_makes_the_next_one_the_second(cast):
    notified(cast.case_id, days_ago=60, hours=3)
    notified(cast.case_id, days_ago=5, hours=3)

    total = row(report(cast.karin, "R1", first=date(2026, 11, 1)), "by_source", "total")

    assert (total["received"], total["again"]) == (1, 1)


def test_a_figure_opens_into_its_cases_for_who_leads_them_only(cast):
    notified(cast.case_id, days_ago=5, hours=30)

    leader = table(report(cast.karin, "R1"), "by_source").rows[-1].cases
    owner = table(report(cast.birgit, "R1"), "by_source").rows[-1]

    assert leader["late"] == (cast.case_id,)
    assert owner.cells[3] == 1
    assert owner.cases == {}


def test_other_units_are_not_counted(cast):
    elsewhere = a_case(responsible_unit_id="ppr_nord")
    notified(elsewhere.id, days_ago=5, hours=3)

    assert row(report(cast.karin, "R1"), "by_source", "total")["received"] == 0
    assert row(report(cast.birgit, "R1"), "by_source", "total")["received"] == 1
    assert row(report(cast.birgit, "R1", unit="modtagelse_nord"), "by_source", "total")["received"] == 0


def test_timeliness_by_rule_and_age(cast):
    began = NOW - timedelta(days=30)
    words = {"key": "kvittering", "starts_at": began, "due_at": began + timedelta(days=8)}
    for days in (2, 4, 10):
        ended = began + timedelta(days=days)
        a_deadline(cast.case_id, state=DeadlineState.MET, ended_at=ended, **words)
    a_deadline(cast.case_id, **words)
    a_deadline(cast.case_id, state=DeadlineState.WITHDRAWN, ended_at=NOW, **words)

    found = report(cast.karin, "R2")

    by_rule = row(found, "by_rule", "kvittering")
    assert [by_rule[key] for key in ("due_class", "on_time", "late", "overdue")] == ["LOV", 2, 1, 1]
    assert (by_rule["percent_on_time"], by_rule["median_days"]) == (Decimal("66.7"), Decimal("4.0"))
    assert row(found, "by_age", "10-14")["late"] == 1
    assert row(found, "by_age", "0-2")["late"] == 0


def test_what_was_done_before_its_time_began_took_none_of_it(cast):
    began = NOW + timedelta(days=30)
    words = {"key": "opfoelgning", "starts_at": began, "due_at": began + timedelta(days=90)}
    a_deadline(cast.case_id, state=DeadlineState.MET, ended_at=NOW - timedelta(days=1), **words)

    assert row(report(cast.karin, "R2"), "by_rule", "opfoelgning")["median_days"] == 0


def test_every_month_of_the_period_has_a_row(cast):
    notified(cast.case_id, days_ago=5, hours=3)

    by_month = table(report(cast.karin, "R1", first=date(2026, 9, 15), last=date(2027, 1, 31)), "by_month")

    assert [(line.key, line.cells[1]) for line in by_month.rows[:-1]] == [
        ("2026-09", 0),
        ("2026-10", 0),
        ("2026-11", 1),
    ]


def test_hand_offs_by_pair(cast):
    offered = NOW - timedelta(days=9)
    due = offered + timedelta(days=3)
    words = {"offered_at": offered, "due_at": due}
    a_handoff(cast.case_id, state="accepted", answered_at=offered + timedelta(days=1), **words)
    a_handoff(cast.case_id, state="declined", answered_at=offered + timedelta(days=5), **words)
    a_handoff(cast.case_id, **words)

    (line,) = table(report(cast.karin, "R4"), "by_pair").rows
    columns = [column.key for column in table(report(cast.karin, "R4"), "by_pair").columns]
    cells = dict(zip(columns, line.cells, strict=True))

    assert [cells[key] for key in ("sent", "accepted", "declined", "waiting", "overdue")] == [3, 1, 1, 1, 2]
    assert cells["median_days"] == Decimal("3.0")


def test_refuses_who_leads_nothing_unknown_reports_and_periods_that_run_backwards(cast):
    with pytest.raises(ForbiddenError):
        report(cast.mette, "R1")
    with pytest.raises(ForbiddenError):
        report(cast.karin, "R1", unit="ppr_nord")
    with pytest.raises(NotFoundError):
        report(cast.karin, "R77")
    with pytest.raises(InvalidError):
        report(cast.karin, "R1", first=date(2026, 2, 1), last=date(2026, 1, 1))
