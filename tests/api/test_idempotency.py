"""The same request under the same key: one answer, and nothing done twice, whatever happens in between."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from casework import database as casework_database
from casework.database import transaction
from casework.model import IdempotencyKey, ProcessMessage
from casework.operations import answer_once as module
from casework.operations.answer_once import Answer, answer_once
from tests.api.problems import ON_BOTH, refused, wrong_fields
from tests.operations.asking import kinds, rows, started
from tests.operations.processes import one_after_the_other, release

KEY = {"Idempotency-Key": "d8e6c1f0"}
NOTE = {"text": "Talte med mor i telefon."}


def notes(cast):
    return kinds(cast.case_id).count("note_added")


@ON_BOTH
def test_the_same_request_is_done_once_and_answered_twice(api, cast):
    path = f"/cases/{cast.case_id}/notes"

    first = api.mette.post(path, NOTE, headers=KEY)
    again = api.mette.post(path, NOTE, headers=KEY)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert notes(cast) == 1


def test_without_a_key_it_is_done_twice(api, cast):
    for _ in range(2):
        api.mette.post(f"/cases/{cast.case_id}/notes", NOTE)

    assert notes(cast) == 2


def test_another_request_under_the_same_key_is_refused(api, cast):
    path = f"/cases/{cast.case_id}/notes"
    api.mette.post(path, NOTE, headers=KEY)

    other = api.mette.post(path, {"text": "Noget andet."}, headers=KEY)

    assert wrong_fields(other) == ["Idempotency-Key"]
    assert notes(cast) == 1


def test_keys_of_different_callers_are_different_keys(api, cast):
    for caller in (api.mette, api.nadia):
        caller.post(f"/cases/{cast.case_id}/notes", NOTE, headers=KEY)

    assert notes(cast) == 2


def test_what_was_refused_may_be_mended_and_sent_again_under_the_same_key(api, cast):
    path = f"/cases/{cast.case_id}/notes"

    refused(api.mette.post(path, {"text": " "}, headers=KEY), 422)
    mended = api.mette.post(path, NOTE, headers=KEY)

    assert mended.status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 201, "æ".encode().decode("latin-1"), "a b"])
def test_a_key_has_visible_characters_only(api, cast, key):
    answer = api.mette.post(f"/cases/{cast.case_id}/notes", NOTE, headers={"Idempotency-Key": key})

    assert wrong_fields(answer) == ["Idempotency-Key"]


@ON_BOTH
def test_a_server_killed_before_its_answer_is_kept_has_done_nothing(api, cast, monkeypatch):
    path = f"/cases/{cast.case_id}/notes"

    def killed(*_args, **_values):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("api.v1.guard.Answer", killed)  # the note is written by now, and not committed
        with pytest.raises(KeyboardInterrupt):
            api.mette.post(path, NOTE, headers=KEY)
    before = notes(cast)
    api.mette.post(path, NOTE, headers=KEY)

    assert (before, notes(cast)) == (0, 1)


def test_an_answer_that_got_lost_on_the_way_is_given_again(api, cast):
    release(one_after_the_other("a", "b"))
    (task,) = started(cast).task_ids
    path = f"/tasks/{task}/completion"

    api.mette.post(path, {"answers": {}}, headers=KEY)
    again = api.mette.post(path, {"answers": {}}, headers=KEY)

    assert again.status_code == 201
    assert kinds(cast.case_id).count("user_task_completed") == 1


def test_the_version_is_told_again_too(api, cast):
    release(one_after_the_other("a"))
    (task,) = started(cast).task_ids
    given = {"employee_id": str(cast.nadia.id), "reason": "Mette er syg"}

    first = api.karin.post(f"/tasks/{task}/reassignment", given, headers=KEY)
    again = api.karin.post(f"/tasks/{task}/reassignment", given, headers=KEY)

    assert again.headers["ETag"] == first.headers["ETag"] == '"2"'


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("messages", {"name": "Klage"}),
        ("instances", {"process_id": "p"}),
        (
            "handoffs",
            {
                "to_unit_id": "ppr_nord",
                "subject": "Udtalelse",
                "purpose": "Støtte i skolen",
                "data_classes": ["skole"],
                "legal_basis": "fvl28",
            },
        ),
    ],
)
def test_every_post_on_a_case_is_done_once(api, cast, path, given):
    release(one_after_the_other("a"))

    answers = [api.mette.post(f"/cases/{cast.case_id}/{path}", given, headers=KEY) for _ in range(3)]
    entries = len(kinds(cast.case_id))
    api.mette.post(f"/cases/{cast.case_id}/{path}", given)

    assert {answer.status_code for answer in answers} == {201}
    assert {answer.text for answer in answers} == {answers[0].text}
    assert len(kinds(cast.case_id)) > entries


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
@pytest.mark.postgres
def test_a_request_that_is_being_worked_on_is_refused_meanwhile(api, cast):
    path = f"/cases/{cast.case_id}/notes"
    begun, finish, meanwhile = threading.Event(), threading.Event(), []

    def slow():
        begun.set()
        finish.wait(30)
        return Answer(201, {})

    words = {"key": KEY["Idempotency-Key"], "request": b"another", "work": slow}
    worker = threading.Thread(target=lambda: answer_once(cast.mette, **words))
    worker.start()
    begun.wait(30)
    meanwhile = api.mette.post(path, NOTE, headers=KEY)
    finish.set()
    worker.join()

    refused(meanwhile, 409, "conflict")
    assert notes(cast) == 0


@ON_BOTH
def test_two_at_once_do_it_once(api, cast):
    """Whoever comes second gets the same answer, or hears that the first is still at work."""
    path, answers = f"/cases/{cast.case_id}/notes", []
    callers = [api.mette for _ in range(4)]
    threads = [
        threading.Thread(target=lambda one=one: answers.append(one.post(path, NOTE, headers=KEY))) for one in callers
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer.status_code for answer in answers} <= {201, 409}
    assert notes(cast) == 1


def test_answers_are_forgotten_after_a_month(cast, clock):
    done = []

    def ask(request):
        work = lambda: done.append(request) or Answer(200, None)  # noqa: E731
        return answer_once(cast.mette, key=str(request), request=request, work=work)

    clearing = next(n.to_bytes(4) for n in range(10_000) if module.hashlib.sha256(n.to_bytes(4)).digest()[0] == 0)
    ask(b"old")
    clock.advance(days=31)
    ask(clearing)

    assert [key.key for key in rows(select(IdempotencyKey))] == [str(clearing)]


def test_what_is_inside_is_one_transaction(cast):
    def half_done():
        with casework_database.one_transaction():
            with transaction() as session:
                kept = ProcessMessage(case_id=cast.case_id, name="Klage", sender="S", received_at=module.clock.now())
                session.add(kept)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()

    assert rows(select(ProcessMessage)) == []
