"""A case of many years: what is open or coming stands first, what is over is folded with its number, and nothing is lost."""

from __future__ import annotations

import re

import pytest

from casework.operations.add_note import add_note
from tests.queries.long_case import grow_old

PHONES = (320, 375)
#: What closed details hold, drawn all the same.
UNFOLDED = "[...document.querySelectorAll('details li a')].filter(one => one.checkVisibility()).length"


@pytest.fixture
def case(emil):
    grow_old(emil.case_id)
    return f"/cases/{emil.case_id}"


def test_folds_what_is_over_and_counts_it(visitor, case):
    page = visitor("mette").get(case).text
    summaries = re.findall(r"<summary[^>]*>(?:<[^>]*>)*([^<]+)", page)

    assert {
        "Afsluttet de seneste 60 dage: 3",
        "Afsluttede forløb: 8",
        "Klagefrist: 8",
        "10 ældre",
        "26 tidligere breve",
        "Opfølgning: 26",
        "Tidligere bilag: 3",
        "Øvrige overleveringer: 5",
        "Tidligere svar: 4",
    } <= set(summaries)
    assert len(re.findall(r'href="/documents/', page)) == 36, "each letter and attachment still has its link"


def test_says_in_one_line_what_is_late_what_is_open_and_what_comes(visitor, case, clock):
    clock.advance(days=2)

    head = visitor("mette").get(case).text.split('id="tasks"')[0]

    assert "overskredet" in head
    assert "1 åben opgave" in head
    assert "Næste:" in head
    assert "nye siden" not in head


def test_marks_what_others_have_done_since_the_last_visit(visitor, case, emil, town, clock):
    mette = visitor("mette")
    mette.get(case)
    clock.advance(days=2)
    add_note(town.nadia, case_id=emil.case_id, text="Mor ringede.")
    add_note(town.mette, case_id=emil.case_id, text="Ringer tilbage.")
    clock.advance(minutes=1)

    page = mette.get(case).text
    again = mette.get(case).text
    clock.advance(minutes=31)
    later = mette.get(case).text

    assert "Nyt siden du sidst så sagen (" in page
    assert "1 nye siden du sidst så sagen" in page
    assert page.count('class="is-new"') == 1
    assert "Nyt siden" in again
    assert "Nyt siden" not in later
    assert "is-new" not in visitor("nadia").get(case).text


def test_the_journal_can_be_read_by_kind(visitor, case, emil, town):
    add_note(town.nadia, case_id=emil.case_id, text="Mor ringede.")
    mette = visitor("mette")

    notes = mette.get(f"{case}/journal?group=notes").text

    assert f'href="{case}/journal?group=notes"' in mette.get(case).text
    assert "Mor ringede." in notes
    assert "oprettede sagen" not in notes
    assert 'value="notes" selected' in notes


@pytest.mark.timeout(200)
def test_on_a_phone_nothing_is_wider_than_the_screen_and_print_shows_all(person, case, clock):
    mette = person("mette").open(case)
    clock.advance(days=1)
    mette.open(case)

    assert mette.violations() == []
    folded = mette.page.evaluate(UNFOLDED)
    mette.page.emulate_media(media="print")
    assert mette.page.evaluate(UNFOLDED) > folded + 40
    mette.page.emulate_media(media="screen")
    mette.page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    for width in PHONES:
        mette.page.set_viewport_size({"width": width, "height": 800})
        assert mette.width() == (width, width)
    assert mette.violations() == []
