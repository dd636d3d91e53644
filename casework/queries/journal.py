"""The journal of a case, newest first: who did what when, each entry with the hash that chains it to the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from casework.database import read
from casework.errors import NotFoundError
from casework.forms.words import words
from casework.i18n import message
from casework.model import Case, JournalEntry, ProcessInstance, ProcessVersion, UserTask
from casework.model.visibility import sees_journal
from casework.queries.columns import OF_CASE, contains
from casework.queries.cursors import read_cursor, write_cursor
from casework.queries.journal_groups import kinds_of
from casework.queries.journal_sentences import QUOTED, journal_sentence, quote
from casework.released import release_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from casework.forms.words import Words
    from casework.i18n import Message
    from casework.model import Actor
    from casework.queries.columns import AnySelect

MOST_ROWS = 500
#: What a case page shows of its journal: the last few, or all that is new to the reader, as long as it can be taken in.
FEW, MOST_NEWS = 5, 25


_NEWEST: AnySelect = (
    select(
        *(column for column in JournalEntry.__table__.c),
        UserTask.name.label("task_name"),
        UserTask.name_en.label("task_name_en"),
        ProcessInstance.process_version_id,
        ProcessVersion.name.label("process_name"),
        ProcessVersion.name_en.label("process_name_en"),
    )
    .outerjoin(UserTask, UserTask.id == JournalEntry.user_task_id)
    .outerjoin(ProcessInstance, ProcessInstance.id == JournalEntry.instance_id)
    .outerjoin(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
    .where(JournalEntry.case_id == OF_CASE)
    .order_by(JournalEntry.number.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True)
class JournalRow:
    """One entry. `sentence` follows the actor's name; `quote` is what a person wrote; ids say what it points at."""

    number: int
    kind: str
    at: datetime
    actor: str
    actor_id: UUID | None
    sentence: Message
    quote: str | None
    instance_id: UUID | None
    task_id: UUID | None
    handoff_id: UUID | None
    details: dict[str, Any]
    hash: str


@dataclass(frozen=True)
class JournalPage:
    """One page; `length` and `head` (hex) are those of the whole chain."""

    case_id: UUID
    case_number: str
    rows: tuple[JournalRow, ...]
    length: int
    head: str
    next_cursor: str | None


def journal(
    actor: Actor,
    case_id: UUID,
    *,
    cursor: str | None = None,
    limit: int = 50,
    text: str | None = None,
    group: str | None = None,
) -> JournalPage:
    """Give one page to who sees the whole case, and to auditors.

    `text` is part of a name or of what somebody wrote, `group` a key of `journal_groups`.
    """
    before = read_cursor(cursor, int)
    limit = max(1, min(limit, MOST_ROWS))
    with read() as session:
        case = session.execute(
            select(Case.number, Case.journal_length, Case.journal_head).where(Case.id == case_id, sees_journal(actor))
        ).one_or_none()
        if case is None:
            raise NotFoundError(message("There is no such case."))
        number = before[0] if before else None
        rows = journal_rows(session, case_id, limit + 1, before=number, text=text, kinds=kinds_of(group))
    return JournalPage(
        case_id=case_id,
        case_number=case.number,
        rows=rows[:limit],
        length=case.journal_length,
        head=case.journal_head.hex(),
        next_cursor=write_cursor(rows[limit - 1].number) if len(rows) > limit else None,
    )


def latest_rows(session: Session, case_id: UUID, since: datetime | None) -> tuple[JournalRow, ...]:
    """Give the last `FEW` entries, or up to `MOST_NEWS` where more have been written since that moment."""
    rows = journal_rows(session, case_id, FEW if since is None else MOST_NEWS)
    return rows[: max(FEW, sum(since is not None and row.at > since for row in rows))]


def journal_rows(
    session: Session,
    case_id: UUID,
    limit: int,
    *,
    before: int | None = None,
    text: str | None = None,
    kinds: frozenset[str] | None = None,
) -> tuple[JournalRow, ...]:
    """Give the last entries of a case that the caller has found visible."""
    chosen = _NEWEST
    if before is not None:
        chosen = chosen.where(JournalEntry.number < before)
    if kinds is not None:
        chosen = chosen.where(JournalEntry.kind.in_(sorted(kinds)))
    if text and text.strip():
        written = [JournalEntry.details[key].as_string() for key in QUOTED]
        found = [contains(column, text.strip()) for column in (JournalEntry.actor, UserTask.name, *written)]
        chosen = chosen.where(or_(*found))
    return _read(session, session.execute(chosen, {"of_case": case_id, "most": limit}).all())


def _read(session: Session, rows: Sequence[Any]) -> tuple[JournalRow, ...]:
    return tuple(
        JournalRow(
            number=row.number,
            kind=row.kind,
            at=row.at,
            actor=row.actor,
            actor_id=row.actor_id,
            sentence=journal_sentence(
                row.kind,
                row.details,
                task=words(row.task_name, row.task_name_en) if row.task_name else None,
                element=_element(session, row),
            ),
            quote=quote(row.details),
            instance_id=row.instance_id,
            task_id=row.user_task_id,
            handoff_id=_id(row.details.get("handoff_id")),
            details=row.details,
            hash=row.hash.hex(),
        )
        for row in rows
    )


def _element(session: Session, row: Any) -> Words | None:
    """The element that the entry names, as it is drawn; for an entry about the instance itself, its process."""
    if row.process_version_id is None:
        return None
    wanted = row.details.get("element")
    if wanted is None:
        return words(row.process_name, row.process_name_en)
    elements = release_of(session, row.process_version_id).definition.elements
    found = next((element for (_, element_id), element in elements.items() if element_id == wanted), None)
    return words(found.name or wanted, found.name_en) if found else words(wanted)


def _id(value: object) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None
