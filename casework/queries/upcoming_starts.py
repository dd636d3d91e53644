"""What will begin by itself on a case, and when: as when the child turns 12."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from casework.forms.words import Words, words
from casework.model import ProcessStart, ProcessVersion, ProcessVersionState, StartState
from casework.released import definition_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

_WAITING = (
    select(ProcessStart.element_id, ProcessStart.due_at, ProcessVersion)
    .join(ProcessVersion, ProcessVersion.process_id == ProcessStart.process_id)
    .where(ProcessStart.case_id == bindparam("of_case"), ProcessStart.state == StartState.WAITING)
    .where(ProcessVersion.state == ProcessVersionState.RELEASED)
    .order_by(ProcessStart.due_at, ProcessStart.element_id)
)


@dataclass(frozen=True)
class UpcomingStart:
    """`occasion` is what the start event is called in the diagram."""

    process: Words
    occasion: Words
    at: datetime


def upcoming_starts(session: Session, case_id: UUID) -> tuple[UpcomingStart, ...]:
    """Give them for a case that the reader sees whole, the nearest first. A version that no longer starts there says nothing."""
    rows = session.execute(_WAITING, {"of_case": case_id})
    found = []
    for element_id, due_at, version in rows:
        element = definition_of(session, version.id).elements.get((version.process_id, element_id))
        if element is not None:
            named = words(element.name or element.id, element.name_en or element.name or element.id)
            found.append(UpcomingStart(words(version.name, version.name_en), named, due_at))
    return tuple(found)
