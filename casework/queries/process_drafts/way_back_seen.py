"""What going back to an earlier version of a process would do, told before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.database import read
from casework.errors import NotFoundError
from casework.forms.words import words
from casework.i18n import message
from casework.model import ProcessVersion
from casework.model.process_rights import require_owner
from casework.studio.going_back import way_back

if TYPE_CHECKING:
    from uuid import UUID

    from casework.forms.words import Words
    from casework.i18n import Message
    from casework.model import Actor


@dataclass(frozen=True)
class GoesBack:
    """A process and the versions between which it goes; `present` is None where none is released, `version` where none fits."""

    process_id: str
    name: Words
    present: int | None
    version: int | None


@dataclass(frozen=True)
class WayBackSeen:
    """All that goes back; `is_open`: it can be done; `lost`: what a team leader is asked about, deadlines of the law."""

    rows: tuple[GoesBack, ...]
    is_open: bool
    lost: tuple[Message, ...]


def way_back_seen(actor: Actor, version_id: UUID) -> WayBackSeen:
    """For a version that is not the released one. Owners only."""
    require_owner(actor)
    with read() as session:
        wanted = session.get(ProcessVersion, version_id)
        if wanted is None:
            raise NotFoundError(message("There is no such process."))
        way = way_back(session, wanted)
        rows = [
            GoesBack(
                process_id=bundle.process_id,
                name=words(bundle.name, bundle.name_en),
                present=way.space.versions.get(bundle.process_id),
                version=found.version if (found := way.versions[bundle.process_id]) else None,
            )
            for bundle in sorted(way.made, key=lambda one: (one.process_id != wanted.process_id, one.process_id))
        ]
    return WayBackSeen(tuple(rows), not way.unapproved, tuple(fault.message for fault in way.lost()))
