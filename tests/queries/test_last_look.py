"""What is new to somebody on a case: since their own last visit, whatever others have looked at."""

from datetime import UTC, datetime, timedelta

from casework.operations.log_access import log_access
from casework.queries.case_page import case_page
from casework.queries.journal import FEW, MOST_NEWS
from tests.factories import a_case, a_journal_entry

MONDAY = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)


def look(who, case_id, subject="case"):
    log_access(who, kind="read", subject=subject, subject_id=case_id, case_id=case_id)


def test_the_last_look_is_that_of_the_visit_before(cast, clock):
    assert case_page(cast.mette, cast.case_id).last_look is None

    clock.move_to(MONDAY)
    look(cast.mette, cast.case_id)
    clock.advance(minutes=29)
    assert case_page(cast.mette, cast.case_id).last_look is None

    look(cast.mette, cast.case_id)
    clock.advance(days=2)
    assert case_page(cast.mette, cast.case_id).last_look == MONDAY + timedelta(minutes=29)


def test_nobody_elses_look_and_no_other_page_counts(cast, clock):
    clock.move_to(MONDAY)
    look(cast.mette, cast.case_id)
    clock.advance(days=1)
    look(cast.nadia, cast.case_id)
    look(cast.mette, a_case().id)
    look(cast.mette, cast.case_id, subject="journal")
    clock.advance(days=1)

    assert case_page(cast.mette, cast.case_id).last_look == MONDAY


def test_the_journal_goes_back_to_the_last_look_but_not_for_ever(cast, clock):
    clock.move_to(MONDAY)
    for _ in range(9):
        a_journal_entry(cast.case_id)
    look(cast.mette, cast.case_id)
    clock.advance(days=1)
    assert len(case_page(cast.mette, cast.case_id).journal) == FEW

    for _ in range(7):
        a_journal_entry(cast.case_id)
    assert len(case_page(cast.mette, cast.case_id).journal) == 7
    assert len(case_page(cast.nadia, cast.case_id).journal) == FEW

    for _ in range(MOST_NEWS):
        a_journal_entry(cast.case_id)
    assert len(case_page(cast.mette, cast.case_id).journal) == MOST_NEWS
