"""A small demonstration, loaded once for all tests of this folder that only look at it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine, event

from casework import clock, config
from casework import database as casework_database
from casework.demo.load import load_demonstration
from workers.execute import run_ready_jobs

#: A Thursday morning at 9.14 in Copenhagen, as in the mock-ups.
THURSDAY = datetime(2026, 11, 26, 8, 14, tzinfo=UTC)
CASES = 6


def load(folder, template, *, cases=CASES, now=THURSDAY, seed=1, **how):
    """Load a demonstration into a database in `folder`; settings are those of the load only."""
    shutil.copy(template, folder / "sagsgang.sqlite")
    with pytest.MonkeyPatch.context() as patch, clock.moved_to(now):
        patch.setenv("DATABASE_URL", f"sqlite:///{folder / 'sagsgang.sqlite'}")
        patch.setenv("SAGSGANG_DATA", str(folder))
        config.settings.cache_clear()
        try:
            return load_demonstration(run_ready_jobs, cases=cases, seed=seed, **{"processes": 1, **how})
        finally:
            casework_database.dispose()
            config.settings.cache_clear()


class Completions:
    """The statements of each transaction that keeps a submission, on any connection of the test; moving in is none."""

    def __init__(self):
        self.of_each, self._now = [], []

    def __enter__(self):
        event.listen(Engine, "before_cursor_execute", self._count)
        event.listen(Engine, "commit", self._committed)
        event.listen(Engine, "rollback", self._begin)
        return self

    def __exit__(self, *_):
        event.remove(Engine, "before_cursor_execute", self._count)
        event.remove(Engine, "commit", self._committed)
        event.remove(Engine, "rollback", self._begin)

    def _begin(self, _connection):
        self._now = []

    def _count(self, connection, _cursor, statement, *_):
        if statement.startswith("BEGIN"):
            self._begin(connection)
        else:
            self._now.append(" ".join(statement.split())[:100])

    def _committed(self, connection):
        is_moving_in = any("defer_foreign_keys" in statement for statement in self._now)
        if not is_moving_in and any(statement.startswith("INSERT INTO submission") for statement in self._now):
            self.of_each.append(self._now)
        self._begin(connection)


@pytest.fixture(scope="session")
def _loaded(tmp_path_factory, _sqlite_template):
    folder = tmp_path_factory.mktemp("demonstration")
    with Completions() as completions:
        loaded = load(folder, _sqlite_template)
    return SimpleNamespace(folder=folder, loaded=loaded, completions=completions.of_each)


@pytest.fixture
def completions(_loaded):
    """The statements of every completion while it was loaded."""
    return _loaded.completions


@pytest.fixture
def demonstration(_loaded, settings):
    """The loaded demonstration on that Thursday, to be looked at and not changed."""
    url = f"sqlite:///{_loaded.folder / 'sagsgang.sqlite'}"
    settings(DATABASE_URL=url, SAGSGANG_DATA=str(_loaded.folder), SAGSGANG_DEMONSTRATION="1")
    with clock.moved_to(THURSDAY):
        yield _loaded.loaded
    casework_database.dispose()
