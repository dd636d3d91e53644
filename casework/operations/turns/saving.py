"""Writes what a turn has made and changed with plain statements: for each table one, whether rows are new, changed or both.

The ORM's flush does the same for everything, but row by row, and counts rows after each statement, so that nothing can be sent
together; it costs as much time as the engine's step. We chose this for the tables that turns write, knowing that whatever
else is new (a hand-off, a document) is left to the flush.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import bindparam, insert, inspect, update
from sqlalchemy.dialects import postgresql, sqlite

from casework.model import (
    Case,
    Consent,
    Deadline,
    Incident,
    Job,
    JournalEntry,
    Passage,
    Person,
    ProcessInstance,
    ProcessMessage,
    Relation,
    Submission,
    Subscription,
    Timer,
    UserTask,
)
from casework.operations.turns.running import CHANGED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Executable, Table
    from sqlalchemy.orm import Session

    from casework.database import Base
    from casework.operations.turns.turn import Row, Turn

#: Whom others refer to comes first.
ORDER: tuple[type[Base], ...] = (
    Person, Case, ProcessInstance, Relation, Consent, Deadline, UserTask, Submission, Job, Timer, Subscription, ProcessMessage,
    Passage, Incident, JournalEntry,
)  # fmt: skip


def is_plain(session: Session) -> bool:
    """Whether there is nothing to write but what `save` writes."""
    return not session.deleted and all(isinstance(row, ORDER) for row in (*session.new, *session.dirty))


def save(turn: Turn, started: Sequence[ProcessInstance], deadlines: Sequence[Row]) -> None:
    """Write it, with the turn's own rows, the instances that it has started and the older `deadlines` that it has changed.

    The session then takes everything for unchanged.
    """
    new, changed = list(turn.session.new), list(turn.session.dirty)
    for table in ORDER:
        made = sorted((row for row in new if type(row) is table), key=_position)
        for row in made:
            turn.session.expunge(row)
        rows = [*turn.pending(table), *map(whole, made), *(map(whole, started) if table is ProcessInstance else ())]
        if table is Deadline:
            _put(turn.session.connection(), table, rows, deadlines, frozenset(CHANGED))
        else:
            _put_with_changes(turn.session, table, rows, [row for row in changed if type(row) is table])


def _position(row: Any) -> int:
    return row.number if isinstance(row, JournalEntry) else 0


def _put_with_changes(session: Session, table: type[Base], new: list[Row], changed: Sequence[Any]) -> None:
    """`changed` are rows of the session."""
    states = [inspect(row) for row in changed]
    changes = [_names(table) - state.unmodified for state in states]
    names = frozenset[str]().union(*changes)
    rows = [_known(row, names) for row, differs in zip(changed, changes, strict=True) if differs]
    _put(session.connection(), table, new, rows, names)
    for state in states:
        state._commit_all(state.dict, session.identity_map)  # noqa: SLF001  what a flush does in its end; there is no public word


def _put(
    connection: Connection, table: type[Base], new: list[Row], changed: Sequence[Row], names: frozenset[str]
) -> None:
    """Insert and update together where both are asked for and the changed rows are known whole."""
    if new and changed and all(_names(table) <= row.keys() for row in changed):
        connection.execute(_upsert(connection.dialect.name, table, names), [*changed, *new])
        return
    if new:
        connection.execute(insert(_table(table)), new)
    if changed:
        told = [{"this": row["id"], **{f"new_{name}": row[name] for name in names}} for row in changed]
        connection.execute(_update(table, names), told)


def _known(row: Any, names: frozenset[str]) -> Row:
    """What the session knows of a row, and in any case these columns."""
    known, table = inspect(row).dict, cast("Any", type(row))
    return {name: getattr(row, name) for name in _names(table) if name in known or name in names}


@cache
def _upsert(dialect: str, table: type[Base], names: frozenset[str]) -> Executable:
    """The conflict is the row that was there; only what has changed is set, so that nobody who refers to it has to wait."""
    statement: Any = (postgresql if dialect == "postgresql" else sqlite).insert(_table(table))
    taken = {name: statement.excluded[name] for name in sorted(names)}
    upsert: Executable = statement.on_conflict_do_update(index_elements=["id"], set_=taken)
    return upsert


@cache
def _update(table: type[Base], names: frozenset[str]) -> Executable:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in sorted(names)}
    return update(_table(table)).where(_table(table).c.id == bindparam("this")).values(**values)


def whole(row: Any) -> Row:
    """All columns of a row; a new one that nobody gave a value has its default."""
    given, table = inspect(row).dict, cast("Any", type(row))
    return {c.key: given[c.key] if c.key in given else _default(c) for c in _columns(table)}


def _default(column: Any) -> Any:
    if column.default is None:
        return None
    return column.default.arg(None) if column.default.is_callable else column.default.arg


@cache
def _columns(table: Any) -> tuple[Any, ...]:
    return tuple(_table(table).c)


@cache
def _names(table: Any) -> frozenset[str]:
    return frozenset(column.key for column in _columns(table))


def _table(model: Any) -> Table:
    return cast("Table", model.__table__)
