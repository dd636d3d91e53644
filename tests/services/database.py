"""An empty, migrated database for each test, on SQLite and on PostgreSQL: `database` runs a test once on each.

Migrating takes a second, so it is done once: on SQLite each test gets a copy of that, on PostgreSQL what the last test has left.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from functools import cache

import psycopg
import pytest

from casework import database as casework_database
from casework import model as _model  # noqa: F401  importing them is what makes the tables known
from casework.config import settings as current_settings

#: A test may have left connections that are in the middle of something.
_SEND_AWAY = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request):
    """The URL of a fresh database; `casework.database` of this test is connected to it."""
    return request.getfixturevalue(f"{request.param}_database")


@pytest.fixture
def sqlite_database(sqlite_copy, _sqlite_template):
    """The same on SQLite alone, for tests where the database does not matter."""
    return sqlite_copy(_sqlite_template)


@pytest.fixture
def sqlite_copy(settings, tmp_path_factory):
    """Work in a copy of an SQLite file; gives its URL. One place for all tests: its engine remembers what it has compiled."""
    file = tmp_path_factory.getbasetemp() / "sagsgang.sqlite"

    def connect(template):
        shutil.copy(template, file)
        settings(DATABASE_URL=f"sqlite:///{file}")
        return f"sqlite:///{file}"

    yield connect
    casework_database.dispose()
    for path in file.parent.glob("sagsgang.sqlite*"):
        path.unlink()


@pytest.fixture
def postgres_database(postgresql, settings, _kept_on_postgres):
    """The same on PostgreSQL alone."""
    name, connection = _kept_on_postgres
    settings(DATABASE_URL=postgresql.url_of(name))
    yield postgresql.url_of(name)
    casework_database.dispose()
    connection.execute(_SEND_AWAY)
    if {name for (name,) in connection.execute(_TABLES)} == set(casework_database.Base.metadata.tables):
        connection.execute(_empty())
    else:  # the test was about tables
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        _migrate(postgresql.url_of(name))


@pytest.fixture(scope="module")
def own_postgres_database(postgresql):
    """The URL of one that no other module uses, for tests that look at how the server reads it."""
    name = postgresql.create_database()
    _migrate(postgresql.url_of(name))
    yield postgresql.url_of(name)
    postgresql.drop_database(name)


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory):
    file = tmp_path_factory.mktemp("template") / "template.sqlite"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def _kept_on_postgres(postgresql):
    """One database of this process: to empty it takes a tenth of the time that a new one takes."""
    name = postgresql.create_database()
    _migrate(postgresql.url_of(name))
    with psycopg.connect(postgresql.url_of(name), autocommit=True) as connection:
        yield name, connection
    postgresql.drop_database(name)


@cache
def _empty() -> str:
    return ";".join(str(table.delete()) for table in reversed(casework_database.Base.metadata.sorted_tables))


def _migrate(url: str) -> None:
    with connected_to(url):
        casework_database.Base.metadata.create_all(casework_database.engine())


@contextmanager
def connected_to(url):
    """Connected to it for fixtures of a session or module, which come before the settings of a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        current_settings.cache_clear()
        yield
        casework_database.dispose()
    current_settings.cache_clear()
