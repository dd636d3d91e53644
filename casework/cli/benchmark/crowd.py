"""A large town on PostgreSQL: the open cases of a demonstration over and over, with what runs, is due and waits on them.

The units of the demonstration have their share of the copies, and a hundred copies of these units have theirs: 100,000 open
tasks are forty for each of 2,500 caseworkers. (How an inbox of 10,000 opens is measured by itself, see `fill_inboxes`.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from casework import database
from casework.database import Base, read, transaction
from casework.model import ACTIVE, UserTask

if TYPE_CHECKING:
    from sqlalchemy import Select

#: Tables, the rows that are repeated, and the columns that point at repeated rows; a copy's id follows from that of its original.
REPEATED = {
    "cases": ("state = 'open'", ()),
    "process_instance": ("state = 'running'", ("case_id",)),
    "deadline": ("state = 'running'", ("case_id", "instance_id")),
    "user_task": ("state IN ('open', 'claimed')", ("case_id", "instance_id")),
}
COPIES = 100
UNITS = (
    "INSERT INTO unit (id, name, name_en, path, is_active, is_external) "
    "SELECT id || '-' || n, name, name_en, '/copies' || path || n || '/', true, is_external "
    "FROM unit, generate_series(0, :copies - 1) AS n"
)
AT_HOME = "n % (:copies + 1) = :copies"
THERE = f"CASE WHEN {AT_HOME} THEN {{column}} ELSE {{column}} || '-' || n % (:copies + 1) END"
IN_UNITS = ("responsible_unit_id", "unit_id", "awaited_by_unit_id")
#: Nobody of the demonstration works elsewhere.
OF_EMPLOYEES = {name: f"CASE WHEN {AT_HOME} THEN {name} END" for name in ("responsible_employee_id", "assignee_id")}
COPY = "CAST(md5({column}::text || '-' || n) AS uuid)"
#: Dates lie from a week before to two months after those of the original.
MOVED = "CASE WHEN due_at IS NULL THEN {column} ELSE {column} + ((n * 37) % 1600 - 170) * interval '1 hour' END"


def crowd(tasks: int, copies: int = COPIES) -> int:
    """Repeat the cases until at least so many tasks are open, over so many copies of the units; gives how many are open."""
    with transaction() as session:
        session.execute(text(UNITS), {"copies": copies})
        times = tasks // max(1, session.scalar(_open()) or 0)
        for table, (which, others) in REPEATED.items():
            columns = {column.name: f'"{column.name}"' for column in Base.metadata.tables[table].c}
            there = {name: THERE.format(column=name) for name in IN_UNITS if name in columns}
            there |= {name: said for name, said in OF_EMPLOYEES.items() if name in columns}
            said = columns | there | {name: COPY.format(column=name) for name in ("id", *others)} | _own(table)
            insert = f"INSERT INTO {table} ({', '.join(columns.values())}) "
            chosen = f"SELECT {', '.join(said.values())} FROM {table}, generate_series(1, :times) AS n WHERE {which}"  # noqa: S608
            session.execute(text(insert + chosen), {"times": times, "copies": copies})
    with database.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM ANALYZE {', '.join(REPEATED)}"))
    with read() as session:
        return session.scalar(_open()) or 0


def _open() -> Select[int]:
    return select(func.count()).select_from(UserTask).where(UserTask.state.in_(ACTIVE))


def _own(table: str) -> dict[str, str]:
    """What a copy has of its own."""
    match table:
        case "cases":
            return {"number": "number || '-' || n"}
        case "deadline":
            return {"due_at": MOVED.format(column="due_at"), "next_escalation_at": "NULL"}
        case "user_task":
            running = "SELECT id FROM deadline AS d WHERE d.id = user_task.deadline_id AND d.state = 'running'"
            dates = {name: MOVED.format(column=name) for name in ("due_at", "inbox_at")}
            return {**dates, "deadline_id": COPY.format(column=f"({running})")}
    return {}
