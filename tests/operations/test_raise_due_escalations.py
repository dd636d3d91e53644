"""E1 tells who has the task, E2 the leader too, E3 the level above too; each once, and the duty goes on."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from casework.database import transaction
from casework.model import DeadlineState, Employee, Escalation, Job, Membership, Notification, Role
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.correct_fact import correct_fact
from casework.operations.raise_due_escalations import raise_due_escalations
from tests.operations.asking import deadline, kinds, rows, started
from tests.operations.processes import one_after_the_other, release
from tests.services.clock import MONDAY

H24 = '<sag:deadline key="d" class="LOV" duration="PT24H" calendar="elapsed" start="=modtagetTid"/>'


def begin(cast, ext=H24):
    release(one_after_the_other("vurder", ext=ext))
    return started(cast, facts={"modtagetTid": MONDAY}).task_ids[0]


def told(cast):
    """Who has been told so far, by level."""
    names = {str(getattr(cast, name).id): name for name in ("mette", "nadia", "lars", "karin", "josefine")}
    return {e.level: sorted(names[i] for i in e.told) for e in rows(select(Escalation).order_by(Escalation.raised_at))}


def test_at_half_of_the_time_the_unit_is_told_when_nobody_has_taken_it(cast, clock):
    begin(cast)
    clock.advance(hours=12)

    assert raise_due_escalations(limit=10) == 1
    assert raise_due_escalations(limit=10) == 0

    assert told(cast) == {1: ["mette", "nadia"]}
    assert deadline("d").state is DeadlineState.RUNNING
    assert kinds(cast.case_id)[-1] == "escalation_raised"


def test_who_has_taken_the_task_is_told_alone(cast, clock):
    claim_user_task(cast.mette, task_id=begin(cast))
    clock.advance(hours=12)

    raise_due_escalations(limit=10)

    assert told(cast) == {1: ["mette"]}
    assert [n.level for n in rows(select(Notification))] == [1]
    assert [job.topic for job in rows(select(Job))] == ["notify"]


def test_the_ladder_climbs_the_tree_of_units(cast, clock):
    claim_user_task(cast.mette, task_id=begin(cast))
    make_leader(cast.josefine.id, "boern_og_familie")

    for hours in (12, 7.5, 5):
        clock.advance(hours=hours)
        raise_due_escalations(limit=10)

    assert told(cast) == {1: ["mette"], 2: ["karin", "mette"], 3: ["josefine", "karin", "mette"]}
    assert deadline("d").next_escalation_at is None


def make_leader(employee_id, unit_id):
    with transaction() as session:
        session.add(Membership(employee_id=employee_id, unit_id=unit_id, role=Role.TEAM_LEADER))


def test_of_levels_that_come_at_once_the_highest_is_raised(cast, clock):
    begin(cast)
    clock.advance(days=3)

    assert raise_due_escalations(limit=10) == 1

    assert list(told(cast)) == [3]


def test_nobody_is_told_of_what_is_done(cast, clock):
    complete_user_task(cast.mette, task_id=begin(cast), answers={})
    clock.advance(hours=20)

    assert raise_due_escalations(limit=10) == 0


def test_a_reminder_has_one_rung(cast, clock):
    begin(cast, '<sag:deadline key="d" class="INTERN" duration="PT24H" calendar="elapsed"/>')
    clock.advance(hours=23)
    before = raise_due_escalations(limit=10)
    clock.advance(hours=1)

    assert (before, raise_due_escalations(limit=10)) == (0, 1)
    assert list(told(cast)) == [1]


def test_a_deadline_that_moved_later_escalates_anew(cast, clock):
    begin(cast)
    clock.advance(hours=30)
    raise_due_escalations(limit=10)
    later = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

    correct_fact(cast.mette, case_id=cast.case_id, name="modtagetTid", value=later, reason="Modtaget dagen efter")
    clock.move_to(later + timedelta(hours=24))
    raise_due_escalations(limit=10)

    assert [e.level for e in rows(select(Escalation).order_by(Escalation.raised_at))] == [3, 3]


def test_who_no_longer_works_here_is_not_told(cast, clock):
    claim_user_task(cast.mette, task_id=begin(cast))
    with transaction() as session:
        session.get_one(Employee, cast.mette.id).is_active = False
    clock.advance(hours=12)

    raise_due_escalations(limit=10)

    assert told(cast) == {1: ["nadia"]}
