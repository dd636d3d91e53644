"""The journal: who did what when on a case, append-only, each entry chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Json, new_row_id


class JournalEntry(Base):
    """`hash` = SHA-256 over the hash before and the entry's own words; `casework verify-journal` computes it again."""

    __tablename__ = "journal_entry"
    __table_args__ = (UniqueConstraint("case_id", "number"), Index("ix_journal_entry_case", "case_id", "at"))

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    #: 1, 2, 3, ... without a gap.
    number: Mapped[int]
    #: Past tense, as `user_task_completed`.
    kind: Mapped[str]
    at: Mapped[datetime]
    actor: Mapped[str]
    actor_id: Mapped[UUID | None]
    instance_id: Mapped[UUID | None]
    user_task_id: Mapped[UUID | None]
    #: What a sentence about it needs: names, dates, reasons; JSON values only.
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    hash: Mapped[bytes]

    def computed_hash(self, before: bytes) -> bytes:
        """What `hash` must be after the entry whose hash is `before` (empty for the first)."""
        words = [
            str(self.case_id),
            self.number,
            self.kind,
            self.at.isoformat(),
            self.actor,
            str(self.actor_id),
            str(self.instance_id),
            str(self.user_task_id),
            self.details,
        ]
        text = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(before + text.encode()).digest()
