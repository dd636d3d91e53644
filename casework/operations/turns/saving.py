"""Writes what was changed of case, instance and task, and the journal, with plain statements.

The ORM's flush does the same for everything, but counts rows after each statement, so that nothing can be sent together, and
costs as much time as the engine's step. We chose this for the three rows that every turn changes, knowing that whatever else
has changed (a timer, a job, an incident) is left to the flush.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import bindparam, insert, inspect, update

from casework.identifiers import new_id
from casework.model import Case, JournalEntry, ProcessInstance, UserTask

if TYPE_CHECKING:
    from sqlalchemy import Table, Update
    from sqlalchemy.orm import Session

CHANGES = (Case, ProcessInstance, UserTask)


def is_plain(session: Session) -> bool:
    """Whether there is nothing to write but what `save` writes."""
    return all(isinstance(new, JournalEntry) for new in session.new) and all(
        isinstance(changed, CHANGES) for changed in session.dirty
    )


def save(session: Session) -> None:
    """Write it; the session then takes it for unchanged."""
    for changed in sorted(session.dirty, key=lambda row: CHANGES.index(type(row))):
        _save(session, changed)
    entries = sorted((new for new in session.new if isinstance(new, JournalEntry)), key=lambda entry: entry.number)
    for entry in entries:
        session.expunge(entry)
    if entries:
        session.connection().execute(insert(_table(JournalEntry)), [_row(entry) for entry in entries])


def _save(session: Session, row: Any) -> None:
    state = inspect(row)
    table: Any = type(row)
    names = frozenset(_names(table) - state.unmodified)
    if names:
        session.connection().execute(
            _update(table, names), {"this": row.id, **{f"new_{n}": state.dict[n] for n in names}}
        )
    state._commit_all(state.dict, session.identity_map)  # noqa: SLF001  what a flush does in its end; there is no public word


@cache
def _update(table: Any, names: frozenset[str]) -> Update:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in sorted(names)}
    return update(_table(table)).where(_table(table).c.id == bindparam("this")).values(**values)


@cache
def _names(table: Any) -> frozenset[str]:
    return frozenset(column.key for column in _table(table).c)


def _row(entry: JournalEntry) -> dict[str, Any]:
    return {"id": new_id(), **{n: getattr(entry, n) for n in _names(JournalEntry) if n != "id"}}


def _table(model: Any) -> Table:
    return cast("Table", model.__table__)
