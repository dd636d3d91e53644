"""A hand-off that nobody answers is told to the leaders of both units, once."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from casework.database import transaction
from casework.model import Handoff, Job, Membership, Notification, Role, Unit
from casework.operations.accept_handoff import accept_handoff
from casework.operations.decline_handoff import decline_handoff
from casework.operations.name_substitutes import Period, name_substitutes
from casework.operations.offer_handoff import offer_handoff
from casework.operations.raise_late_handoffs import raise_late_handoffs
from tests.factories import a_handoff, an_instance
from tests.operations.asking import kinds, one, rows


def test_the_leaders_are_told_once_when_the_date_has_passed(cast, clock):
    handoff = a_handoff(cast.case_id, to_unit_id="familiegruppe_nord")
    assert raise_late_handoffs() == 0
    clock.move_to(handoff.due_at)
    clock.advance(seconds=1)

    assert raise_late_handoffs() == 1
    assert raise_late_handoffs() == 0

    assert [row.employee_id for row in rows(select(Notification))] == [cast.karin.id]
    assert kinds(cast.case_id) == ["handoff_late"]
    assert one(Handoff).state == "offered"


def test_what_was_answered_or_is_watched_by_a_process_is_left_alone(cast, clock):
    accept_handoff(cast.peter, handoff_id=a_handoff(cast.case_id).id)
    a_handoff(cast.case_id, instance_id=an_instance(cast.case_id).id)
    clock.advance(days=30)

    assert raise_late_handoffs() == 0


def test_it_can_still_be_accepted_after_that(cast, clock):
    handoff = a_handoff(cast.case_id)
    clock.advance(days=30)
    raise_late_handoffs()

    assert accept_handoff(cast.peter, handoff_id=handoff.id, version=1).state == "accepted"


def test_who_stands_in_for_a_leader_is_told_too(cast, clock):
    with transaction() as session:
        session.add(Membership(employee_id=cast.nadia.id, unit_id="familieafdeling_nord", role=Role.CASEWORKER))
        session.add(Membership(employee_id=cast.josefine.id, unit_id="familieafdeling_nord", role=Role.CASEWORKER))
    month = Period(date(2026, 11, 23), date(2026, 12, 23))
    for substitute in (cast.nadia, cast.josefine):  # Josefine works in none of the units that it is about
        name_substitutes(cast.karin, absent_id=cast.karin.id, substitute_ids=[substitute.id], period=month)
    handoff = a_handoff(cast.case_id)
    clock.move_to(handoff.due_at)
    clock.advance(seconds=1)

    raise_late_handoffs()

    late = select(Notification).where(Notification.kind == "handoff")
    assert {row.employee_id for row in rows(late)} == {cast.karin.id, cast.nadia.id} == mailed()


def mailed():
    jobs = rows(select(Job).where(Job.topic == "notify"))
    return {UUID(job.inputs["employee_id"]) for job in jobs if job.inputs["kind"] == "handoff"}


def test_the_leader_of_the_unit_it_falls_back_to_is_told_of_a_refusal_and_of_silence(cast, clock):
    with transaction() as session:
        session.add(Unit(id="visitation", name="Visitation", name_en="Referral board", path="/visitation/"))
        session.flush()
        session.add(Membership(employee_id=cast.nadia.id, unit_id="visitation", role=Role.TEAM_LEADER))
        session.get_one(Unit, "modtagelse_nord").fallback_id = "visitation"
    refused, silent = (
        offer_handoff(
            cast.mette,
            case_id=cast.case_id,
            to_unit_id="ppr_nord",
            subject="Skoletilbud",
            purpose="Vurdér støtten.",
            data_classes=["risiko"],
            legal_basis="fvl28",
        )
        for _ in range(2)
    )
    decline_handoff(cast.peter, handoff_id=refused, reason="Vi mangler skolens beskrivelse.")
    clock.advance(days=30)
    raise_late_handoffs()

    told = select(Notification.handoff_id).where(Notification.employee_id == cast.nadia.id)
    assert set(rows(told)) == {refused, silent}
