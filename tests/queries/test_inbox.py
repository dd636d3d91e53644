"""The inbox: what is in it, in which order, how it is counted, and for whom."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.errors import InvalidError
from casework.model import Actor, UserTaskState
from casework.queries.inbox import inbox
from tests.factories import a_case, a_deadline, a_process_version, a_task, an_instance

NOW = datetime(2026, 11, 26, 8, 14, tzinfo=UTC)  # Thursday, 09.14 in Copenhagen


@pytest.fixture(autouse=True)
def _thursday(clock):
    clock.move_to(NOW)


def _due(**ago):
    return NOW - timedelta(**ago)


def test_sorts_by_deadline_and_puts_what_has_none_last(cast):
    without = a_task(cast.case_id)
    later = a_task(cast.case_id, due_at=_due(days=-3))
    first = a_task(cast.case_id, due_at=_due(hours=9))

    page = inbox(cast.mette)

    assert [row.task_id for row in page.rows] == [first.id, later.id, without.id]


def test_a_row_says_all_that_the_page_shows(cast):
    deadline = a_deadline(cast.case_id, starts_at=NOW - timedelta(hours=20), due_at=_due(hours=-4, minutes=-26))
    a_task(
        cast.case_id,
        instance_id=deadline.instance_id,
        deadline_id=deadline.id,
        due_at=deadline.due_at,
        due_class="LOV",
        assignee=cast.nadia,
    )

    (row,) = inbox(cast.mette).rows

    assert row.name.text("da") == "Vurdér barnets sikkerhed (24 timer)"
    assert (row.child.name, row.child.age, row.child.is_protected) == ("Emil Brandt Lauritsen", 12, True)
    assert row.child.masked_cpr == "140314-••••"
    assert row.case_number == "S-2026-0417"
    assert row.due.words.text("da") == "13.40 · om 4 t 26 min"
    assert row.due.state == "soon"
    assert row.due.is_law
    assert row.unit.name.text("en") == "Intake North"
    assert row.assignee.name == "Nadia Rahimi"
    assert row.process.text("da") == "Fra henvendelse til undersøgelse"
    assert (row.state, row.is_mine, row.is_waiting, row.may_claim) == ("claimed", False, False, False)


def test_counts_views_and_groups_by_the_same_conditions_as_the_rows(cast):
    for hours in (9, 50):
        a_task(cast.case_id, due_at=_due(hours=hours))
    a_task(cast.case_id, due_at=_due(hours=-2), assignee=cast.mette)
    a_task(cast.case_id, due_at=datetime(2026, 11, 27, 22, 59, 59, tzinfo=UTC), assignee=cast.nadia)
    a_task(cast.case_id, due_at=datetime(2026, 12, 3, 22, 59, 59, tzinfo=UTC))
    a_task(cast.case_id, due_at=datetime(2026, 12, 4, 11, 0, tzinfo=UTC))
    a_task(cast.case_id)

    everything = inbox(cast.mette)

    expected = {
        "all": 7,
        "overdue": 2,
        "today": 1,
        "soon": 3,
        "unclaimed": 5,
        "waiting": 0,
        "mine": 1,
        "aside": 0,
        "covered": 0,
    }
    assert everything.counts == expected
    assert {view: len(inbox(cast.mette, view=view).rows) for view in expected} == expected
    assert [(group.key, group.count, len(group.rows)) for group in everything.groups] == [
        ("overdue", 2, 2),
        ("today", 1, 1),
        ("tomorrow", 1, 1),
        ("next_week", 2, 2),
        ("none", 1, 1),
    ]
    assert inbox(cast.mette, view="overdue").counts == expected


def test_a_group_counts_what_is_on_later_pages_too(cast):
    for minutes in range(5):
        a_task(cast.case_id, due_at=_due(hours=1, minutes=minutes))

    page = inbox(cast.mette, limit=2)

    assert [(group.count, len(group.rows)) for group in page.groups] == [(5, 2)]


def test_pages_by_cursor_without_loss_or_repetition_while_tasks_come_and_go(cast):
    same_instant = [a_task(cast.case_id, due_at=_due(hours=1)).id for _ in range(5)]
    first = inbox(cast.mette, limit=2)
    a_task(cast.case_id, due_at=_due(hours=5))

    second = inbox(cast.mette, limit=2, cursor=first.next_cursor)
    third = inbox(cast.mette, limit=2, cursor=second.next_cursor)

    seen = [row.task_id for page in (first, second, third) for row in page.rows]
    assert seen == sorted(same_instant)
    assert third.next_cursor is None


def test_leaves_out_what_is_done(cast):
    a_task(cast.case_id, state=UserTaskState.COMPLETED)
    a_task(cast.case_id, state=UserTaskState.WITHDRAWN)

    page = inbox(cast.mette)

    assert page.rows == ()
    assert page.counts["all"] == 0


def test_shows_what_another_unit_does_on_our_case_as_waiting(cast):
    a_task(
        cast.case_id,
        unit_id="ppr_nord",
        lane="ppr",
        awaited_by_unit_id="modtagelse_nord",
        due_at=_due(days=-5),
        assignee=cast.peter,
    )

    ours, theirs = inbox(cast.mette), inbox(cast.peter)

    assert [(row.is_waiting, row.due.state, row.may_claim) for row in ours.rows] == [(True, "waiting", False)]
    assert ours.counts["waiting"] == 1
    assert ours.counts["unclaimed"] == 0
    assert [(row.is_waiting, row.is_mine) for row in theirs.rows] == [(False, True)]
    assert theirs.counts["waiting"] == 0


def test_shows_what_was_given_to_me_in_a_unit_where_i_do_not_work(cast):
    mine = a_task(cast.case_id, unit_id="familiegruppe_nord", awaited_by_unit_id="modtagelse_nord", assignee=cast.mette)

    page = inbox(cast.mette)

    assert [(row.task_id, row.is_mine, row.is_waiting) for row in page.rows] == [(mine.id, True, False)]
    assert page.counts["all"] == 1


def test_a_leader_sees_own_work_and_a_led_unit_on_request(cast):
    a_task(cast.case_id)
    own = a_task(cast.case_id, unit_id="familieafdeling_nord", lane="teamleder")

    assert [row.task_id for row in inbox(cast.karin).rows] == [own.id]
    assert inbox(cast.karin, unit="modtagelse_nord").counts["all"] == 1
    assert {unit.id for unit in inbox(cast.karin).units} == cast.karin.led_units


def test_filters_by_process_deadline_class_and_child_or_case(cast):
    version = a_process_version(name="Ny underretning", is_startable=True)
    other = a_case(child="Øjvind Åkjær")
    wanted = a_task(
        other.id, instance_id=an_instance(other.id, version_row=version).id, due_at=_due(days=-1), due_class="LOKAL"
    )
    a_task(cast.case_id, due_at=_due(days=-1), due_class="LOV")

    for chosen in (
        {"process": version.process_id},
        {"due_class": "LOKAL"},
        {"text": "øjvind"},
        {"text": other.number},
    ):
        page = inbox(cast.mette, **chosen)
        assert [row.task_id for row in page.rows] == [wanted.id], chosen
        assert page.counts["all"] == 1, chosen
    assert version.process_id in dict(inbox(cast.mette).processes)


def test_text_with_wildcards_finds_nothing_by_accident(cast):
    a_task(cast.case_id)

    assert inbox(cast.mette, text="%").rows == ()
    assert inbox(cast.mette, text="_mil").rows == ()


def test_refuses_a_cursor_that_is_not_ours(cast):
    for cursor in ("x", "W10", "WyIyMDI2Il0", "////"):
        with pytest.raises(InvalidError) as refused:
            inbox(cast.mette, cursor=cursor)
        assert "cursor" in refused.value.fields


def test_shows_nobody_else_anything(cast):
    a_task(cast.case_id)
    a_task(cast.case_id, assignee=cast.mette)

    for outsider in (cast.sofie, cast.peter, cast.birgit, cast.anders, cast.torben):
        page = inbox(outsider)
        assert page.rows == ()
        assert set(page.counts.values()) == {0}
        assert inbox(outsider, unit="modtagelse_nord").counts["all"] == 0


def test_another_system_sees_its_units_tasks_or_all(cast):
    ours = a_task(cast.case_id)
    theirs = a_task(cast.case_id, unit_id="ppr_nord")
    of_ppr = Actor(id=cast.peter.id, name="Skolesystemet", kind="service", units=frozenset({"ppr_nord"}))
    of_all = Actor(id=cast.peter.id, name="Ledelsestal", kind="service", sees_all_cases=True)

    assert [row.task_id for row in inbox(of_ppr).rows] == [theirs.id]
    assert {row.task_id for row in inbox(of_all).rows} == {ours.id, theirs.id}
    assert inbox(of_all, unit="ppr_nord").counts["all"] == 1


def test_tells_the_group_and_the_rule_in_both_languages(cast):
    a_task(cast.case_id, due_at=datetime(2026, 11, 27, 22, 59, 59, tzinfo=UTC))

    (group,) = inbox(cast.mette).groups

    assert group.name.text("da") == "I morgen, den 27. november"
    assert group.name.text("en") == "Tomorrow, 27 November"
