"""A draft played by chance beside the released version: a shorter deadline is missed more often, and that is said."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from casework.calendar import add_working_days, due
from casework.config import TIME_ZONE
from casework.errors import InvalidError
from casework.operations.keep_element_history import keep_element_history
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.try_out.chances import chances
from tests import diagrams as d
from tests.factories import a_deadline, a_task, an_instance
from tests.operations.drafting import DIAGRAM
from tests.operations.processes import release
from tests.try_out.drawing import FORMS, drawn


@pytest.fixture
def draft(cast):
    release(drawn(), forms=FORMS)
    draft = start_process_draft(cast.birgit, process_id="p")
    save_draft_file(cast.birgit, process_draft_id=draft, kind=DIAGRAM, key="p", content=drawn("P1D"), revision=0)
    return draft


def test_a_shorter_deadline_is_missed_more_often(cast, draft):
    made = chances(cast.birgit, draft, runs=100, seed=1)

    (pair,) = made.deadlines
    assert pair.is_worse is True
    assert (pair.draft.rule.duration, pair.released.rule.duration) == ("P1D", "P6D")
    assert made.load[0].lane == "modtagelse"
    assert (made.load[0].draft, made.load[0].weekly) == (made.load[0].released, 0.0)
    assert [name.danish for name in made.assumed_names] == ["A", "B"]
    assert made == chances(cast.birgit, draft, runs=100, seed=1)


def test_refuses_what_is_not_offered(cast, draft):
    with pytest.raises(InvalidError):
        chances(cast.birgit, draft, runs=100_000, seed=1)


@pytest.mark.parametrize("start", ["", "=planlagtStart"])
def test_a_release_is_as_late_by_chance_as_it_was(cast, clock, start):
    """17 tasks that began on every day of the week; some deadlines counted from another day than the task began on."""
    clock.move_to(datetime(2026, 11, 26, 9, tzinfo=TIME_ZONE))
    release(_with_deadline(start), forms=FORMS)
    late = [_a_past_task(cast, number, start) for number in range(17)]
    keep_element_history()
    draft = start_process_draft(cast.birgit, process_id="p")

    made = chances(cast.birgit, draft, runs=500, seed=1)

    (pair,) = made.deadlines
    share = sum(late) / 17
    assert (pair.seen.count, pair.seen.late) == (17, sum(late))
    assert 0 < share < 1
    assert pair.draft.late == pytest.approx(share, abs=0.08)
    assert (pair.draft.observations, made.draft.moved, made.assumed_names) == (17, frozenset(), ())
    assert pair.draft.low < share < pair.draft.high


def _with_deadline(start):
    rule = f'<sag:deadline key="lov" class="LOKAL" duration="P3D" calendar="working-days" start="{start}" law="bl136"/>'
    task = d.user("a", ext=rule, camunda_candidateGroups="modtagelse", camunda_formKey="X01")
    return d.process(d.start(), task, d.end(), flows="start a, a end")


def _a_past_task(cast, number, start):
    """Done after none to four working days; whether that was late."""
    day = date(2026, 9, 1) + timedelta(days=4 * number)
    began = datetime.combine(add_working_days(day, 1), time(8 + number % 7), TIME_ZONE)
    done = add_working_days(began.date(), number % 5)
    ended = max(began + timedelta(minutes=20), datetime.combine(done, time(15), TIME_ZONE))
    counts = began - timedelta(days=2 + number % 3) if start else began
    case, instance = cast.case_id, an_instance(cast.case_id, process_id="p", started_at=began - timedelta(days=30)).id
    of = {
        "process_id": "p",
        "element_id": "a",
        "instance_id": instance,
        "engine_task_id": f"t{number}",
        "ended_at": ended,
    }
    until = due("P3D", "working-days", counts).instant
    a_task(case, **of, created_at=began, state="completed")
    a_deadline(case, **of, key="lov", state="met", starts_at=counts, due_at=until)
    return ended > until
