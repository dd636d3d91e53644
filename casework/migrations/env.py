"""Read by Alembic for each command: the connection that `run` gives, and the tables of the models."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, Enum

import casework.model  # noqa: F401  so that the metadata has its tables
from casework.database import Base, Document, Instant


def _written(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Steps name types of the database, not of our code, which goes on changing."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Document | JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    if isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=_written,
    render_as_batch=context.script.get_current_head() is not None,  # how SQLite changes a table; new ones need it not
)
with context.begin_transaction():
    context.run_migrations()
