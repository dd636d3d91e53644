"""Signing in: as a persona of the demonstration, on this machine only; and what a session and its answers carry."""

from __future__ import annotations

import pytest

from tests.web.visitors import Visitor

AWAY = {"REMOTE_ADDR": "192.0.2.7"}


def test_lists_the_personas_with_what_waits_for_them(visitor, emil):
    page = visitor().get("/sign-in")

    assert page.status_code == 200
    assert "Mette Friis Andersen" in page.text
    assert "Opgaver: 1" in page.text
    assert page.text.index("Mette Friis") < page.text.index("Torben Vang")


@pytest.mark.parametrize(
    ("username", "home"),
    [
        ("mette", "/"),
        ("lars", "/"),
        ("karin", "/"),
        ("peter", "/"),
        ("kirsten", "/"),
        ("sofie", "/"),
        ("birgit", "/processes"),
        ("anders", "/incidents"),
        ("torben", "/access"),
    ],
)
def test_leads_everybody_to_a_page_of_theirs(visitor, username, home):
    somebody = visitor()

    answer = somebody.post("/sign-in", {"username": username})

    assert (answer.status_code, answer.location) == (303, home)
    assert somebody.get(home).status_code == 200


@pytest.mark.parametrize("username", ["birgit", "anders", "torben"])
def test_who_works_in_no_unit_sees_no_menu_of_tasks_and_cases(visitor, username):
    somebody = visitor(username)

    start = somebody.get("/")

    assert start.status_code == 303
    page = somebody.get(start.location)
    assert 'href="/cases"' not in page.text
    assert 'href="/handoffs"' not in page.text
    assert 'id="find"' not in page.text


def test_leads_to_the_page_that_was_asked_for(visitor, emil):
    nobody, asked = visitor(), f"/tasks/{emil.task_id}?x=1"

    asked_first = nobody.get(asked)
    answer = nobody.post("/sign-in", {"username": "mette", "to": asked})

    assert asked_first.status_code == 303
    assert asked_first.location.startswith("/sign-in?to=")
    assert answer.location == asked


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "evil.example", "/\t/evil.example", "/%0a", "\n/x"],
)
def test_leads_nobody_elsewhere(visitor, to):
    answer = visitor().post("/sign-in", {"username": "mette", "to": to})

    assert answer.status_code == 303
    assert answer.location in {"/", "/%0a"}


def test_begins_a_new_session_each_time(visitor):
    somebody = visitor()
    with somebody.client.session_transaction() as session:
        session["planted"] = "by somebody else"

    somebody.post("/sign-in", {"username": "mette"})

    with somebody.client.session_transaction() as session:
        assert "planted" not in session
        assert set(session) == {"employee"}


def test_the_token_of_before_signing_in_does_not_count_afterwards(visitor):
    somebody = visitor()
    before = somebody.token

    somebody.post("/sign-in", {"username": "mette"})

    assert somebody.client.post("/sign-out", data={"csrf_token": before}).status_code == 400


def test_signs_out(visitor):
    mette = visitor("mette")

    answer = mette.post("/sign-out")

    assert answer.location == "/sign-in"
    assert mette.get("/").status_code == 303


def test_refuses_personas_from_elsewhere(visitor):
    somebody = visitor()

    listed = somebody.get("/sign-in", environ_base=AWAY)
    answer = somebody.post("/sign-in", {"username": "mette"}, environ_base=AWAY)

    assert "Mette" not in listed.text
    assert answer.status_code == 403
    assert "Du kan ikke logge ind på den måde" in answer.text
    assert somebody.get("/").status_code == 303


def test_refuses_personas_through_a_proxy(visitor):
    somebody, proxied = visitor(), {"X-Forwarded-For": "127.0.0.1"}

    listed = somebody.get("/sign-in", headers=proxied)
    answer = somebody.post("/sign-in", {"username": "mette"}, headers=proxied)

    assert "Mette" not in listed.text
    assert answer.status_code == 403


def test_refuses_who_is_no_persona_in_the_same_words(visitor):
    refusals = {visitor().post("/sign-in", {"username": name}).status_code for name in ("nadia", "nobody", "")}

    assert refusals == {403}


def test_refuses_personas_where_nothing_is_demonstrated(site, settings):
    settings(SAGSGANG_DEMONSTRATION="0")
    somebody = Visitor(site)

    assert "Mette" not in somebody.get("/sign-in").text
    assert somebody.post("/sign-in", {"username": "mette"}).status_code == 403


def test_limits_the_tries(visitor):
    somebody = visitor()

    answers = [somebody.post("/sign-in", {"username": "nobody"}).status_code for _ in range(11)]

    assert answers == [403] * 10 + [429]
    assert "Vent et minut" in somebody.post("/sign-in", {"username": "mette"}).text


def test_refuses_a_form_without_its_token(visitor):
    answer = visitor().client.post("/sign-in", data={"username": "mette"})

    assert answer.status_code == 400
    assert "Du er ikke længere logget ind på denne side" in answer.text


def test_cookies_stay_with_this_server(visitor):
    somebody = visitor()

    cookies = somebody.post("/sign-in", {"username": "mette"}).headers.getlist("Set-Cookie")
    language = somebody.post("/language", {"language": "en", "back": "/"}).headers.getlist("Set-Cookie")

    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in [*cookies, *language])


def test_every_answer_says_what_browsers_may_do_with_it(visitor):
    for path in ("/sign-in", "/nowhere", "/session"):
        headers = visitor().get(path).headers

        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


def test_says_who_is_signed_in_to_pages_that_outlived_their_session(visitor, town):
    assert visitor().get("/session").json == {"employee": None, "csrf_token": None}

    mette = visitor("mette").get("/session").json

    assert mette["employee"] == str(town.mette.id)
    assert mette["csrf_token"]
