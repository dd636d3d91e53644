"""One engine per process, and the two ways to use it: `transaction()` for operations, `read()` for queries.

SQLite and PostgreSQL run the same code. On SQLite a transaction begins IMMEDIATE, so that it never fails half-way with
"database is locked"; on PostgreSQL whoever advances an instance locks its case row first.
"""

from casework.database.pipeline import pipelined
from casework.database.session import dispose, engine, one_transaction, private_database, read, transaction
from casework.database.times import danish_day_number, day_number, seconds_between
from casework.database.types import Base, Document, Instant, Json, new_row_id

__all__ = [
    "Base",
    "Document",
    "Instant",
    "Json",
    "danish_day_number",
    "day_number",
    "dispose",
    "engine",
    "new_row_id",
    "one_transaction",
    "pipelined",
    "private_database",
    "read",
    "seconds_between",
    "transaction",
]
