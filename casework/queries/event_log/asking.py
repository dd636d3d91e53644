"""What an export holds: instances of one process that were started within a period, of one version or of all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from casework.config import TIME_ZONE
from casework.errors import InvalidError, NotFoundError
from casework.i18n import message
from casework.model.process_rights import require_owner
from casework.queries.process_versions import process_versions

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


@dataclass(frozen=True)
class LogAsked:
    """`version_ids` are all of the process or one; instants bound the start of instances (None: no bound)."""

    process_id: str
    name: str
    version_ids: tuple[UUID, ...]
    since: datetime | None
    until: datetime | None


def asked(
    actor: Actor, process_id: str, *, version: int | None = None, first: date | None = None, last: date | None = None
) -> LogAsked:
    """Process owners and administrators (else ForbiddenError); NotFoundError for an unknown process or version."""
    require_owner(actor)
    rows = process_versions(actor, process_id=process_id)
    chosen = [row for row in rows if version in (None, row.version)]
    if not chosen:
        raise NotFoundError(message("There is no such process."))
    if first and last and last < first:
        wrong = message("The last day lies before the first.")
        raise InvalidError(wrong, {"last": [wrong]})
    return LogAsked(
        process_id,
        rows[0].name.text("da"),
        tuple(row.process_version_id for row in chosen),
        _midnight(first) if first else None,
        _midnight(last + timedelta(days=1)) if last else None,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TIME_ZONE).astimezone(UTC)
