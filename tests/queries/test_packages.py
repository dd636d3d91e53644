"""Packages and places as the case page shows them, and what report R5 counts of them."""

from __future__ import annotations

from datetime import date

import pytest

from casework.database import read, transaction
from casework.errors import NotFoundError
from casework.model import ElementKind, EndReason, PlaceCapacity, PriceUnit, Unit
from casework.operations.approve_package import approve_package
from casework.operations.end_package import end_package
from casework.operations.leave_place import leave_place
from casework.operations.occupy_place import occupy_place
from casework.operations.packages.planned import PlannedElement
from casework.operations.plan_package import plan_package
from casework.operations.start_package import start_package
from casework.operations.wait_for_place import wait_for_place
from casework.queries.case_page import case_page
from casework.queries.occupancy import cost_lines, occupancy, stay_lines
from casework.queries.packages import packages
from tests.factories import a_case

FIRST, LAST = date(2027, 1, 1), date(2027, 1, 31)
OWN = PlannedElement(ElementKind.FAMILY, FIRST, date(2027, 2, 28), 59_000_00, PriceUnit.TOTAL, unit_id="ppr_nord")
BOUGHT = PlannedElement(
    ElementKind.RESIDENTIAL, date(2027, 1, 22), date(2027, 3, 1), 4_000_50, PriceUnit.DAY, provider="Skovbrynet",
    is_external=True, external_reason="specialviden",
)  # fmt: skip


@pytest.fixture
def package_id(cast):
    """Planned by Mette for 59,000 kr. of our own and 39 days of 4,000.50 kr. elsewhere."""
    return plan_package(
        cast.mette,
        case_id=cast.case_id,
        occasion="anbringelse",
        ramp_step="5",
        budget_account="doegn",
        elements=[OWN, BOUGHT],
    )


@pytest.fixture
def homes(cast):
    """One with two places, three from 16 January; one with a single place, not ours."""
    with transaction() as session:
        for unit_id, external, capacities in (
            ("hjem_a", False, {date(1900, 1, 1): 2, date(2027, 1, 16): 3}),
            ("hjem_b", True, {date(1900, 1, 1): 1}),
        ):
            names = {"name": unit_id, "name_en": unit_id, "path": f"/{unit_id}/"}
            session.add(Unit(id=unit_id, **names, lane="anbringelsessted", is_external=external))
            session.flush()
            for since, places in capacities.items():
                session.add(PlaceCapacity(unit_id=unit_id, since=since, places=places))


def test_the_case_page_shows_what_it_costs_and_who_may_say_yes(cast, package_id):
    (seen,) = case_page(cast.karin, cast.case_id).packages

    assert (seen.total, seen.own, seen.external, seen.unapproved) == (215_020, 59_000, 156_020, 215_020)
    assert (seen.can_approve, seen.can_end) == (True, True)
    assert [one.price_words.text("da") for one in seen.elements] == ["59.000 for det hele", "4.000 om dagen"]
    assert [one.provider.text("en") for one in seen.elements] == ["Educational Psychology North", "Skovbrynet"]
    assert not packages(cast.mette, cast.case_id)[0].can_approve


def test_who_does_not_see_the_case_whole_sees_no_package(cast, package_id):
    for who in (cast.sofie, cast.peter):
        with pytest.raises(NotFoundError):
            packages(who, cast.case_id)


def test_says_where_the_child_is_and_was(cast, homes):
    wait_for_place(cast.mette, case_id=cast.case_id, unit_id="hjem_a")
    assert [one.words.text("en")[:14] for one in case_page(cast.mette, cast.case_id).stays] == ["Awaits a place"]

    occupy_place(cast.mette, case_id=cast.case_id, unit_id="hjem_a", on=FIRST)
    leave_place(cast.mette, case_id=cast.case_id, reason=EndReason.AIMS_MET, on=LAST)

    assert [one.words.text("da") for one in case_page(cast.mette, cast.case_id).stays] == [
        "Havde en plads fra 1.1.2027 til 31.1.2027"
    ]


def test_counts_days_of_places_and_of_children(cast, homes):
    occupy_place(cast.mette, case_id=cast.case_id, unit_id="hjem_a", on=date(2026, 12, 20))
    leave_place(cast.mette, case_id=cast.case_id, reason=EndReason.AIMS_MET, on=date(2027, 1, 11))
    occupy_place(cast.mette, case_id=a_case().id, unit_id="hjem_b", on=date(2027, 1, 30))
    waiting = a_case()
    wait_for_place(cast.mette, case_id=waiting.id, unit_id="hjem_b")

    with read() as session:
        ours, theirs = occupancy(session, FIRST, LAST)
        lines = stay_lines(session, FIRST, LAST)
        only = occupancy(session, FIRST, LAST, units=["hjem_b"])

    assert (ours.places, ours.place_days, ours.occupied_days, ours.percent) == (3, 15 * 2 + 16 * 3, 10, 13)
    assert (theirs.is_external, theirs.place_days, theirs.occupied_days, theirs.waiting) == (True, 31, 2, 1)
    assert only == (theirs,)
    assert {(line.case_id, line.is_waiting, line.days) for line in lines} >= {
        (cast.case_id, False, 10),
        (waiting.id, True, 0),
    }


def test_spreads_what_approved_packages_cost_over_their_days(cast, package_id):
    with read() as session:
        assert cost_lines(session, FIRST, LAST) == ()
    approve_package(cast.karin, package_id=package_id)

    with read() as session:
        (january,) = cost_lines(session, FIRST, LAST)
        (march,) = cost_lines(session, date(2027, 3, 1), date(2027, 3, 31))

    assert (january.own, january.external) == (31 * 1_000_00, 10 * 4_000_50)
    assert (march.own, march.external, march.cost) == (0, 4_000_50, 4_000_50)
    assert january.total == 59 * 1_000_00 + 39 * 4_000_50


def test_what_ended_early_costs_no_more(cast, package_id):
    approve_package(cast.karin, package_id=package_id)
    start_package(cast.mette, package_id=package_id)
    end_package(cast.mette, package_id=package_id, reason="sammenbrud", on=date(2027, 1, 22))

    with read() as session:
        (january,) = cost_lines(session, FIRST, LAST)
        (february,) = cost_lines(session, date(2027, 2, 1), date(2027, 2, 28))

    assert (january.own, january.external) == (22 * 1_000_00, 4_000_50)
    assert february.cost == 0
