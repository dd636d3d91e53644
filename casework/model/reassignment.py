"""Several tasks passed on at once, with what they were before: so that it can be undone as far as nobody has touched them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, new_row_id


class Reassignment(Base):
    """Somebody passed several tasks to one employee, with one reason."""

    __tablename__ = "reassignment"
    __table_args__ = (Index(None, "employee_id", "at"),)

    id: Mapped[UUID] = new_row_id()
    #: Who did it, and only who may undo it.
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    to_employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    reason: Mapped[str]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]

    def undo(self, at: datetime) -> None:
        """What could be put back has been."""
        self.undone_at = at


class ReassignedTask(Base):
    """One of them. `version` and `draft_version` are those that it had afterwards: others mean that somebody has touched it."""

    __tablename__ = "reassigned_task"
    __table_args__ = (Index(None, "reassignment_id"),)

    id: Mapped[UUID] = new_row_id()
    reassignment_id: Mapped[UUID] = mapped_column(ForeignKey("reassignment.id"))
    user_task_id: Mapped[UUID] = mapped_column(ForeignKey("user_task.id"))
    #: Who had it; None: nobody.
    from_employee_id: Mapped[UUID | None] = mapped_column(ForeignKey("employee.id"))
    #: Until when it had been put aside.
    follow_up_on: Mapped[date | None]
    version: Mapped[int]
    draft_version: Mapped[int]
    put_back_at: Mapped[datetime | None]

    def put_back(self, at: datetime) -> None:
        """It is as it was."""
        self.put_back_at = at
