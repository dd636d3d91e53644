"""Times in SQL that mean the same on SQLite and PostgreSQL: how long something took, and which day it was in Denmark."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Float, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from casework.config import TIME_ZONE

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy.sql.compiler import SQLCompiler


class seconds_between(FunctionElement[float]):  # noqa: N801  reads as a function of SQL
    """Seconds from the first instant to the second."""

    type = Float()
    inherit_cache = True


class danish_day_number(FunctionElement[int]):  # noqa: N801
    """The day of an instant in Denmark as a number that sorts: 20261127."""

    type = Integer()
    inherit_cache = True


class day_number(FunctionElement[int]):  # noqa: N801
    """The same of a day."""

    type = Integer()
    inherit_cache = True


def teach(connection: sqlite3.Connection) -> None:
    """Let SQLite know what it does not: the Danish clock."""
    connection.create_function("danish_day_number", 1, _danish_day_number, deterministic=True)


def _danish_day_number(instant: str | None) -> int | None:
    if instant is None:
        return None
    day = datetime.fromisoformat(instant).replace(tzinfo=UTC).astimezone(TIME_ZONE)
    return day.year * 10_000 + day.month * 100 + day.day


@compiles(seconds_between, "sqlite")
def _(element: Any, compiler: SQLCompiler, **more: Any) -> str:
    start, end = (compiler.process(one, **more) for one in element.clauses)
    return f"((julianday({end}) - julianday({start})) * 86400.0)"


@compiles(seconds_between, "postgresql")
def _(element: Any, compiler: SQLCompiler, **more: Any) -> str:
    start, end = (compiler.process(one, **more) for one in element.clauses)
    return f"CAST(extract(epoch FROM {end} - {start}) AS double precision)"


@compiles(danish_day_number, "sqlite")
def _(element: Any, compiler: SQLCompiler, **more: Any) -> str:
    """Most of the day Denmark has the same date as UTC, and SQLite need not ask Python."""
    instant = compiler.process(element.clauses, **more)
    same = f"CAST(replace(substr({instant}, 1, 10), '-', '') AS integer)"
    return f"CASE WHEN substr({instant}, 12, 2) < '22' THEN {same} ELSE danish_day_number({instant}) END"


@compiles(danish_day_number, "postgresql")
def _(element: Any, compiler: SQLCompiler, **more: Any) -> str:
    instant = compiler.process(element.clauses, **more)
    return f"CAST(to_char({instant} AT TIME ZONE '{TIME_ZONE.key}', 'YYYYMMDD') AS integer)"


@compiles(day_number, "sqlite")
def _(element: Any, compiler: SQLCompiler, **more: Any) -> str:
    return f"CAST(replace({compiler.process(element.clauses, **more)}, '-', '') AS integer)"


@compiles(day_number, "postgresql")
def _(element: Any, compiler: SQLCompiler, **more: Any) -> str:
    return f"CAST(to_char({compiler.process(element.clauses, **more)}, 'YYYYMMDD') AS integer)"
