"""Messages, and the waits for them. A message that nobody awaits is kept, shown, and can be delivered later."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Document, new_row_id
from casework.errors import ConflictError
from casework.i18n import message
from casework.model.words import state_words


class SubscriptionState(StrEnum):
    """Where a wait for a message, signal or condition stands."""

    WAITING = "waiting"  #: The instance waits.
    RECEIVED = "received"  #: It was told. Final.
    CANCELLED = "cancelled"  #: It no longer waits. Final.


_WAITING = text("state = 'waiting'")


class Subscription(Base):
    """One message, signal or conditional wait of an instance."""

    __tablename__ = "subscription"
    __table_args__ = (
        Index("ix_subscription_name", "case_id", "name", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_subscription_instance", "instance_id", "state"),
    )

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"))
    engine_task_id: Mapped[str]
    process_id: Mapped[str]
    element_id: Mapped[str]
    #: message, signal or conditional
    kind: Mapped[str]
    #: The message's or signal's name; for a condition its expression.
    name: Mapped[str]
    #: Must equal that of the message; empty fits all on the case.
    correlation: Mapped[str] = mapped_column(default="")
    state: Mapped[SubscriptionState] = mapped_column(default=SubscriptionState.WAITING)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def receive(self, at: datetime) -> None:
        """What it waited for has come."""
        self.state, self.ended_at = SubscriptionState.RECEIVED, at

    def cancel(self, at: datetime) -> None:
        """The instance no longer waits."""
        self.state, self.ended_at = SubscriptionState.CANCELLED, at


class MessageState(StrEnum):
    """Where a message stands."""

    KEPT = "kept"  #: Nobody awaits it yet.
    DELIVERED = "delivered"  #: An instance has received it, or was started by it. Final.
    SENT = "sent"  #: No process awaits it: it was for whoever outside has asked for it. Final.
    DISCARDED = "discarded"  #: A person decided that nobody needs it, with a reason. Final.


class ProcessMessage(Base):
    """What came from elsewhere, or what one instance says to others on the case."""

    __tablename__ = "message"
    __table_args__ = (Index(None, "case_id", "state"), Index(None, "state", "received_at"))

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    name: Mapped[str]
    correlation: Mapped[str] = mapped_column(default="")
    #: Flags, dates, ids; never case text.
    payload: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    sender: Mapped[str]
    #: The sender's own id for it: sent twice, it counts once.
    dedupe_key: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[MessageState] = mapped_column(default=MessageState.KEPT)
    received_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"))
    reason: Mapped[str | None]

    def deliver(self, instance_id: UUID, at: datetime) -> None:
        """An instance has received it, or was started by it; of several the first."""
        self.state, self.instance_id, self.delivered_at = MessageState.DELIVERED, instance_id, at

    def discard(self, reason: str) -> None:
        """Nobody needs it."""
        if self.state is not MessageState.KEPT:
            raise ConflictError(message("The message is already {state}.", state=state_words(self.state)))
        self.state, self.reason = MessageState.DISCARDED, reason
