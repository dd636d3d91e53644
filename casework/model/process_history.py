"""The history of a process: who changed, approved, released, retired or moved what and why; append-only, chained by hashes."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Json


class ProcessHistory(Base):
    """One row for each process: the end of its chain, and the lock of whoever releases."""

    __tablename__ = "process_history"

    process_id: Mapped[str] = mapped_column(primary_key=True)
    length: Mapped[int] = mapped_column(default=0)
    head: Mapped[bytes] = mapped_column(default=b"")


class ProcessHistoryEntry(Base):
    """`hash` = SHA-256 over the hash before and the entry's own words, as in the journal of a case."""

    __tablename__ = "process_history_entry"
    __table_args__ = (Index("ix_process_history_entry_draft", "process_draft_id"),)

    process_id: Mapped[str] = mapped_column(ForeignKey("process_history.process_id"), primary_key=True)
    #: 1, 2, 3, ... without a gap.
    number: Mapped[int] = mapped_column(primary_key=True)
    #: Past tense, as `process_draft_approved`.
    kind: Mapped[str]
    at: Mapped[datetime]
    actor: Mapped[str]
    actor_id: Mapped[UUID | None]
    process_draft_id: Mapped[UUID | None]
    #: What a sentence about it needs; JSON values only.
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    hash: Mapped[bytes]

    def computed_hash(self, before: bytes) -> bytes:
        """What `hash` must be after the entry whose hash is `before` (empty for the first)."""
        ids = [str(self.actor_id), str(self.process_draft_id)]
        words = [self.process_id, self.number, self.kind, self.at.isoformat(), self.actor, *ids, self.details]
        said = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(before + said.encode()).digest()
