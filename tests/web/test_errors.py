"""Error pages: what happened, what was kept, what to do; never a traceback, never a dead end."""

from __future__ import annotations

import pytest

from api.web import records

LONG = "Emil er træt hver mandag og trækker sig fra de andre børn."


def test_a_form_whose_session_has_ended_shows_what_was_written(visitor, emil):
    mette = visitor("mette")
    token = mette.token
    mette.client.delete_cookie("sagsgang")

    answer = mette.client.post(
        f"/tasks/{emil.task_id}", data={"csrf_token": token, "bekymring": LONG, "do": "complete"}
    )

    assert answer.status_code == 400
    assert LONG in answer.text
    assert "Kopiér det, du skal bruge" in answer.text
    assert "/sign-in?to=" in answer.text
    assert token not in answer.text.split("<main")[1]


def test_what_is_too_large_is_refused_unread(visitor, emil):
    answer = visitor("mette").post(f"/cases/{emil.case_id}/notes", {"text": "x" * 5_000_000})

    assert answer.status_code == 413
    assert "for stort" in answer.text


def test_a_bug_says_nothing_of_its_cause_and_keeps_what_was_written(visitor, monkeypatch, application):
    def broken(*_args, **_more):
        raise RuntimeError("the secret cause")

    monkeypatch.setattr(records, "cases", broken)
    monkeypatch.setitem(application.config, "PROPAGATE_EXCEPTIONS", False)

    answer = visitor("mette").post("/cases", {"q": "140314-4567 " + LONG})

    assert answer.status_code == 500
    assert "secret cause" not in answer.text
    assert "Noget gik galt hos os" in answer.text
    assert LONG in answer.text


def test_a_wrong_method_is_said(visitor):
    answer = visitor("mette").get("/overview/reassignments")

    assert answer.status_code == 405
    assert "Gå til min startside" in answer.text


@pytest.mark.parametrize(("username", "home"), [("mette", "/"), ("birgit", "/processes"), ("torben", "/access")])
def test_every_error_leads_on_to_ones_own_page(visitor, username, home):
    answer = visitor(username).get("/nowhere")

    assert answer.status_code == 404
    assert f'class="button button-primary" href="{home}"' in answer.text


def test_errors_speak_english_too(visitor):
    answer = visitor("mette").get("/nowhere", headers={"Accept-Language": "en"})

    assert "It does not exist, or you have no access to it." in answer.text
