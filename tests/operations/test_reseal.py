"""A new key: everything sealed goes under it, in batches, and what was stopped is gone on with."""

from __future__ import annotations

import base64
import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update
from sqlalchemy.orm import undefer

from casework import crypto
from casework.cli import casework
from casework.database import read, transaction
from casework.errors import ForbiddenError
from casework.model import SYSTEM, Person, Submission, UserTask
from casework.operations import reseal as module
from casework.operations.complete_user_task import complete_user_task
from casework.operations.reseal import reseal
from casework.operations.reveal_cpr import reveal_cpr
from casework.operations.save_draft import save_draft
from casework.queries.task_page import task_page
from casework.sealed_answers import SEALED, unseal
from tests.cast import EMIL_CPR
from tests.operations.asking import started
from tests.operations.processes import a_form, field, one_after_the_other, release

NUMBER = "1403144567"
FORM = a_form("F01", field("cpr", masked="cpr"), field("navn"))


@pytest.fixture
def sealed(cast):
    """Emil's number, one in a submission, one in a draft: all under the first key."""
    release(one_after_the_other("a", "b"), forms={"F01": FORM})
    (first,) = started(cast).task_ids
    (second,) = complete_user_task(cast.mette, task_id=first, answers={"cpr": NUMBER, "navn": "Emil"}).next_task_ids
    save_draft(cast.mette, task_id=second, answers={"cpr": NUMBER}, draft_version=0)
    return second


def seals():
    """The bytes of every seal."""
    with read() as session:
        numbers = list(session.scalars(select(Person.cpr).where(Person.cpr.is_not(None))))
        answers = [row.answers for row in session.scalars(select(Submission).options(undefer(Submission.answers)))]
        drafts = [row.draft for row in session.scalars(select(UserTask).options(undefer(UserTask.draft))) if row.draft]
    return numbers + [base64.b64decode(given["cpr"][SEALED]) for given in answers + drafts]


def run(*arguments):
    return CliRunner().invoke(casework, ["rotate-keys", *arguments])


def test_everything_lies_under_the_new_key_and_says_what_it_said(cast, sealed):
    before = seals()

    told = json.loads(run("--json").stdout)

    assert told["is_new_key"]
    assert told["resealed"] == {"person.cpr": 1, "submission.answers": 1, "user_task.draft": 1, "webhook.secret": 0}
    assert len(before) == len(seals()) == 3
    assert not set(before) & set(seals())
    assert all(map(crypto.is_current, seals()))
    assert task_page(cast.mette, sealed).answers["cpr"]
    with read() as session:
        assert unseal(session.scalars(select(Submission.answers)).one()) == {"cpr": NUMBER, "navn": "Emil"}
    assert reveal_cpr(cast.mette, case_id=cast.case_id, person_id=cast.emil_id, reason="Kontrol").replace(
        "-", ""
    ) == EMIL_CPR.replace("-", "")


def test_what_is_current_is_left_alone_and_no_second_key_is_made(sealed):
    run()
    before, keys = seals(), crypto.keys.key_file().read_bytes()

    told = json.loads(run("--continue", "--json").stdout)

    assert not told["is_new_key"]
    assert set(told["resealed"].values()) == {0}
    assert (seals(), crypto.keys.key_file().read_bytes()) == (before, keys)


def test_stopped_half_way_it_is_gone_on_with(cast, sealed):
    crypto.rotate()
    for told in reseal(SYSTEM, batch=1):
        if told.resealed:
            break
    assert sorted(map(crypto.is_current, seals())) == [False, False, True]

    result = run("--continue")

    assert result.exit_code == 0
    assert "person.cpr: 0 af" in result.stdout
    assert all(map(crypto.is_current, seals()))


def test_what_somebody_changes_meanwhile_is_not_overwritten_and_met_again(sealed, monkeypatch):
    crypto.rotate()
    usual, old = module._next, seals()[-1]

    def and_somebody_saves(session, place, after, batch):
        rows = usual(session, place, after, batch)
        if place.column == "draft" and rows:
            monkeypatch.setattr(module, "_next", usual)
            draft = {"cpr": {SEALED: base64.b64encode(old).decode(), "masked": "x"}, "navn": "Nyt navn"}
            changed = update(UserTask).where(UserTask.id == sealed)
            session.execute(changed.values(draft=draft, draft_version=UserTask.draft_version + 1))
        return rows

    monkeypatch.setattr(module, "_next", and_somebody_saves)
    list(reseal(SYSTEM))

    with transaction() as session:
        task = session.get_one(UserTask, sealed, options=[undefer(UserTask.draft)])
    assert task.draft["navn"] == "Nyt navn"
    assert all(map(crypto.is_current, seals()))


def test_what_does_not_open_is_said_and_nothing_of_it_is_lost(sealed, cast):
    with transaction() as session:
        session.execute(update(Person).where(Person.id == cast.emil_id).values(cpr=b"altered" * 6))

    result = run("--language", "en")

    assert result.exit_code == 1
    assert result.stderr.startswith("A value cannot be opened")


def test_is_for_administrators(cast):
    with pytest.raises(ForbiddenError):
        list(reseal(cast.mette))
