"""Substitutes: they work on what an absent colleague has taken, under their own name, in their days, and see nothing more."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError, NotFoundError
from casework.model import Escalation, Job, Membership, Notification, Role, TeamMember, UserTask
from casework.operations.claim_user_task import claim_user_task
from casework.operations.complete_user_task import complete_user_task
from casework.operations.end_substitution import end_substitution
from casework.operations.give_back_user_task import give_back_user_task
from casework.operations.name_substitutes import Period, name_substitutes
from casework.operations.raise_due_escalations import raise_due_escalations
from casework.operations.reassign_user_task import reassign_user_task
from casework.operations.save_draft import save_draft
from casework.operations.start_process import start_process
from casework.queries.inbox import inbox
from casework.queries.inbox_position import inbox_position
from casework.queries.journal import journal
from casework.queries.load_actor import load_actor
from casework.queries.me import me
from casework.queries.substitutes_page import substitutes_page, substitutes_today
from casework.queries.task_page import task_page
from tests.diagrams import end, process, start, user
from tests.factories import a_case
from tests.operations.asking import rows, started
from tests.operations.processes import one_after_the_other, release
from tests.operations.test_raise_due_escalations import H24
from tests.services.clock import MONDAY

TODAY = date(2026, 11, 23)
WEEK = Period(TODAY, TODAY + timedelta(days=6))


def cover(cast, *substitutes, absent="mette", by=None, period=WEEK):
    absent = getattr(cast, absent)
    return name_substitutes(
        by or absent, absent_id=absent.id, substitute_ids=[s.id for s in substitutes], period=period
    )


def now(actor):
    """The actor as the next request loads it."""
    return load_actor(actor.id)


def works_in(actor, unit, role=Role.CASEWORKER):
    with transaction() as session:
        session.add(Membership(employee_id=actor.id, unit_id=unit, role=role))


@pytest.fixture
def task(cast):
    """Mette has taken a task of Modtagelsen."""
    release(one_after_the_other("a", "b"))
    task_id = started(cast).task_ids[0]
    claim_user_task(cast.mette, task_id=task_id)
    return task_id


@pytest.fixture
def elsewhere(cast):
    """A task of PPR on a case of the family team, given to Mette by name: only she sees it."""
    return given(cast, "ppr_nord", awaited_by="familiegruppe_nord")


def given(cast, unit, awaited_by=None):
    """A task that Mette has, on a case of Josefine's unit."""
    here = user("her", camunda_candidateGroups="modtagelse")
    release(process(start(), here, end(), flows="start her, her end", name="p2"))
    case = a_case(responsible_unit_id="familiegruppe_nord")
    task_id = start_process(cast.josefine, case_id=case.id, process_id="p2").task_ids[0]
    with transaction() as session:
        row = session.get_one(UserTask, task_id)
        row.claim(cast.mette.id)
        row.unit_id, row.awaited_by_unit_id = unit, awaited_by
    return row


def test_a_substitute_completes_under_the_own_name(cast, task):
    cover(cast, cast.nadia)

    done = complete_user_task(now(cast.nadia), task_id=task, answers={})

    entry = next(e for e in journal(cast.mette, cast.case_id).rows if e.kind == "user_task_completed")
    assert len(done.next_task_ids) == 1
    assert entry.actor == "Nadia Rahimi"
    assert entry.sentence.text("da").endswith("som stedfortræder for Mette Friis Andersen")


def test_the_inbox_shows_and_counts_what_the_colleague_has(cast, task, elsewhere):
    nadia = now(cast.nadia)
    before = inbox(nadia).counts
    cover(cast, cast.nadia)

    nadia = now(cast.nadia)
    page, covered = inbox(nadia), inbox(nadia, view="covered")

    assert (before["all"], before["covered"]) == (1, 0)
    assert page.counts == before | {"all": 2, "covered": 2}
    assert {row.task_id for row in page.rows} == {row.task_id for row in covered.rows} == {task, elsewhere.id}
    assert all(row.is_covered and not row.is_mine and not row.is_waiting for row in covered.rows)
    assert page.stands_in_for == ("Mette Friis Andersen",)
    assert me(nadia).counts.tasks == 2
    assert inbox_position(nadia, elsewhere.id).of == 2
    assert task_page(nadia, elsewhere.id).rights.complete
    assert not task_page(nadia, elsewhere.id).sees_case


def test_what_waits_for_us_at_a_covered_colleague_is_ours_to_do(cast, elsewhere):
    works_in(cast.nadia, "familiegruppe_nord")
    assert inbox(now(cast.nadia)).counts["waiting"] == 1

    cover(cast, cast.nadia)

    assert (inbox(now(cast.nadia)).counts["waiting"], inbox(now(cast.nadia)).counts["all"]) == (0, 1)


def test_before_after_and_once_ended_there_is_nothing(cast, task, elsewhere, clock):
    (named,) = cover(cast, cast.nadia, period=Period(TODAY + timedelta(days=1), TODAY + timedelta(days=2)))

    def reached():
        try:
            return bool(task_page(now(cast.nadia), elsewhere.id))
        except NotFoundError:
            return False

    days = [reached()]
    for _ in range(3):
        clock.advance(days=1)
        days.append(reached())

    assert days == [False, True, True, False]
    with pytest.raises(ForbiddenError):
        complete_user_task(now(cast.nadia), task_id=task, answers={})
    clock.advance(days=-1)
    end_substitution(cast.mette, substitution_id=named)
    assert not reached()


def test_what_lies_in_a_unit_that_the_substitute_does_not_work_in_stays_there(cast):
    works_in(cast.mette, "ppr_nord")
    theirs = given(cast, "ppr_nord")
    cover(cast, cast.nadia)
    cover(cast, cast.peter)

    assert inbox(now(cast.nadia)).counts["covered"] == 0
    with pytest.raises(NotFoundError):
        task_page(now(cast.nadia), theirs.id)
    assert task_page(now(cast.peter), theirs.id).rights.stands_in_for == "Mette Friis Andersen"


def test_who_leaves_the_unit_stands_in_no_more(cast, elsewhere):
    cover(cast, cast.nadia)
    with transaction() as session:
        session.delete(session.get_one(Membership, (cast.nadia.id, "modtagelse_nord")))

    assert now(cast.nadia).covers == frozenset()


def test_nothing_more_than_working_on_it(cast, elsewhere):
    cover(cast, cast.nadia)
    nadia = now(cast.nadia)

    with pytest.raises(ForbiddenError):
        give_back_user_task(nadia, task_id=elsewhere.id)
    with pytest.raises(ForbiddenError):
        reassign_user_task(nadia, task_id=elsewhere.id, employee_id=cast.nadia.id, reason="Min")
    works_in(cast.sofie, "modtagelse_nord")
    cover(cast, cast.sofie, absent="nadia")
    with pytest.raises(NotFoundError):
        task_page(now(cast.sofie), elsewhere.id)  # a substitute's substitute covers nothing of Mette's


def test_who_has_worked_on_the_case_before_is_no_substitute_for_new_eyes(cast):
    release(one_after_the_other("a", ext='<sag:assignment separation="true"/>'))
    task_id = started(cast).task_ids[0]
    claim_user_task(cast.mette, task_id=task_id)
    cover(cast, cast.nadia)
    with transaction() as session:
        member = {"role": "participant", "since": MONDAY, "until": None}
        session.add(TeamMember(case_id=cast.case_id, employee_id=cast.nadia.id, **member))
    nadia = now(cast.nadia)

    assert not task_page(nadia, task_id).rights.complete
    for work in (
        lambda: complete_user_task(nadia, task_id=task_id, answers={}),
        lambda: save_draft(nadia, task_id=task_id, answers={}, draft_version=0),
    ):
        with pytest.raises(ForbiddenError):
            work()


def test_the_substitute_is_told_too(cast, clock):
    release(one_after_the_other("vurder", ext=H24))
    task_id = started(cast, facts={"modtagetTid": MONDAY}).task_ids[0]
    claim_user_task(cast.mette, task_id=task_id)
    cover(cast, cast.nadia)
    clock.advance(hours=12)

    raise_due_escalations(limit=10)

    (escalation,) = rows(select(Escalation))
    assert set(escalation.told) == {str(cast.mette.id), str(cast.nadia.id)}
    assert len([job for job in rows(select(Job)) if job.topic == "notify"]) == 3  # one said that she stands in
    told = rows(select(Notification).where(Notification.employee_id == cast.nadia.id))
    assert sorted(one.kind for one in told) == ["escalation", "substitute"]


def test_a_leaders_substitute_is_told_of_no_unit_where_he_does_not_work(cast, clock):
    works_in(cast.peter, "familieafdeling_nord")
    release(one_after_the_other("vurder", ext=H24))
    claim_user_task(cast.mette, task_id=started(cast, facts={"modtagetTid": MONDAY}).task_ids[0])
    cover(cast, cast.peter, absent="karin")
    clock.advance(hours=20)

    raise_due_escalations(limit=10)

    (escalation,) = rows(select(Escalation))
    assert set(escalation.told) == {str(cast.mette.id), str(cast.karin.id)}


def test_a_leader_names_for_who_is_sick_and_nobody_else_does(cast):
    assert len(cover(cast, cast.nadia, cast.karin, by=cast.karin)) == 2
    assert substitutes_today(cast.karin) == {cast.mette.id: ("Karin Thygesen", "Nadia Rahimi")}
    assert substitutes_today(cast.peter) == {}

    for other in (cast.nadia, cast.peter, cast.sofie, cast.birgit):
        with pytest.raises(NotFoundError):
            cover(cast, cast.nadia, by=other)
        with pytest.raises(NotFoundError):
            substitutes_page(other, cast.mette.id)


def test_again_is_the_same_and_what_cannot_be_is_said_by_field(cast):
    assert cover(cast, cast.nadia) == cover(cast, cast.nadia)

    wrong = [
        ((cast.lars,), WEEK, "substitute_ids"),
        ((cast.mette,), WEEK, "substitute_ids"),
        ((), WEEK, "substitute_ids"),
        ((cast.nadia,), Period(TODAY, TODAY), "substitute_ids"),
        ((cast.nadia,), Period(TODAY - timedelta(days=1), TODAY), "first_day"),
        ((cast.nadia,), Period(TODAY + timedelta(days=1), TODAY), "last_day"),
        ((cast.nadia,), Period(TODAY, TODAY + timedelta(days=400)), "last_day"),
    ]
    for substitutes, period, name in wrong:
        with pytest.raises(InvalidError) as refused:
            cover(cast, *substitutes, period=period)
        assert name in refused.value.fields


def test_the_page_says_who_and_when(cast):
    cover(cast, cast.nadia)

    own, hers = substitutes_page(cast.mette), substitutes_page(cast.nadia)

    assert [row.colleague.name for row in own.substitutes] == ["Nadia Rahimi"]
    assert [(row.colleague.name, row.is_current) for row in hers.covered] == [("Mette Friis Andersen", True)]
    assert [one.name for one in own.colleagues] == ["Karin Thygesen", "Nadia Rahimi"]
