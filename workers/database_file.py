"""What the embedded run asks of its SQLite file without reading in SQLAlchemy, so that a second start is quick."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from casework.config import ROOT

STEPS = ROOT / "casework" / "migrations" / "versions"


def is_there(database_url: str) -> bool:
    """Whether there is a database that a web server could read already; of other servers than SQLite only they know."""
    file = _file(database_url)
    return file is None or file.exists()


def is_up_to_date(database_url: str) -> bool:
    """Whether the file is at the newest migration step. When in doubt it is not: migrating looks again, thoroughly."""
    file = _file(database_url)
    if file is None or not file.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(_newest(),)]
    except sqlite3.Error:
        return False


def _newest() -> str:
    """The id of a step is the number that its file name begins with (`casework.migrations`)."""
    return max(file.name.partition("_")[0] for file in STEPS.glob("[0-9]*.py"))


def _file(database_url: str) -> Path | None:
    kind, _, path = database_url.partition(":///")
    return Path(path) if kind == "sqlite" else None
