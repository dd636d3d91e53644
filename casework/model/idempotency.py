"""What a caller was answered to a request with an `Idempotency-Key`, so that the same request again gives the same answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Json


class IdempotencyKey(Base):
    """One answered request. Kept for a month (`casework.operations.answer_once`)."""

    __tablename__ = "idempotency_key"

    actor_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    #: SHA-256 of method, path and body: another request under the same key is refused.
    fingerprint: Mapped[bytes]
    status: Mapped[int]
    body: Mapped[Any] = mapped_column(Json, nullable=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
