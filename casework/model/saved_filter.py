"""A filter of the inbox that an employee has given a name."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, new_row_id


class SavedFilter(Base):
    """Nobody but the employee sees it. It gives no right: what it shows is asked anew each time."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("employee_id", "name"),)

    id: Mapped[UUID] = new_row_id()
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    name: Mapped[str]
    #: As in `casework.queries.inbox_views.View`.
    view: Mapped[str]
    unit: Mapped[str | None]
    process: Mapped[str | None]
    due_class: Mapped[str | None]
    text: Mapped[str | None]
    created_at: Mapped[datetime]
