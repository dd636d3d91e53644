"""The diagrams that a heat map can be made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.errors import NotFoundError
from casework.forms.words import words
from casework.i18n import message
from casework.model import ProcessVersion, ProcessVersionState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms.words import Words

#: The diagram that is shown first.
USUAL = "intake_to_assessment"


@dataclass(frozen=True)
class ProcessName:
    """A diagram that can be chosen."""

    process_id: str
    version_id: UUID
    name: Words


def processes_of(session: Session) -> tuple[ProcessName, ...]:
    """All that are released, those that people start first."""
    rows = session.execute(
        select(ProcessVersion.process_id, ProcessVersion.id, ProcessVersion.name, ProcessVersion.name_en)
        .where(ProcessVersion.state == ProcessVersionState.RELEASED)
        .order_by(ProcessVersion.is_startable.desc(), ProcessVersion.name)
    )
    return tuple(ProcessName(row.process_id, row.id, words(row.name, row.name_en)) for row in rows)


def chosen_of(processes: Sequence[ProcessName], process_id: str | None) -> ProcessName:
    """The one that is asked for, else the usual one. NotFoundError."""
    found = next((one for one in processes if one.process_id == (process_id or USUAL)), None)
    if found is None and process_id is None:
        found = next(iter(processes), None)
    if found is None:
        raise NotFoundError(message("There is no such process."))
    return found
