"""Runs Alembic on the configured database, without a file of its own configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from casework.database import engine

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FOLDER = Path(__file__).parent
#: Any number that nobody else uses: two servers that start at once migrate one after the other.
_LOCK = 0x5A65


def migrate() -> str:
    """Bring the database to the newest step, in one transaction; gives the step's id. A newest database is left as it is."""
    with engine().begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(_config(connection), "head")
    return _newest()


def draft(title: str) -> None:
    """Write the next step from the difference between the models and the configured, newest database."""
    with engine().begin() as connection:
        command.revision(_config(connection), title, autogenerate=True, rev_id=f"{len(_steps()) + 1:04}")


def _newest() -> str:
    return ScriptDirectory.from_config(_config(None)).get_current_head() or ""


def _steps() -> list[Path]:
    return sorted((_FOLDER / "versions").glob("*.py"))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
