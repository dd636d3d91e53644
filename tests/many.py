"""A case over and over, with what runs and waits on it: a town that would take too long to walk."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import insert, select

from casework.database import Base, transaction

#: Tables in the order in which they point at each other, and which rows are repeated.
_REPEATED = {
    "cases": None,
    "process_instance": "running",
    "deadline": "running",
    "user_task": ("open", "claimed"),
    "timer": "waiting",
    "subscription": "waiting",
}
#: Each copy begins its own journal.
_FRESH = {"journal_length": 0, "journal_head": b""}


def repeat_case(case_id, times):
    """So many copies of the case. All have the child of the first."""
    with transaction() as session:
        found = {name: _rows(session, name, case_id) for name in _REPEATED}
        for _ in range(times):
            ids = {row["id"]: uuid4() for rows in found.values() for row in rows}
            for name, rows in found.items():
                own = {"number": f"S-{uuid4().hex}", **_FRESH} if name == "cases" else {}
                copies = [{key: _moved(ids, value) for key, value in row.items()} | own for row in rows]
                if copies:
                    session.execute(insert(Base.metadata.tables[name]), copies)


def _rows(session, name, case_id):
    table, states = Base.metadata.tables[name], _REPEATED[name]
    query = select(table).where((table.c.id if name == "cases" else table.c.case_id) == case_id)
    if states:
        query = query.where(table.c.state.in_((states,) if isinstance(states, str) else states))
    return [dict(row) for row in session.execute(query).mappings()]


def _moved(ids, value):
    try:
        return ids.get(value, value)
    except TypeError:  # a document has no place in a dictionary, and is no id
        return value
