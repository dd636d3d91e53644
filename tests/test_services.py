"""The servers that tests start."""

from __future__ import annotations

import asyncio
import os
import smtplib
from email.message import EmailMessage

import pytest
import redis
import sqlalchemy

from casework import clock as casework_clock
from casework.config import settings as current_settings
from casework.database import engine
from tests.services import postgres


def test_a_database_is_fresh_for_each_test(database):
    with engine().begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE visitor (name TEXT)"))

    assert current_settings().database_url.partition("://")[2] == database.partition("://")[2]


def test_a_database_forgets_what_another_test_did(database):
    tables = sqlalchemy.inspect(engine()).get_table_names()

    assert "visitor" not in tables


def test_postgresql_runs_in_a_user_namespace_where_nobody_may_not_read_the_wheel(monkeypatch):
    if os.geteuid() != 0:
        pytest.skip("only root needs this")
    monkeypatch.setattr(postgres._Runner, "works", lambda runner: bool(runner.prefix))

    server = postgres.start_postgresql()

    try:
        assert server.process.args[0] == "unshare"
        assert server.create_database().startswith("sagsgang_test_")
    finally:
        server.stop()


def test_postgresql_runs_on_a_copy_where_there_are_no_user_namespaces_either(monkeypatch):
    if os.geteuid() != 0:
        pytest.skip("only root needs this")
    monkeypatch.setattr(postgres._Runner, "works", lambda _runner: False)

    server = postgres.start_postgresql()

    try:
        assert server.process.args[0].startswith(str(server.folder))
    finally:
        server.stop()
    assert not server.folder.exists()


def test_valkey_forgets_when_killed_and_comes_back_at_the_same_address(valkey):
    with redis.Redis.from_url(valkey.url) as client:
        client.set("name", "Emil")
    valkey.kill()

    valkey.start()

    with redis.Redis.from_url(valkey.url) as client:
        assert client.get("name") is None


def test_the_mailbox_keeps_what_is_sent(mailbox):
    letter = EmailMessage()
    letter["Subject"] = "Du har en opgave"

    with smtplib.SMTP(mailbox.address) as connection:
        connection.send_message(letter, "a@kommune.example", ["mette@kommune.example"])

    assert [one["Subject"] for one in mailbox.messages] == ["Du har en opgave"]


def test_the_clock_stands_still_until_it_is_moved(clock):
    before = casework_clock.now()

    clock.advance(hours=24)

    assert (casework_clock.now() - before).total_seconds() == 24 * 3600


def test_a_served_page_is_seen_in_a_real_browser_with_the_moved_clock(serve, page, axe, clock):
    def application(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        head = "<!doctype html><html lang=da><head><title>Ur</title></head>"
        return [f"{head}<body><main><h1>{casework_clock.now():%H:%M}</h1></main></body></html>".encode()]

    page.goto(serve(application))

    assert page.locator("h1").inner_text() == "08:00"
    assert axe() == []


def test_asyncio_still_works_beside_the_browser(browser):
    async def answer():
        return 42

    assert asyncio.run(answer()) == 42
