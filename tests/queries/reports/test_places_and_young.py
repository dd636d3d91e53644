"""R5, R6 and R8 on known cases."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from casework.database import transaction
from casework.model import (
    DeadlineState,
    ElementKind,
    EndReason,
    PlaceCapacity,
    PlaceStay,
    PriceUnit,
    StayState,
    TeamMember,
    Unit,
)
from casework.operations.approve_package import approve_package
from casework.operations.packages.planned import PlannedElement
from casework.operations.plan_package import plan_package
from casework.queries.reports import report
from tests.factories import a_case, a_deadline, save

NOW = datetime(2027, 1, 31, 8, 0, tzinfo=UTC)
FIRST, LAST = date(2027, 1, 1), date(2027, 1, 31)
PERIOD = {"first": FIRST, "last": LAST}
OWN = PlannedElement(ElementKind.FAMILY, FIRST, date(2027, 2, 28), 59_000_00, PriceUnit.TOTAL, unit_id="ppr_nord")
BOUGHT = PlannedElement(
    ElementKind.RESIDENTIAL, date(2027, 1, 22), date(2027, 3, 1), 4_000_50, PriceUnit.DAY, provider="Skovbrynet",
    is_external=True, external_reason="specialviden",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _sunday(clock):
    clock.move_to(NOW)


@pytest.fixture
def home(cast):
    """A children's home with two places."""
    with transaction() as session:
        names = {"name": "Birkely", "name_en": "Birkely", "path": "/hjem/"}
        session.add(Unit(id="hjem", **names, lane="anbringelsessted"))
        session.flush()
        session.add(PlaceCapacity(unit_id="hjem", since=date(2020, 1, 1), places=2))


def a_stay(case_id, starts_on, ends_on=None, reason=None, state=None):
    state = state or (StayState.LEFT if ends_on else StayState.STAYING)
    words = {"recorded_at": NOW, "recorded_by": "Lars", "waiting_since": None, "end_reason": reason}
    save(PlaceStay(case_id=case_id, unit_id="hjem", state=state, starts_on=starts_on, ends_on=ends_on, **words))


def row(found, table_key, row_key):
    table = next(one for one in found.tables if one.key == table_key)
    line = next(one for one in table.rows if one.key == row_key)
    return dict(zip([column.key for column in table.columns], line.cells, strict=True)), line.cases


def test_places_are_counted_by_days(cast, home):
    waits = a_case()
    a_stay(cast.case_id, date(2026, 12, 20), date(2027, 1, 16))
    a_stay(waits.id, None, state=StayState.WAITING)

    cells, cases = row(report(cast.karin, "R5", **PERIOD), "places", "hjem")

    assert [cells[key] for key in ("places", "stays", "waiting")] == [2, 1, 1]
    assert cells["percent"] == Decimal("24.2")  # 15 of 62
    assert cases == {"stays": (cast.case_id,), "waiting": (waits.id,)}


def test_costs_are_own_and_external_and_of_the_period(cast):
    package_id = plan_package(
        cast.mette,
        case_id=cast.case_id,
        occasion="anbringelse",
        ramp_step="5",
        budget_account="doegn",
        elements=[OWN, BOUGHT],
    )
    approve_package(cast.karin, package_id=package_id)

    cells, cases = row(report(cast.karin, "R5", **PERIOD), "costs", "modtagelse_nord")

    assert cells["packages"] == 1
    assert (cells["own"], cells["external"]) == (Decimal(31000), Decimal(40005))
    assert cells["cost"] == Decimal(71005)
    assert cells["mean"] == Decimal("215019.50")
    assert cases == {"packages": (cast.case_id,)}


def test_young_people_with_and_without_a_coordinator(cast):
    with_one, without = (a_case(birth_date=date(2010, 5, 1)) for _ in range(2))
    grown = a_case(birth_date=date(2009, 1, 31))
    a_case(birth_date=date(2011, 2, 1))  # 15
    a_case(birth_date=date(2004, 1, 31))  # 23
    save(TeamMember(case_id=with_one.id, employee_id=cast.lars.id, role="coordinator", since=NOW))
    save(TeamMember(case_id=without.id, employee_id=cast.lars.id, role="coordinator", since=NOW, until=NOW))
    due = NOW - timedelta(days=10)
    met = {"key": "ungeplan", "due_at": due, "state": DeadlineState.MET}
    a_deadline(with_one.id, **met, ended_at=due - timedelta(days=1))
    a_deadline(without.id, **met, ended_at=due + timedelta(days=1))
    a_deadline(grown.id, key="ungestoette", due_at=due)

    found = report(cast.karin, "R6")

    cells, cases = row(found, "by_age", "16-16")
    assert [cells[key] for key in ("cases", "with_coordinator", "without_coordinator")] == [2, 1, 1]
    assert (cells["plan_on_time"], cells["plan_late"], cells["percent_coordinator"]) == (1, 1, Decimal("50.0"))
    assert cases["without_coordinator"] == (without.id,)
    assert row(found, "by_age", "18-22")[0]["support_late"] == 1
    assert row(found, "by_age", "total")[0]["cases"] == 3


def test_placements_by_how_they_ended(cast, home):
    planned = a_case(facts={"planlagtOphoer": date(2027, 1, 10)})
    broken, stays, before = (a_case() for _ in range(3))
    a_stay(planned.id, date(2026, 12, 1), date(2027, 1, 20), EndReason.AIMS_MET)
    a_stay(broken.id, date(2027, 1, 5), date(2027, 1, 15), EndReason.BREAKDOWN)
    a_stay(stays.id, date(2027, 1, 30))
    a_stay(before.id, date(2026, 1, 1), date(2027, 1, 1), EndReason.AIMS_MET)

    found = report(cast.karin, "R8", **PERIOD)

    cells, cases = row(found, "by_place", "hjem")
    assert [cells[key] for key in ("stays", "began", "ended", "planned", "breakdowns")] == [3, 2, 2, 1, 1]
    assert (cells["percent_breakdown"], cells["median_days"], cells["median_beyond"]) == (
        Decimal("50.0"), Decimal("30.0"), Decimal("10.0"),
    )  # fmt: skip
    assert cases["breakdowns"] == (broken.id,)
    assert row(found, "reasons", "sammenbrud")[0]["ended"] == 1
