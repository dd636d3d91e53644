"""The page on which running instances are moved: two versions, who stands where, what becomes what, what changes. A preview."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.engine.moving_branches import Branches
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import InstanceMove
from casework.model.process_rights import require_owner
from casework.queries.moving_instances import running
from casework.queries.moving_instances.changes import Changes, changes
from casework.queries.moving_instances.groups import groups_of
from casework.queries.moving_instances.move_status import Counts, counts_of
from casework.queries.moving_instances.pairing import pairing
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
    """`versions` are all of the process, newest first. `pairs` are those that the page shows, ready to be moved by.

    `part` of `parts`: more than `running.MOST` are looked at, and moved, one part after the other.
    """

    versions: tuple[ProcessRow, ...]
    old: ProcessRow
    new: ProcessRow
    groups: tuple[Group, ...]
    rows: tuple[PairRow, ...]
    pairs: Pairs
    branches: Branches
    changes: Changes
    earlier: tuple[EarlierMove, ...]
    part: int = 1

    @property
    def moves(self) -> int:
        """How many instances would be moved."""
        return sum(len(group.labels) for group in self.groups if group.moves)

    @property
    def stays(self) -> int:
        """How many would be refused."""
        return sum(len(group.labels) for group in self.groups if not group.moves)

    @property
    def lacking(self) -> int:
        """How many lack branches that the new version has beside where they stand."""
        return sum(len(group.labels) for group in self.groups if group.outcome.lacks_branches)

    @property
    def parts(self) -> int:
        """How many there are."""
        return max(1, -(-self.old.running // running.MOST))

    @property
    def places(self) -> tuple[int, int]:
        """Which of all, the oldest first, the page looks at."""
        before = (self.part - 1) * running.MOST
        return before + 1, before + self.moves + self.stays

    @property
    def shown(self) -> str:
        """Another one when something else would become of them: whoever moves them must have seen it."""
        said = [self.branches.value, self.part, sorted(self.pairs.items())]
        return hashlib.sha256(str(said).encode()).hexdigest()[:16]

    def chosen(self, keys: Collection[str]) -> list[UUID]:
        """The instances of the groups with these keys that would be moved."""
        return [label.instance_id for g in self.groups if g.key in keys and g.moves for label in g.labels]


def move_page(
    actor: Actor,
    process_id: str,
    *,
    old: int | None,
    new: int | None,
    chosen: Mapping[str, str] | None = None,
    branches: str = Branches.STAY,
    part: int = 1,
) -> MovePage:
    """From the version `old` (else the newest with running instances that is not `new`) to `new` (else the released one).

    `chosen` overrules proposed pairs (`pairing`), `branches` is a word of `engine.moving_branches.Branches` (else `stay`).
    Process owners and administrators (else ForbiddenError); nothing is changed.
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
        found = list(running.running_on(session, actor, versions[0], part))
        _, pairs = pairing(*definitions, chosen or {}, {})
        choice = Branches(branches) if branches in list(Branches) else Branches.STAY
        groups, standing = groups_of(found, definitions, pairs, choice)
        shown, _ = pairing(*definitions, chosen or {}, standing)
        moving = frozenset(label.instance_id for group in groups if group.moves for label in group.labels)
        changed = changes(session, versions, pairs, moving)
        earlier = tuple(_earlier(session, rows, process_id))
    return MovePage(rows, before, after, groups, shown, pairs, choice, changed, earlier, part)


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
