"""Whether the history of each process still says what was written: every hash computed again, every number in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.i18n import Message, message
from casework.model import ProcessHistory, ProcessHistoryEntry

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class BrokenHistory:
    """The first place where the chain of a process does not hold."""

    process_id: str
    number: int
    reason: Message


def verify_process_history() -> list[BrokenHistory]:
    """Compute the chain of every process again. Empty: nothing was changed, taken out or put in between."""
    with read() as session:
        histories = session.scalars(select(ProcessHistory).order_by(ProcessHistory.process_id)).all()
        faults = [(history.process_id, _first_fault(session, history)) for history in histories]
    return [BrokenHistory(process_id, *fault) for process_id, fault in faults if fault]


def _first_fault(session: Session, history: ProcessHistory) -> tuple[int, Message] | None:
    number, before = 0, b""
    entries = select(ProcessHistoryEntry).where(ProcessHistoryEntry.process_id == history.process_id)
    for entry in session.scalars(entries.order_by(ProcessHistoryEntry.number)):
        number += 1
        if entry.number != number:
            return number, message("An entry is missing.")
        if entry.computed_hash(before) != entry.hash:
            return number, message("The entry is not what was written, or another stood before it.")
        before = entry.hash
    if number != history.length or before != history.head:
        return number + 1, message("The last entries are missing.")
    return None
