"""A secret link under which an employee's calendar program asks for the employee's own deadlines."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, new_row_id


class CalendarLink(Base):
    """Counts until it is ended, at the latest by the next one of the same employee."""

    __tablename__ = "calendar_link"
    __table_args__ = (Index(None, "employee_id", "created_at"),)

    id: Mapped[UUID] = new_row_id()
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    #: SHA-256 of the token; the token itself (256 random bits) is shown once.
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
