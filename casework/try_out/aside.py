"""What else a step has brought: letters, deadlines that were met or have passed, what the journal says, and where it is stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.calendar.duration_words import duration_words
from casework.database import read
from casework.forms.words import words
from casework.i18n import Message, message
from casework.model import Case, Deadline, DeadlineState, Incident, ProcessInstance
from casework.queries.journal import journal_rows
from casework.queries.journal_groups import kinds_of
from casework.released import definition_of
from casework.try_out.letters_seen import letters_seen
from casework.try_out.record import Entry, EntryKind, Origin, both
from casework.try_out.saying import feel_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.try_out.before import Before
    from casework.try_out.record import Record

#: What the engine does not say by itself.
_KINDS = (
    (kinds_of("handoffs") or frozenset())
    | (kinds_of("measures") or frozenset())
    | {"deadline_moved", "deadline_paused", "deadline_resumed", "escalation_raised", "employees_told"}
    | {"responsibility_moved", "fact_corrected", "timer_moved"}
)
MOST_ROWS = 500
#: Due at the end of the day on which it begins.
_SAME_DAY = "P0D"


def tell(record: Record, case_id: UUID, before: Before, since: datetime, until: datetime) -> None:
    """Write down what is there now and was not before; deadlines whose moment lay between `since` and `until`."""
    with read() as session:
        record.entries += [
            *_letters(session, case_id, before),
            *_deadlines(session, case_id, since, until),
            *_journal(session, case_id, before),
            *_stuck(session, case_id, before),
        ]
        _facts(session, record, case_id, before, until)


def _letters(session: Session, case_id: UUID, before: Before) -> Iterator[Entry]:
    for one in letters_seen(session, case_id):
        if one.id not in before.documents:
            said = message("A letter goes to {name}: {letter}", letter=one.name, name=one.recipient)
            yield Entry(one.at, EntryKind.LETTER, both(said))


def _deadlines(session: Session, case_id: UUID, since: datetime, until: datetime) -> Iterator[Entry]:
    for row in session.scalars(select(Deadline).where(Deadline.case_id == case_id)):
        name = words(row.name, row.name_en)
        span = duration_words(row.duration, row.calendar)
        is_met = row.state is DeadlineState.MET
        if row.ended_at is not None and is_met and since < row.ended_at <= until and row.ended_at <= row.due_at:
            said = message("The deadline is met: {name}", name=name)
            yield Entry(row.ended_at, EntryKind.DEADLINE, both(said), row.process_id, row.element_id)
        if since < row.due_at <= until and row.state is not DeadlineState.WITHDRAWN:
            stood = row.ended_at is None or row.ended_at > row.due_at
            yield _due(row, name, span, stood=stood)


def _due(row: Deadline, name: Message, span: Message | None, *, stood: bool) -> Entry:
    passed = message("{span} have gone", span=span) if span else message("Its date has come")
    if row.duration == _SAME_DAY:
        passed = message("The day is over")
    if stood:
        said = message("{passed}. The deadline has passed: {name}", passed=passed, name=name)
        return Entry(row.due_at, EntryKind.OVERDUE, both(said), row.process_id, row.element_id)
    said = message("{passed}. It was met on {at:digits}: {name}", passed=passed, at=row.ended_at, name=name)
    return Entry(row.due_at, EntryKind.DEADLINE, both(said), row.process_id, row.element_id)


def _journal(session: Session, case_id: UUID, before: Before) -> Iterator[Entry]:
    rows = journal_rows(session, case_id, MOST_ROWS, kinds=_KINDS)
    for row in reversed(rows):
        if row.number > before.journal:
            yield Entry(row.at, EntryKind.NOTED, both(message("{actor} {did}", actor=row.actor, did=row.sentence)))


def _stuck(session: Session, case_id: UUID, before: Before) -> Iterator[Entry]:
    query = (
        select(Incident, ProcessInstance.process_version_id)
        .join(ProcessInstance, ProcessInstance.id == Incident.instance_id)
        .where(Incident.case_id == case_id)
    )
    for incident, version_id in session.execute(query.order_by(Incident.id)):
        if incident.id in before.incidents:
            continue
        element = definition_of(session, version_id).elements.get((incident.process_id, incident.element_id))
        name = words(element.name or element.id, element.name_en) if element else words(incident.element_id)
        said = message("It cannot go on at {element}. {cause}", element=name, cause=Message.from_json(incident.cause))
        read_then = tuple((key, feel_text(value)) for key, value in incident.values_read.items())
        expression = (("", incident.expression),) if incident.expression else ()
        yield Entry(
            incident.created_at,
            EntryKind.STUCK,
            both(said),
            incident.process_id,
            incident.element_id,
            read=(*expression, *read_then),
        )


def _facts(session: Session, record: Record, case_id: UUID, before: Before, at: datetime) -> None:
    facts = session.execute(select(Case.facts).where(Case.id == case_id)).scalar_one()
    done = [entry.words for entry in record.entries if entry.kind is EntryKind.DONE]
    source = (
        done[-1] if done else both(message("Given when the process began" if not before.facts else "Told from outside"))
    )
    for name, value in facts.items():
        if before.facts.get(name) != value or name not in record.facts:
            record.facts[name] = Origin(at, source)
