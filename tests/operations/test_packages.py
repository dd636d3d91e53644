"""Packages of measures: planned and priced, approved within a limit, running, changed, ended."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from casework.database import read, transaction
from casework.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from casework.model import (
    ElementKind,
    EndReason,
    JournalEntry,
    Package,
    PackageElement,
    PackageState,
    PriceUnit,
    Unit,
)
from casework.model.approval import approval_limit
from casework.operations.approve_package import approve_package
from casework.operations.change_package import change_package
from casework.operations.end_package import end_package
from casework.operations.packages.planned import PlannedElement
from casework.operations.plan_package import plan_package
from casework.operations.start_package import start_package

START, END = date(2026, 12, 1), date(2027, 2, 28)
THERAPY = PlannedElement(ElementKind.FAMILY, START, END, 1_500_00, PriceUnit.WEEK, unit_id="familiegruppe_nord")
HOME = PlannedElement(
    ElementKind.RESIDENTIAL, START, END, 4_000_00, PriceUnit.DAY, provider="Skovbrynet", is_external=True,
    external_reason="specialviden",
)  # fmt: skip


def planned(cast, *elements, actor=None, **given):
    usual = {"occasion": "indsats", "ramp_step": "4", "budget_account": "forebyggende", "breakdown_risk": 2}
    return plan_package(
        actor or cast.mette, case_id=cast.case_id, elements=elements or (THERAPY, HOME), **{**usual, **given}
    )


def found(package_id):
    with read() as session:
        return session.get_one(Package, package_id)


def limited(unit_id, limit):
    with transaction() as session:
        session.execute(update(Unit).where(Unit.id == unit_id).values(approval_limit=limit))


@pytest.mark.parametrize(
    ("per", "first", "last", "number"),
    [
        (PriceUnit.DAY, date(2026, 12, 1), date(2026, 12, 1), 1),
        (PriceUnit.DAY, date(2027, 2, 1), date(2027, 3, 1), 29),
        (PriceUnit.WEEK, date(2026, 12, 1), date(2026, 12, 7), 1),
        (PriceUnit.WEEK, date(2026, 12, 1), date(2026, 12, 8), 2),
        (PriceUnit.MONTH, date(2026, 12, 15), date(2027, 1, 14), 1),
        (PriceUnit.MONTH, date(2026, 12, 15), date(2027, 1, 15), 2),
        (PriceUnit.MONTH, date(2027, 1, 31), date(2027, 2, 28), 1),
        (PriceUnit.TOTAL, date(2026, 12, 1), date(2028, 12, 1), 1),
    ],
)
def test_a_price_counts_whole_days_and_begun_weeks_and_months(per, first, last, number):
    assert per.number_of(first, last) == number


def test_a_package_is_priced_from_start_to_end(cast):
    package = found(planned(cast, THERAPY, HOME))

    assert (package.state, package.approved_total) == (PackageState.PLANNED, None)
    assert (package.starts_on, package.ends_on) == (START, END)
    assert package.total == 13 * 1_500_00 + 90 * 4_000_00
    with read() as session:
        rows = session.scalars(select(PackageElement).order_by(PackageElement.number)).all()
    assert [(row.provider, row.is_external, row.total) for row in rows] == [
        ("Familiegruppe Nord", False, 19_500_00),
        ("Skovbrynet", True, 360_000_00),
    ]


def test_a_leader_approves_within_the_limit_and_the_one_above_beyond_it(cast):
    limited("familieafdeling_nord", 100_000)
    dear, cheap = planned(cast), planned(cast, THERAPY)

    approve_package(cast.karin, package_id=cheap)
    with pytest.raises(ForbiddenError):
        approve_package(cast.karin, package_id=dear)

    assert (found(cheap).state, found(cheap).approved_by) == (PackageState.APPROVED, "Karin Thygesen")
    assert found(dear).state is PackageState.PLANNED
    with read() as session:
        assert approval_limit(session, "modtagelse_nord") == 100_000
        assert approval_limit(session, "boern_og_familie") is None


def test_who_leads_nobody_approves_nothing(cast):
    package_id = planned(cast, THERAPY)

    with pytest.raises(ForbiddenError):
        approve_package(cast.mette, package_id=package_id)


def test_approving_and_starting_twice_is_doing_it_once(cast):
    package_id = planned(cast, THERAPY)
    for _ in range(2):
        approve_package(cast.karin, package_id=package_id)
    for _ in range(2):
        start_package(cast.mette, package_id=package_id)

    with read() as session:
        kinds = session.scalars(
            select(JournalEntry.kind).where(JournalEntry.kind.like("package%")).order_by(JournalEntry.number)
        ).all()
    assert kinds == ["package_planned", "package_approved", "package_started"]


def test_does_not_start_before_it_is_approved(cast):
    package_id = planned(cast, THERAPY)

    with pytest.raises(ConflictError):
        start_package(cast.mette, package_id=package_id)


def test_a_running_package_that_becomes_dearer_awaits_approval_anew_and_runs_on(cast):
    package_id = planned(cast, THERAPY)
    approve_package(cast.karin, package_id=package_id)
    start_package(cast.mette, package_id=package_id)

    change_package(cast.mette, package_id=package_id, elements=[THERAPY, HOME], reason="Barnet skal bo der.")

    changed = found(package_id)
    assert (changed.state, changed.unapproved) == (PackageState.RUNNING, 360_000_00)
    approve_package(cast.karin, package_id=package_id)
    assert found(package_id).unapproved == 0
    with read() as session:
        entry = session.scalars(select(JournalEntry).where(JournalEntry.kind == "package_changed")).one()
    assert [one["provider"] for one in entry.details["before"]] == ["Familiegruppe Nord"]
    assert (entry.details["total_before"], entry.details["reason"]) == (19_500_00, "Barnet skal bo der.")


def test_an_approved_package_that_becomes_dearer_is_planned_again_and_a_cheaper_one_stays(cast):
    package_id = planned(cast, HOME)
    approve_package(cast.karin, package_id=package_id)

    change_package(cast.mette, package_id=package_id, elements=[THERAPY], reason="Mindre er nok.")
    assert found(package_id).state is PackageState.APPROVED

    change_package(cast.mette, package_id=package_id, elements=[HOME, THERAPY], reason="Nej.")
    assert found(package_id).state is PackageState.PLANNED


def test_ends_with_a_reason_and_a_day(cast):
    package_id = planned(cast, THERAPY)
    approve_package(cast.karin, package_id=package_id)
    start_package(cast.mette, package_id=package_id)

    with pytest.raises(InvalidError):
        end_package(cast.mette, package_id=package_id, on=date(2027, 1, 5))
    end_package(cast.mette, package_id=package_id, reason=EndReason.BREAKDOWN, on=date(2027, 1, 5))

    ended = found(package_id)
    assert (ended.state, ended.ended_on, ended.end_reason) == (
        PackageState.ENDED,
        date(2027, 1, 5),
        EndReason.BREAKDOWN,
    )
    with pytest.raises(ConflictError):
        change_package(cast.mette, package_id=package_id, elements=[HOME], reason="For sent.")


def test_what_never_began_is_dropped_without_a_reason(cast):
    package_id, accepted = planned(cast, THERAPY), planned(cast, THERAPY)
    approve_package(cast.karin, package_id=accepted)
    start_package(cast.mette, package_id=accepted)

    end_package(cast.mette, package_id=package_id)
    end_package(cast.mette, package_id=accepted, on=date(2026, 11, 30))

    assert found(package_id).state is found(accepted).state is PackageState.DROPPED


@pytest.mark.parametrize(
    ("element", "field"),
    [
        (PlannedElement(ElementKind.DAY, END, START, 1, PriceUnit.DAY, unit_id="ppr_nord"), "ends_on"),
        (PlannedElement(ElementKind.DAY, START, END, -1, PriceUnit.DAY, unit_id="ppr_nord"), "price"),
        (PlannedElement(ElementKind.DAY, START, END, 1, PriceUnit.DAY, unit_id="ingen"), "unit_id"),
        (PlannedElement(ElementKind.DAY, START, END, 1, PriceUnit.DAY, provider=" "), "provider"),
        (
            PlannedElement(ElementKind.DAY, START, END, 1, PriceUnit.DAY, provider="X", is_external=True),
            "external_reason",
        ),
    ],
)
def test_refuses_elements_that_cannot_be_and_names_them(cast, element, field):
    with pytest.raises(InvalidError) as refused:
        planned(cast, THERAPY, element)

    assert set(refused.value.fields) == {f"elements.1.{field}"}
    with read() as session:
        assert session.scalars(select(Package)).all() == []


def test_refuses_a_package_of_nothing_and_one_changed_meanwhile(cast):
    with pytest.raises(InvalidError):
        plan_package(
            cast.mette, case_id=cast.case_id, occasion="indsats", ramp_step="4", budget_account="x", elements=[]
        )
    package_id = planned(cast, THERAPY)
    with pytest.raises(ConflictError):
        change_package(cast.mette, package_id=package_id, elements=[HOME], reason="Nej.", version=7)


def test_other_departments_neither_see_nor_change_it(cast):
    package_id = planned(cast, THERAPY)

    for who in (cast.sofie, cast.peter):
        with pytest.raises(NotFoundError):
            end_package(who, package_id=package_id)
        with pytest.raises(NotFoundError):
            planned(cast, THERAPY, actor=who)
