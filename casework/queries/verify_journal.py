"""Whether the journal of a case still says what was written: every hash computed again, every number in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.i18n import Message, message
from casework.model import Case, JournalEntry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy.orm import Session

#: Entries read at a time.
PORTION = 1000


@dataclass(frozen=True)
class Broken:
    """The first place where the chain of a case does not hold; `number` is the entry's place."""

    case_id: UUID
    case_number: str
    number: int
    reason: Message


def verify_journal(*, case_id: UUID | None = None) -> list[Broken]:
    """Compute the chain of one case, or of all, again. Empty: nothing was changed, taken out or put in between.

    Who can change both the database and the case rows can forge a whole chain: compare heads with those of a backup.
    """
    with read() as session:
        cases = select(Case.id, Case.number, Case.journal_length, Case.journal_head).order_by(Case.number)
        if case_id is not None:
            cases = cases.where(Case.id == case_id)
        found = [
            (row, _first_fault(session, row.id, row.journal_length, row.journal_head)) for row in session.execute(cases)
        ]
        return [Broken(row.id, row.number, *fault) for row, fault in found if fault]


def _first_fault(session: Session, case_id: UUID, length: int, head: bytes) -> tuple[int, Message] | None:
    number, before = 0, b""
    for entry in _entries(session, case_id):
        number += 1
        if entry.number != number:
            return number, message("An entry is missing.")
        if entry.computed_hash(before) != entry.hash:
            return number, message("The entry is not what was written, or another stood before it.")
        before = entry.hash
    if number != length or before != head:
        return number + 1, message("The last entries are missing.")
    return None


def _entries(session: Session, case_id: UUID) -> Iterator[JournalEntry]:
    query = select(JournalEntry).where(JournalEntry.case_id == case_id).order_by(JournalEntry.number).limit(PORTION)
    portion = session.scalars(query).all()
    while portion:
        yield from portion
        portion = session.scalars(query.where(JournalEntry.number > portion[-1].number)).all()
