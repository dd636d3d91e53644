"""The page on which running instances are moved: two versions, who stands where, what becomes what, what changes. A preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import InstanceMove
from casework.model.process_rights import require_owner
from casework.queries.moving_instances.changes import Changes, changes
from casework.queries.moving_instances.groups import groups_of
from casework.queries.moving_instances.move_status import Counts, counts_of
from casework.queries.moving_instances.pairing import pairing
from casework.queries.moving_instances.running import running_on
from casework.queries.process_versions import process_versions
from casework.released import definition_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.engine.moving_pairs import Pairs
    from casework.model import Actor
    from casework.queries.moving_instances.groups import Group
    from casework.queries.moving_instances.pairing import PairRow
    from casework.queries.process_versions import ProcessRow

#: Earlier moves that the page lists.
MOST_EARLIER = 10


@dataclass(frozen=True)
class EarlierMove:
    """A batch of this process, the newest first."""

    move_id: UUID
    from_version: int
    to_version: int
    created_at: datetime
    created_by: str
    state: str
    counts: Counts


@dataclass(frozen=True)
class MovePage:
    """`versions` are all of the process, newest first. `pairs` are those that the page shows, ready to be moved by."""

    versions: tuple[ProcessRow, ...]
    old: ProcessRow
    new: ProcessRow
    groups: tuple[Group, ...]
    rows: tuple[PairRow, ...]
    pairs: Pairs
    changes: Changes
    earlier: tuple[EarlierMove, ...]

    @property
    def moves(self) -> int:
        """How many instances would be moved."""
        return sum(len(group.labels) for group in self.groups if group.moves)

    @property
    def stays(self) -> int:
        """How many would be refused."""
        return sum(len(group.labels) for group in self.groups if not group.moves)

    def chosen(self, keys: Collection[str]) -> list[UUID]:
        """The instances of the groups with these keys that would be moved."""
        return [label.instance_id for g in self.groups if g.key in keys and g.moves for label in g.labels]


def move_page(
    actor: Actor, process_id: str, *, old: int | None, new: int | None, chosen: Mapping[str, str] | None = None
) -> MovePage:
    """From the version `old` (else the newest with running instances that is not `new`) to `new` (else the released one).

    `chosen` overrules proposed pairs (`pairing`). Process owners and administrators (else ForbiddenError); nothing is changed.
    """
    require_owner(actor)
    rows = process_versions(actor, process_id=process_id)
    if not rows:
        raise NotFoundError(message("There is no such process."))
    after = _version(rows, new) or next((row for row in rows if row.state == "released"), rows[0])
    before = _version(rows, old) or next((row for row in rows if row.running and row is not after), None)
    before = before or next((row for row in rows if row is not after), after)
    versions = before.process_version_id, after.process_version_id
    with read() as session:
        definitions = definition_of(session, versions[0]), definition_of(session, versions[1])
        running = list(running_on(session, actor, versions[0]))
        _, pairs = pairing(*definitions, chosen or {}, {})
        groups, standing = groups_of(running, *definitions, pairs)
        shown, _ = pairing(*definitions, chosen or {}, standing)
        moving = frozenset(label.instance_id for group in groups if group.moves for label in group.labels)
        found = changes(session, versions, pairs, moving)
        earlier = tuple(_earlier(session, rows, process_id))
    return MovePage(rows, before, after, groups, shown, pairs, found, earlier)


def _version(rows: tuple[ProcessRow, ...], version: int | None) -> ProcessRow | None:
    if version is None:
        return None
    found = next((row for row in rows if row.version == version), None)
    if found is None:
        raise NotFoundError(message("There is no such process."))
    return found


def _earlier(session: Session, rows: tuple[ProcessRow, ...], process_id: str) -> list[EarlierMove]:
    numbers = {row.process_version_id: row.version for row in rows}
    query = select(InstanceMove).where(InstanceMove.process_id == process_id)
    moves = session.scalars(query.order_by(InstanceMove.created_at.desc()).limit(MOST_EARLIER)).all()
    counts = counts_of(session, [move.id for move in moves])
    return [
        EarlierMove(
            move.id,
            numbers[move.from_version_id],
            numbers[move.to_version_id],
            move.created_at,
            move.created_by,
            move.state.value,
            counts[move.id],
        )
        for move in moves
    ]
