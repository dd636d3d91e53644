"""Engine, transaction, read. The engine is made at the first use and again after a fork."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy
from sqlalchemy import Engine, QueuePool, event, make_url
from sqlalchemy.orm import Session

from casework import wake
from casework.config import settings
from casework.database.times import teach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_engines: dict[tuple[int, str], Engine] = {}
_around: ContextVar[Session | None] = ContextVar("transaction_around", default=None)
_private: ContextVar[Engine | None] = ContextVar("private_database", default=None)

_READS: dict[str, Any] = {"sagsgang_reads": True}
#: Several statements of one query see one state; SQLite does so by itself.
_POSTGRES_READS: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

#: Engines of private databases that nobody uses just now, each with the file that it opens.
_idle: list[tuple[Engine, list[Path]]] = []

#: Connections of one process; as many as it has threads.
POOL = 8


def engine() -> Engine:
    """The engine of this process for the configured database, or the private one of this context."""
    if (private := _private.get()) is not None:
        return private
    key = (os.getpid(), settings().database_url)
    if key not in _engines:
        _engines[key] = _connect(settings().database_url)
    return _engines[key]


def dispose() -> None:
    """Close all connections of this process. The engine of the configured database remembers what it has compiled."""
    for key, one in list(_engines.items()):
        one.dispose()
        if key != (os.getpid(), settings().database_url):
            del _engines[key]


_SQLITE: dict[str, Any] = {"timeout": 30, "isolation_level": None}
_KEPT = ("journal_mode=WAL", "synchronous=FULL")
#: Nobody waits for what another writes there, and a file that is opened and closed at each step needs no second one beside it.
_THROWN_AWAY = ("journal_mode=MEMORY", "synchronous=OFF")
#: Disks no longer take four times as long for a page out of order as for the next one, and no statement here is worth compiling.
_POSTGRES: dict[str, Any] = {"options": "-c random_page_cost=1.1 -c jit=off"}
#: What a statement was given stays out of the text of its error, and so out of logs: it is about children.
_COMMON: dict[str, Any] = {"pool_size": POOL, "max_overflow": 0, "hide_parameters": True}


@contextmanager
def transaction() -> Iterator[Session]:
    """One transaction: leaving by return commits, by raise rolls back. Only operations open one.

    Who leaves work for the machines sets `session.info["wakes"]`: then the bell rings after the commit.
    """
    if (around := _around.get()) is not None:
        yield around
        return
    with Session(engine(), expire_on_commit=False) as session:
        with session.begin():
            yield session
        if session.info.get("wakes") and _private.get() is None:
            wake.ring()


@contextmanager
def one_transaction() -> Iterator[Session]:
    """One transaction around operations that must be kept together or not at all: theirs become part of it."""
    with transaction() as session:
        token = _around.set(session)
        try:
            yield session
        finally:
            _around.reset(token)


@contextmanager
def read() -> Iterator[Session]:
    """A session that only reads: one consistent view, and nothing is kept."""
    with engine().connect().execution_options(**_read_options()) as connection:
        with Session(connection, autoflush=False) as session:
            yield session
        connection.rollback()


@contextmanager
def private_database(file: Path) -> Iterator[None]:
    """Inside, this context (thread or task) works in an SQLite file of its own, and nobody else does.

    For scenarios and trying out: it waits for no disk and rings no bell, because it is thrown away afterwards. Engines are used
    again for the next file: they remember the statements that they have compiled, half a second's work.
    """
    try:
        made, files = _idle.pop()
    except IndexError:
        made, files = _of_any_file()
    files[:] = [file]
    token, around = _private.set(made), _around.set(None)  # a transaction around all this is of the other database
    try:
        yield
    finally:
        _around.reset(around)
        _private.reset(token)
        made.dispose()
        _idle.append((made, files))


def _of_any_file() -> tuple[Engine, list[Path]]:
    """An engine that opens the file which the list holds."""
    files: list[Path] = []

    def open_file() -> sqlite3.Connection:
        opened: sqlite3.Connection = sqlite3.connect(files[0], **_SQLITE, check_same_thread=False)
        return opened

    made = sqlalchemy.create_engine("sqlite://", creator=open_file, poolclass=QueuePool, **_COMMON)
    _listen(made, _THROWN_AWAY)
    return made, files


def _read_options() -> dict[str, Any]:
    return _READS if engine().dialect.name == "sqlite" else _READS | _POSTGRES_READS


def _connect(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return sqlalchemy.create_engine(url, pool_pre_ping=True, connect_args=_POSTGRES, **_COMMON)
    if file := make_url(url).database:
        Path(file).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = sqlalchemy.create_engine(url, connect_args=_SQLITE, **_COMMON)
    _listen(made, _KEPT)
    return made


def _listen(made: Engine, journal: tuple[str, str]) -> None:
    event.listen(made, "connect", lambda connection, _record: _prepare_sqlite(connection, journal))
    event.listen(made, "begin", _begin_sqlite)


def _prepare_sqlite(connection: Any, journal: tuple[str, str]) -> None:
    for pragma in (*journal, "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")
    teach(connection)


def _begin_sqlite(connection: Connection) -> None:
    """SQLAlchemy leaves the beginning to the driver, and the driver would begin DEFERRED."""
    reads = connection.get_execution_options().get("sagsgang_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
