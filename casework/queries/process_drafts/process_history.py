"""The history of a process in sentences: who did what when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.database import read
from casework.i18n import Message, message
from casework.model import ProcessHistoryEntry
from casework.model.process_rights import require_sight

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor

#: Entries shown; older ones stay in the database.
MOST = 100

_PLAIN = {
    "process_draft_started": message("began a draft"),
    "process_draft_file_changed": message("changed {file}"),
    "process_draft_file_taken_back": message("took the change of {file} back"),
    "process_draft_taken_over": message("took the draft over from {from}"),
    "process_draft_submitted": message("asked for approval"),
    "process_draft_returned": message("sent the draft back"),
    "process_draft_discarded": message("put the draft aside"),
    "process_draft_rebased": message("laid the draft over what is released now"),
    "process_version_released": message("released version {version}"),
    "process_version_put_back": message("went back from version {before} to version {version}"),
    "process_retired": message("retired the process"),
    "put_back_asked": message("asked to go back to version {version}"),
    "retirement_asked": message("asked to retire the process"),
    "process_request_declined": message("said no to what was asked for"),
    "process_request_withdrawn": message("took the request back"),
    "instances_move_started": message(
        "had {count} running cases moved from version {from_version} to version {to_version}"
    ),
    "event_log_taken": message("took the event log away as {file}"),
    "instances_move_stopped": message("stopped a move of running cases"),
    "instances_move_resumed": message("let a move of running cases go on"),
}


@dataclass(frozen=True)
class HistoryRow:
    """`said` goes on after the name of the actor; `why` is what they wrote."""

    number: int
    at: datetime
    actor: str
    kind: str
    said: Message
    why: str
    legal_basis: str
    process_draft_id: UUID | None


def process_history(actor: Actor, process_id: str, process_draft_id: UUID | None = None) -> tuple[HistoryRow, ...]:
    """Newest first, of the process or of one draft. Refuses who may not see drafts."""
    require_sight(actor)
    with read() as session:
        return history_rows(session, process_id, process_draft_id)


def history_rows(session: Session, process_id: str, process_draft_id: UUID | None = None) -> tuple[HistoryRow, ...]:
    """The same where a session is open."""
    query = select(ProcessHistoryEntry).where(ProcessHistoryEntry.process_id == process_id)
    if process_draft_id is not None:
        query = query.where(ProcessHistoryEntry.process_draft_id == process_draft_id)
    return tuple(
        _row(entry) for entry in session.scalars(query.order_by(ProcessHistoryEntry.number.desc()).limit(MOST))
    )


def _row(entry: ProcessHistoryEntry) -> HistoryRow:
    details = entry.details
    return HistoryRow(
        number=entry.number,
        at=entry.at,
        actor=entry.actor,
        kind=entry.kind,
        said=_said(entry.kind, details),
        why=details.get("reason") or details.get("comment") or "",
        legal_basis=details.get("legal_basis") or "",
        process_draft_id=entry.process_draft_id,
    )


def _said(kind: str, details: dict[str, Any]) -> Message:
    match kind:
        case "process_draft_approved":
            part = {"owner": message("process owner"), "leader": message("team leader")}
            return message("approved the draft as {parts}", parts=[part[one] for one in details["as"]])
        case "process_draft_submitted" if details.get("effective_on"):
            day = date.fromisoformat(details["effective_on"])
            return message("asked for approval, to be released on {day}", day=day)
        case "process_version_put_back" if details.get("asked_by"):
            return message("agreed with {asked_by} and went back to version {version}", **details)
        case "process_retired" if details.get("asked_by"):
            return message("agreed with {asked_by} and retired the process", **details)
        case "process_version_put_back" if details.get("before") is None:
            return message("put version {version} into use again", version=details["version"])
        case _ if kind in _PLAIN:
            return message(_PLAIN[kind].id, **details)
    return message("did something: {kind}", kind=kind)
