"""Danish and English: chosen by a button, kept in a cookie, and back to where the reader was."""

from __future__ import annotations

import pytest


def test_is_danish_where_nobody_asks_for_anything(visitor):
    assert '<html lang="da">' in visitor("mette").get("/").text


def test_follows_the_browser_until_a_language_is_chosen(visitor):
    mette = visitor("mette")

    by_browser = mette.get("/", headers={"Accept-Language": "en-GB"})
    mette.post("/language", {"language": "da", "back": "/"})
    chosen = mette.get("/", headers={"Accept-Language": "en-GB"})

    assert "My tasks" in by_browser.text
    assert "Mine opgaver" in chosen.text


def test_goes_back_to_where_the_reader_was(visitor):
    answer = visitor("mette").post("/language", {"language": "en", "back": "/?view=mine"})

    assert (answer.status_code, answer.location) == (303, "/?view=mine")


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", ""])
def test_leads_nobody_elsewhere(visitor, back):
    assert visitor("mette").post("/language", {"language": "en", "back": back}).location == "/"


def test_knows_no_other_language(visitor):
    mette = visitor("mette")

    mette.post("/language", {"language": "kl", "back": "/"})

    assert '<html lang="da">' in mette.get("/").text


def test_the_switch_of_a_refused_form_leads_to_the_page_of_the_form(visitor, emil):
    mette, page = visitor("mette"), f"http://localhost/cases/{emil.case_id}"

    answer = mette.post(f"/cases/{emil.case_id}/notes", {"text": ""}, headers={"Referer": page})

    assert answer.status_code == 422
    assert f'name="back" value="/cases/{emil.case_id}"' in answer.text
