"""`casework doctor`."""

from __future__ import annotations

import json
import os
import time

import pytest
import sqlalchemy
from click.testing import CliRunner

from casework.cli import casework
from casework.cli.examinations import assets, broker, clock, database, disk, keys, letters, python, worker
from casework.cli.finding import State
from casework.crypto.keys import key_file, keyring
from casework.database import dispose, engine
from casework.migrations import migrate
from tests.services.ports import free_port


def test_lists_every_examination_with_state_sentence_and_mend_as_json():
    result = CliRunner().invoke(casework, ["doctor", "--json", "--language", "en"])

    findings = {one["name"]: one for one in json.loads(result.output)}
    assert list(findings) == [
        "python", "disk", "assets", "keys", "database", "clock", "broker", "worker", "letters",
    ]  # fmt: skip
    assert findings["database"]["mend"] == "Run `casework migrate`."
    assert result.exit_code == 1


def test_speaks_danish_to_people():
    result = CliRunner().invoke(casework, ["doctor"])

    assert "Kør `casework migrate`." in result.output


def test_a_database_that_was_never_made_is_broken_and_is_not_made_by_looking(settings):
    assert database().state is State.BROKEN
    assert not settings().data.exists()


def test_a_database_that_does_not_answer_is_broken_without_giving_its_password_away(settings):
    settings(DATABASE_URL=f"postgresql://sagsgang:hemmelig@127.0.0.1:{free_port()}/sagsgang")

    finding = database()

    assert finding.state is State.BROKEN
    assert "hemmelig" not in finding.said.text("en")


def test_the_clocks_of_machine_and_database_are_compared(postgres_database):
    assert clock().state is State.FINE


def test_python_and_disk_of_a_machine_that_runs_the_tests_are_fine():
    assert python().state is State.FINE
    assert disk().state is not State.BROKEN


def test_little_room_is_a_warning_and_no_room_is_broken(monkeypatch):
    for bytes_free, state in ((10**9, State.WARNING), (10**7, State.BROKEN)):
        usage = type("usage", (), {"free": bytes_free})
        monkeypatch.setattr("shutil.disk_usage", lambda _folder, usage=usage: usage)

        assert disk().state is state


def test_a_broker_that_answers_is_fine(settings, valkey):
    settings(REDIS_URL=valkey.url)

    assert broker().state is State.FINE


def test_a_broker_that_is_away_is_a_warning_because_work_goes_on(settings):
    settings(REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")

    assert broker().state is State.WARNING


def test_a_worker_is_known_by_its_sign_of_life(settings):
    sign = settings().sign_of_life
    assert worker().state is State.WARNING

    sign.parent.mkdir()
    sign.touch()

    assert worker().state is State.FINE
    os.utime(sign, (time.time() - 3600,) * 2)
    assert worker().state is State.WARNING


def test_keys_that_others_can_read_are_broken():
    keyring()
    assert keys().state is State.FINE

    key_file().chmod(0o644)

    assert keys().state is State.BROKEN


def test_letters_by_mail_need_a_server_and_a_mailbox(settings):
    assert letters().state is State.FINE

    settings(SAGSGANG_LETTERS="smtp")
    assert letters().state is State.BROKEN

    settings(SAGSGANG_SMTP="mail.fjordby.example:25", SAGSGANG_LETTERS_TO="fjernprint@fjordby.example")
    assert letters().state is State.FINE


def test_assets_that_were_not_built_are_broken(monkeypatch, tmp_path):
    monkeypatch.setattr("casework.cli.examinations.ROOT", tmp_path)

    finding = assets()

    assert finding.state is State.BROKEN
    assert "feel.js" in finding.said.text("da")


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_sentence_can_be_said(language):
    for examination in (assets, broker, clock, database, disk, keys, letters, python, worker):
        assert examination().said.text(language)


def test_a_migrated_database_is_fine_and_one_without_its_steps_is_broken(settings, tmp_path):
    settings(DATABASE_URL=f"sqlite:///{tmp_path / 'sagsgang.sqlite'}")
    with engine().begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE something (id INTEGER)"))
    assert database().state is State.BROKEN

    migrate()

    assert database().state is State.FINE
    dispose()
