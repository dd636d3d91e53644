"""Seals anew, batch by batch, what lies under an older key: after `casework.crypto.rotate` nothing needs the older ones any more.

Nobody is kept waiting: a row is written only if it is still as it was read. What somebody changed meanwhile is met again in the
next round; rounds go on until one finds nothing. What is under the current key is left alone, so it may be stopped and begun
again at any time.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select, update

from casework import crypto
from casework.database import transaction
from casework.model import Person, Role, Submission, UserTask, Webhook
from casework.sealed_answers import COLUMN, SEALED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from casework.model import Actor

BATCH = 200
#: More rounds than this, and somebody still seals under an older key.
MOST_ROUNDS = 5


@dataclass(frozen=True)
class _Place:
    """A column that holds seals, and the column by which a change meanwhile is noticed (for most, the column itself)."""

    table: Table
    column: str
    version: str
    #: What the seal of a plain column is bound to; empty for JSON, where `COLUMN` is.
    bound_to: str = ""


@dataclass(frozen=True)
class Resealed:
    """One batch: so many rows of the column `place` were looked at for the first time, and so many sealed anew."""

    place: str
    looked_at: int
    resealed: int


def _table(model: Any) -> Table:
    return cast("Table", model.__table__)


PLACES = (
    _Place(_table(Person), "cpr", "cpr", "person.cpr"),
    _Place(_table(Submission), "answers", "submitted_at"),
    _Place(_table(UserTask), "draft", "draft_version"),
    _Place(_table(Webhook), "secret", "secret", "webhook.secret"),
)


def reseal(actor: Actor, *, batch: int = BATCH) -> Iterator[Resealed]:
    """Do it; gives word after each batch. Administrators only. Each batch is one transaction.

    Ends when a round has found nothing. `MOST_ROUNDS` rounds that found something mean that a server has not yet read the new
    key (it seals under the older one until it meets a newer seal or is restarted): begin again then.
    """
    actor.require_role(Role.ADMINISTRATOR)
    for number in range(MOST_ROUNDS):
        found = 0
        for place in PLACES:
            for looked_at, resealed in _round(place, batch):
                found += resealed
                yield Resealed(f"{place.table.name}.{place.column}", 0 if number else looked_at, resealed)
        if not found:
            return


def _round(place: _Place, batch: int) -> Iterator[tuple[int, int]]:
    after: UUID | None = None
    while True:
        with transaction() as session:
            rows = _next(session, place, after, batch)
            resealed = sum(_reseal(session, place, row) for row in rows)
        yield len(rows), resealed
        if len(rows) < batch:
            return
        after = rows[-1].id


def _next(session: Session, place: _Place, after: UUID | None, batch: int) -> list[Any]:
    table = place.table
    query = select(table.c.id, table.c[place.column].label("sealed"), table.c[place.version].label("version"))
    query = query.where(table.c[place.column].is_not(None)).order_by(table.c.id).limit(batch)
    return list(session.execute(query if after is None else query.where(table.c.id > after)).all())


def _reseal(session: Session, place: _Place, row: Any) -> bool:
    anew = _plain(row.sealed, place.bound_to) if place.bound_to else _inside(row.sealed)
    if anew == row.sealed:
        return False
    same = place.table.c.id == row.id, place.table.c[place.version] == row.version
    session.execute(update(place.table).where(*same).values({place.column: anew}))
    return True


def _plain(sealed: bytes, bound_to: str) -> bytes:
    return sealed if crypto.is_current(sealed) else crypto.encrypt(crypto.decrypt(sealed, bound_to), bound_to)


def _inside(value: Any) -> Any:
    """Answers with each seal in them under the current key."""
    if isinstance(value, list):
        return [_inside(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if SEALED in value:
        return value | {SEALED: base64.b64encode(_plain(_read(value[SEALED]), COLUMN)).decode()}
    return {name: _inside(inner) for name, inner in value.items()}


def _read(written: str) -> bytes:
    try:
        return base64.b64decode(written)
    except binascii.Error:
        raise crypto.UnreadableError("a seal among answers is cut") from None
