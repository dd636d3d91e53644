"""Whatever is sent: a clear problem, in the reader's language, quickly, and nothing changes."""

from __future__ import annotations

import json
import time

import pytest

from tests.api.problems import refused, wrong_fields
from tests.operations.asking import kinds, started
from tests.operations.processes import a_form, field, one_after_the_other, release

JSON = {"Content-Type": "application/json"}


def send(api, cast, data, content_type="application/json", path="notes"):
    return api.mette.open("POST", f"/cases/{cast.case_id}/{path}", data=data, headers={"Content-Type": content_type})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"text": "x"',
        b"\xff\xfe",
        b'{"text": "\\ud800"}',
        b'{"text": "x"} {"text": "y"}',
        b'{"text": NaN}',
        b"{'text': 'x'}",
        b'{"text":' + b"[" * 100_000,
        b"9" * 5_000,
        '{"text": "x"}'.encode("utf-16"),
    ],
)
def test_what_is_no_json(api, cast, data):
    answer = send(api, cast, data)

    assert answer.status_code in (400, 422)
    refused(answer, answer.status_code)
    assert kinds(cast.case_id) == []


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_is_called_something_else(api, cast, content_type):
    refused(send(api, cast, b'{"text": "x"}', content_type), 415)


def test_json_by_another_name_of_json_is_json(api, cast):
    assert send(api, cast, b'{"text": "x"}', "application/merge-patch+json; charset=utf-8").status_code == 201


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (None, ["body"]),
        ([], ["body"]),
        ("x", ["body"]),
        ({}, ["text"]),
        ({"text": None}, ["text"]),
        ({"text": 5}, ["text"]),
        ({"text": ""}, ["text"]),
        ({"text": "   "}, ["text"]),
        ({"text": "a\x00b"}, ["text"]),
        ({"text": "x" * 20_001}, ["text"]),
        ({"text": "x", "til": "mor", "fra": "far"}, ["fra", "til"]),
    ],
)
def test_each_wrong_field_is_named(api, cast, given, fields):
    assert wrong_fields(send(api, cast, json.dumps(given).encode())) == fields
    assert kinds(cast.case_id) == []


def test_fields_are_named_in_the_readers_language(api, cast):
    path = f"/cases/{cast.case_id}/notes"
    danish = api.mette.post(path, {"x": 1}).get_json()
    english = api.mette.post(path, {"x": 1}, headers={"Accept-Language": "en;q=0.9, de"}).get_json()
    french = api.mette.post(path, {"x": 1}, headers={"Accept-Language": "fr"}).get_json()

    assert danish["errors"] == {"text": ["Det skal angives."], "x": ["Det kendes ikke her."]}
    assert english["errors"] == {"text": ["This must be given."], "x": ["This is not known here."]}
    assert french == danish


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"a": {"$date": "i går"}}, "payload"),
        ({"a": {"$date": 5}}, "payload"),
        ({"a": {"$date": "9999-12-31"}}, "payload.a"),
        ({"a": {"$instant": "2026-11-23T09:00:00"}}, "payload.a"),
        ({"a": {"$instant": "0001-01-01T00:00:00+14:00"}}, "payload.a"),
        ({"a": {"$number": "NaN"}}, "payload.a"),
        ({"a": {"$number": "1e99999"}}, "payload.a"),
        ({"a": {"$number": "x"}}, "payload"),
        ({"a": {"$duration": "P"}}, "payload"),
        ({"a": "\x00"}, "a"),
        ({"\x00": 1}, "value"),
        ({"a": 2**60}, "a"),
        ({"a": [[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]}, "a" + ".0" * 19),
    ],
)
def test_values_that_nobody_can_keep(api, cast, payload, field):
    answer = api.mette.post(f"/cases/{cast.case_id}/messages", {"name": "Klage", "payload": payload})

    assert wrong_fields(answer) == [field]


def test_numbers_that_are_none(api, cast):
    for number in ("NaN", "Infinity", "-Infinity", "1e999"):
        answer = send(api, cast, f'{{"name": "Klage", "payload": {{"a": {number}}}}}', path="messages")

        assert answer.status_code in (400, 422)


def test_ten_megabytes_are_refused_at_once(api, cast):
    data = json.dumps({"answers": {"barnNavn": "Ida", "bekymring": "x" * 10_000_000}}).encode()

    began = time.perf_counter()
    answer = api.system("notifications:write").open("POST", "/notifications", data=data, headers=JSON)

    refused(answer, 413)
    assert time.perf_counter() - began < 2


def test_a_form_that_is_too_large_for_a_draft(api, cast):
    release(one_after_the_other("a"), forms={"F01": a_form("F01", field("bekymring", "textarea"))})
    (task,) = started(cast).task_ids

    answer = api.mette.put(f"/tasks/{task}/draft", {"answers": {"bekymring": "x" * 1_500_000}, "draft_version": 0})

    refused(answer, 413)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/findes-ikke", 404),
        ("GET", "/api/", 404),
        ("GET", "/api", 404),
        ("GET", "/api/v2/tasks", 404),
        ("GET", "/api/v1/tasks/1", 404),
        ("GET", "/api/v1/tasks/%00", 404),
        ("GET", "/api/v1/tasks/%ff%fe", 404),
        ("DELETE", "/api/v1/tasks", 405),
        ("POST", "/api/v1/process-versions", 405),
        ("TRACE", "/api/v1/tasks", 405),
        ("BREW", "/api/v1/tasks", 405),
    ],
)
def test_addresses_that_there_are_not(api, method, path, status):
    answer = api.mette.open(method, path)

    refused(answer, status)
    assert ("Allow" in answer.headers) == (status == 405)


def test_a_fact_of_any_name(api, cast):
    for name in ("ukendt", "%00", "..%2f", "a" * 5_000):
        answer = api.mette.put(f"/cases/{cast.case_id}/facts/{name}", {"value": 1, "reason": "x"})

        assert answer.status_code in (404, 422)
        refused(answer, answer.status_code)


def test_head_is_get_without_its_body(api):
    answer = api.mette.open("HEAD", "/tasks")

    assert (answer.status_code, answer.data) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 0


def test_options_says_what_can_be_done_to_anybody(api, cast):
    answer = api.nobody.open("OPTIONS", f"/cases/{cast.case_id}/notes")

    assert answer.status_code == 200
    assert set(answer.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


def test_a_bug_tells_nothing_of_itself(api, monkeypatch):
    def broken(*_args, **_values):
        raise RuntimeError("the secret word is sesam")

    monkeypatch.setattr("api.v1.tasks.inbox", broken)

    answer = api.mette.get("/tasks")

    refused(answer, 500, "bug")
    assert "sesam" not in answer.text
