"""What the embedded run sees of its database before it starts anything."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from casework.database import dispose
from casework.migrations import migrate
from workers.database_file import is_there, is_up_to_date


@pytest.fixture
def url(settings, tmp_path):
    settings(DATABASE_URL=f"sqlite:///{tmp_path / 'med mellemrum.sqlite'}")
    yield f"sqlite:///{tmp_path / 'med mellemrum.sqlite'}"
    dispose()


def test_nothing_is_there_and_looking_makes_nothing(url, tmp_path):
    assert not is_there(url)
    assert not is_up_to_date(url)
    assert list(tmp_path.iterdir()) == []


def test_a_migrated_file_is_up_to_date(url):
    migrate()

    assert is_there(url)
    assert is_up_to_date(url)


@pytest.mark.parametrize("statement", ["UPDATE alembic_version SET version_num = '0000'", "DROP TABLE alembic_version"])
def test_an_older_file_or_a_strange_one_is_not(url, statement):
    migrate()
    with closing(connect(url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(statement)

    assert is_there(url)
    assert not is_up_to_date(url)


def test_a_file_that_is_no_database_is_not_up_to_date(url):
    Path(url.removeprefix("sqlite:///")).write_text("Kære Camilla", encoding="utf-8")

    assert not is_up_to_date(url)


def test_a_server_is_always_asked_by_migrating():
    url = "postgresql+psycopg://sagsgang@127.0.0.1/sagsgang"

    assert is_there(url)
    assert not is_up_to_date(url)
