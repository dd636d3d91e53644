"""Webhooks: which messages of processes go to a system outside, where, and on which basis. What goes out is a job of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Json, new_row_id

#: The topic of the jobs that carry messages there.
TOPIC = "webhook"
#: What signing keys are sealed for.
SECRET_COLUMN = "webhook.secret"  # noqa: S105  the name of a column


class Webhook(Base):
    """One subscription. A message holds flags, dates and ids, so no case text leaves; who may have them is on record here."""

    __tablename__ = "webhook"

    id: Mapped[UUID] = new_row_id()
    name: Mapped[str] = mapped_column(unique=True)
    #: https; http only on this machine.
    url: Mapped[str]
    #: Names of messages, as `AfgoerelseSendt`.
    messages: Mapped[list[Any]] = mapped_column(Json, default=list)
    #: The key of the signatures, sealed for `webhook.secret`.
    secret: Mapped[bytes]
    #: Key of `processes/law.toml`: what allows the receiver to have them.
    legal_basis: Mapped[str]
    #: Only cases of this unit and those below it; None: of all.
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    ended_at: Mapped[datetime | None]

    def end(self, at: datetime) -> None:
        """Nothing more goes there; what is on its way still does."""
        self.is_active, self.ended_at = False, at
