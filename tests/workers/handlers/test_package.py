"""Topics `package` and `place`: what diagrams ask of a child's package of measures and of its place."""

from __future__ import annotations

from datetime import date
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select, update

from casework.database import read, transaction
from casework.model import Case, EndReason, Package, PackageState, PlaceStay, StayState, Unit
from tests.factories import an_instance
from tests.processes.answers import filled
from tests.processes.project import form
from tests.processes.walker import OPEN
from tests.queries.walked import a_submission
from workers.failures import PermanentError
from workers.handlers.package import package
from workers.handlers.place import place

ROW = {
    "enhed": "ppr_nord",
    "leverandoer": None,
    "egenEkstern": "egen",
    "start": "2026-11-16",
    "slut": "2026-11-29",
    "enhedspris": 1250.5,
    "prisPer": "uge",
}


@pytest.fixture
def put_together(cast):
    """An instance in which the board has filled in F13, and Karin has said yes in F13g."""
    instance = an_instance(cast.case_id)
    answers = filled(form("F13"), Random(1), now=OPEN, known={})
    answers["elementer"] = [{**answers["elementer"][0], **ROW}]
    a_submission(cast.case_id, "F13", answers, instance_id=instance.id)
    yes = {"afgoerelse": "godkend"}
    a_submission(cast.case_id, "F13g", yes, instance_id=instance.id, submitted_by="Karin Thygesen")
    return instance.id


def found(package_id):
    with read() as session:
        return session.scalars(select(Package).where(Package.id == package_id)).one()


def test_plans_what_the_form_says_once_and_tells_price_and_limit(cast, claimed, put_together):
    with transaction() as session:
        session.execute(update(Unit).where(Unit.id == "familieafdeling_nord").values(approval_limit=400_000))

    job = claimed("package", cast.case_id, put_together, action="plan", occasion="anbringelse")
    first, again = package(job), package(job)

    assert first == again
    assert (first["price"], first["limit"]) == (2501, 400_000)
    with read() as session:
        planned = session.scalars(select(Package)).one()
    assert (str(planned.id), planned.occasion, planned.planned_by) == (
        first["id"],
        "anbringelse",
        "Mette Friis Andersen",
    )


def test_goes_through_its_life_and_names_who_approved(cast, claimed, put_together):
    told = package(claimed("package", cast.case_id, put_together, action="plan"))
    for action, reason in (("approve", None), ("start", None), ("end", "planlagt_overgang")):
        package(claimed("package", cast.case_id, put_together, action=action, package_id=told["id"], reason=reason))

    ended = found(UUID(told["id"]))
    assert (ended.state, ended.approved_by, ended.end_reason) == (
        PackageState.ENDED,
        "Karin Thygesen",
        EndReason.PLANNED,
    )


@pytest.mark.parametrize(
    "inputs",
    [{"action": "approve"}, {"action": "start", "package_id": "x"}, {}, {"action": "end", "package_id": str(OPEN)}],
)
def test_what_a_job_does_not_say_is_an_incident(cast, claimed, put_together, inputs):
    with pytest.raises(PermanentError):
        package(claimed("package", cast.case_id, put_together, **inputs))


def test_without_the_form_there_is_nothing_to_plan(cast, claimed):
    with pytest.raises(PermanentError, match="F13"):
        package(claimed("package", cast.case_id, an_instance(cast.case_id).id, action="plan"))


def test_a_place_is_that_of_the_unit_chosen_on_the_case(cast, claimed):
    with transaction() as session:
        for unit_id in ("hjem_a", "hjem_b"):
            session.add(Unit(id=unit_id, name=unit_id, name_en=unit_id, path=f"/{unit_id}/", lane="anbringelsessted"))
        session.get_one(Case, cast.case_id).facts = {"enheder": {"anbringelsessted": "hjem_b"}}

    place(claimed("place", cast.case_id, action="wait"))
    moved_in = place(claimed("place", cast.case_id, action="occupy", on=date(2026, 12, 1)))
    place(claimed("place", cast.case_id, action="leave", on=date(2027, 2, 1), reason="sammenbrud"))

    assert (moved_in["unit"], moved_in["overbooked"]) == ("hjem_b", False)
    with read() as session:
        stay = session.scalars(select(PlaceStay)).one()
    assert (stay.state, stay.starts_on, stay.ends_on, stay.end_reason) == (
        StayState.LEFT,
        date(2026, 12, 1),
        date(2027, 2, 1),
        EndReason.BREAKDOWN,
    )


def test_a_day_before_the_child_came_counts_as_that_day(cast, claimed):
    place(claimed("place", cast.case_id, action="occupy", unit="ppr", on=date(2026, 12, 1)))
    place(claimed("place", cast.case_id, action="leave", on=date(2026, 11, 1)))

    with read() as session:
        stay = session.scalars(select(PlaceStay)).one()
    assert (stay.unit_id, stay.starts_on, stay.ends_on) == ("ppr_nord", date(2026, 12, 1), date(2026, 12, 1))


def test_a_job_that_does_not_say_what_is_an_incident(cast, claimed):
    with pytest.raises(PermanentError, match="place"):
        place(claimed("place", cast.case_id))
