"""What readers are told of a clock that has stood still or a date that has moved: on the task, the case and the board."""

from datetime import UTC, date, datetime

import pytest

from casework.operations.correct_fact import correct_fact
from casework.operations.pause_deadline import pause_deadline
from casework.operations.resume_deadline import resume_deadline
from casework.queries.case_page import case_page
from casework.queries.deadlines import deadlines
from casework.queries.inbox import inbox
from casework.queries.overdue_board import overdue_board
from casework.queries.task_page import task_page
from tests.operations.asking import deadline, started
from tests.operations.processes import one_after_the_other, release

LOCAL = '<sag:deadline key="svarfrist" class="LOKAL" duration="P5D" calendar="working-days" start="=kendskabsDato"/>'


@pytest.fixture
def task_id(cast):
    release(one_after_the_other("a", ext=LOCAL))
    return started(cast, facts={"kendskabsDato": date(2026, 11, 20)}).task_ids[0]


def pause(cast):
    pause_deadline(cast.mette, deadline_id=deadline("svarfrist").id, reason="Udtalelse fra skolen")


def said(message):
    return message.text("da")


def test_a_paused_deadline_says_whom_it_waits_for_everywhere(cast, task_id, clock):
    pause(cast)
    clock.advance(days=30)

    page, case = task_page(cast.mette, task_id), case_page(cast.mette, cast.case_id)
    (row,) = case.deadlines
    (mine,) = inbox(cast.mette).rows

    for due in (page.due, page.deadline.due, row.due, mine.due):
        assert (due.state, said(due.words)) == ("waiting", "Venter på Udtalelse fra skolen")
    assert (page.deadline.is_paused, page.deadline.can_pause, page.needs_late_reason) == (True, False, False)
    assert "På pause siden 23.11. 09.00; der ventes på Udtalelse fra skolen." in map(said, page.deadline.explanation)
    assert row.paused_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert case.deadline_counts == (1, 0, 0, 1)


def test_the_board_counts_it_as_paused_and_not_as_late(cast, task_id, clock):
    pause(cast)
    clock.advance(days=30)

    board = overdue_board(cast.karin)

    assert (board.figures.paused, board.figures.overdue, board.longest) == (1, 0, ())
    assert [row.key for row in deadlines(cast.karin, state="paused").rows] == ["svarfrist"]
    assert deadlines(cast.karin, state="overdue").rows == ()


def test_the_explanation_keeps_every_pause(cast, task_id, clock):
    pause(cast)
    clock.advance(days=2)
    resume_deadline(cast.mette, deadline_id=deadline("svarfrist").id)

    page = task_page(cast.mette, task_id)

    sentence = "På pause fra 23.11. 09.00 til 25.11. 09.00; der blev ventet på Udtalelse fra skolen: 2 dage senere."
    assert sentence in map(said, page.deadline.explanation)
    assert (page.deadline.is_paused, page.deadline.can_pause, page.due.state) == (False, True, "neutral")


def test_a_date_that_moved_says_from_to_and_why(cast, task_id):
    correct_fact(
        cast.mette, case_id=cast.case_id, name="kendskabsDato", value=date(2026, 11, 23), reason="Skolen ringede mandag"
    )

    sentence = (
        "Flyttet fra 27.11.2026 til 30.11.2026, fordi dette er rettet: "
        "Kommunens kendskab siden (Skolen ringede mandag)."
    )
    assert said(task_page(cast.mette, task_id).deadline.moved) == sentence
    assert [said(row.moved) for row in case_page(cast.mette, cast.case_id).deadlines] == [sentence]


def test_the_law_s_deadline_and_one_that_has_passed_cannot_be_paused(cast, task_id, clock):
    release(one_after_the_other("b", ext='<sag:deadline key="lov" class="LOV" duration="P9D" calendar="calendar"/>'))
    law = started(cast).task_ids[0]
    clock.advance(days=8)

    assert task_page(cast.mette, law).deadline.can_pause is False
    assert task_page(cast.mette, task_id).deadline.can_pause is False


def test_what_can_be_corrected_stands_with_its_value(cast, task_id):
    facts = {fact.name: fact for fact in case_page(cast.mette, cast.case_id).correctable}

    assert (said(facts["foedselsdato"].words), said(facts["foedselsdato"].value)) == ("Fødselsdato", "14.3.2014")
    assert (facts["erAnbragt"].kind, facts["erAnbragt"].value) == ("yes_no", None)
    assert facts["anbringelsesGrundlag"].options == ("46", "47", "48")
    assert case_page(cast.mette, cast.case_id).rights.correct
