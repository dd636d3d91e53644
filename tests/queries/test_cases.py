"""Lists and search: what is found, and for whom."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casework import crypto
from casework.database import transaction
from casework.errors import InvalidError
from casework.model import CaseState, Person, TeamMember
from casework.queries.cases import cases
from casework.queries.search import search
from tests.cast import EMIL_CPR
from tests.factories import a_case, a_handoff, a_task, an_instance, save

NOW = datetime(2026, 11, 26, 8, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _thursday(clock):
    clock.move_to(NOW)


def _numbers(found):
    return [row.number for row in found.rows]


def test_a_row_says_what_stands_and_who_answers(cast):
    instance = an_instance(cast.case_id)
    a_task(cast.case_id, instance_id=instance.id, due_at=NOW - timedelta(hours=1))
    a_task(cast.case_id, instance_id=instance.id)

    (row,) = cases(cast.mette).rows

    assert (row.number, row.child.name, row.state, row.is_whole) == (
        "S-2026-0417",
        "Emil Brandt Lauritsen",
        "open",
        True,
    )
    assert row.responsible_unit.name.text("da") == "Modtagelsen Nord"
    assert row.open_tasks == 2
    assert row.next_due.words.text("da") == "1 t 0 min over"
    assert [name.text("da") for name in row.processes] == ["Fra henvendelse til undersøgelse"]


def test_filters_by_text_state_and_unit(cast):
    closed = a_case(child="Clara Vestergaard", state=CaseState.CLOSED)
    moved = a_case(child="Noah Elkjær", responsible_unit_id="familiegruppe_nord")

    assert _numbers(cases(cast.mette)) == ["S-2026-0417"]
    assert _numbers(cases(cast.mette, state="closed")) == [closed.number]
    assert set(_numbers(cases(cast.karin, state="all"))) == {"S-2026-0417", closed.number, moved.number}
    assert _numbers(cases(cast.karin, unit="familiegruppe_nord")) == [moved.number]
    assert _numbers(cases(cast.karin, text="elkj")) == [moved.number]
    assert _numbers(cases(cast.karin, text="0417")) == ["S-2026-0417"]
    assert {unit.id for unit in cases(cast.karin).units} == {"modtagelse_nord", "familiegruppe_nord"}


def test_pages_newest_first(cast):
    numbers = [a_case(opened_at=NOW - timedelta(minutes=minutes)).number for minutes in range(4)]

    first = cases(cast.mette, limit=3)
    second = cases(cast.mette, limit=3, cursor=first.next_cursor)

    assert _numbers(first) + _numbers(second) == [*numbers, "S-2026-0417"]
    assert (first.total, second.total, second.next_cursor) == (5, 5, None)


def test_who_has_nothing_to_do_with_a_case_finds_nothing(cast):
    a_task(cast.case_id)

    for outsider in (cast.sofie, cast.peter, cast.lars, cast.birgit, cast.anders, cast.torben):
        assert cases(outsider, state="all").total == 0
        assert cases(outsider, state="all").units == ()
        found = search(outsider, "Emil")
        assert (found.cases, found.tasks) == ((), ())
        assert search(outsider, EMIL_CPR).cases == ()
        assert search(outsider, "S-2026-0417").cases == ()


def test_the_team_sees_the_case_for_as_long_as_it_is_the_team(cast):
    member = TeamMember(case_id=cast.case_id, employee_id=cast.lars.id, role="caseworker", since=NOW)
    save(member)
    save(TeamMember(case_id=cast.case_id, employee_id=cast.peter.id, role="participant", since=NOW, until=NOW))

    assert cases(cast.lars).rows[0].is_whole
    assert cases(cast.peter).total == 0


def test_an_accepted_hand_off_shows_the_case_in_part(cast):
    a_task(cast.case_id)
    own = a_task(cast.case_id, unit_id="ppr_nord")
    a_handoff(cast.case_id, state="offered")

    assert cases(cast.peter).total == 0

    a_handoff(cast.case_id, state="accepted")
    (row,) = cases(cast.peter).rows

    assert (row.is_whole, row.open_tasks, row.processes) == (False, 1, ())
    assert [task.task_id for task in search(cast.peter, "Vurdér").tasks] == [own.id]


def test_a_team_of_one_case_opens_no_count_of_another(cast):
    a_task(cast.case_id)
    a_handoff(cast.case_id, state="accepted")
    other = a_case()
    save(TeamMember(case_id=other.id, employee_id=cast.peter.id, role="participant", since=NOW))

    assert {row.number: row.open_tasks for row in cases(cast.peter).rows} == {"S-2026-0417": 0, other.number: 0}


def test_finds_cases_and_tasks_by_name_number_and_task(cast):
    task = a_task(cast.case_id)

    assert [row.number for row in search(cast.mette, "brandt").cases] == ["S-2026-0417"]
    assert [row.task_id for row in search(cast.mette, "brandt").tasks] == [task.id]
    assert [row.task_id for row in search(cast.mette, "safety").tasks] == [task.id]
    assert [row.number for row in search(cast.mette, "2026-0417").cases] == ["S-2026-0417"]
    assert search(cast.mette, "x").cases == ()


def test_finds_by_a_whole_cpr_number_only_and_puts_it_on_record_masked(cast):
    a_case(child="Lillebror", birth_date=date(2020, 1, 1))

    for written in (EMIL_CPR, f"{EMIL_CPR[:6]}-{EMIL_CPR[6:]}"):
        found = search(cast.mette, written)
        assert [row.number for row in found.cases] == ["S-2026-0417"]
        assert found.text == "140314-••••"
    assert search(cast.mette, EMIL_CPR[:6]).cases == ()
    assert cases(cast.mette, text=EMIL_CPR).text == "140314-••••"
    assert _numbers(cases(cast.mette, text=EMIL_CPR)) == ["S-2026-0417"]


@pytest.mark.parametrize("mask", ["140314-••••", " 140314-xxxx", "140314••••", "140314-****"])
def test_the_mask_as_pages_show_it_finds_who_was_born_that_day(cast, mask):
    a_case(child="Lillebror", birth_date=date(2014, 3, 15))

    assert _numbers(cases(cast.mette, text=mask)) == ["S-2026-0417"]
    assert cases(cast.mette, text=mask).text == mask.strip()
    assert [row.number for row in search(cast.mette, mask).cases] == ["S-2026-0417"]
    assert _numbers(cases(cast.sofie, text=mask)) == []
    assert _numbers(cases(cast.mette, text="310214-••••")) == []


def test_a_relatives_number_finds_the_childs_case(cast):
    number = "0101804321"
    with transaction() as session:
        session.get_one(Person, cast.mother_id).cpr_index = crypto.blind_index(number, "person.cpr")

    assert [row.number for row in search(cast.mette, number).cases] == ["S-2026-0417"]


def test_refuses_a_broken_cursor(cast):
    with pytest.raises(InvalidError):
        cases(cast.mette, cursor="zzz")
