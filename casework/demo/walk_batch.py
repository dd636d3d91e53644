"""Walks one batch of stories in the database of this context, up to a moment."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, select

from casework import clock
from casework.database import read, transaction
from casework.demo.walk import Walk
from casework.model import Case, Notification, Person, Unit
from casework.operations.mark_notifications_read import mark_notifications_read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from casework.demo.batches import Batch, Told
    from casework.demo.world import World

#: Most that are marked in one statement.
_AT_A_TIME = 200
_LOOKS_EVERY = timedelta(days=2)


def walk_batch(batch: Batch, world: World) -> None:
    """Let all its stories happen, one after the other."""
    with clock.moved_to(world.now):
        for told in batch.stories:
            Walk(world, told.story).run(partial(_begin, told))
        _read_what_is_old(world)


def _begin(told: Told, walk: Walk) -> UUID:
    with _counting_from(told):
        return told.begin(walk)


@contextmanager
def _counting_from(told: Told) -> Iterator[None]:
    """The intake counts on from the last case of the year: here one stands for those that other batches hold."""
    with read() as session:
        is_there = session.scalar(select(exists().where(Case.number == told.number_before)))
    if told.number_before is None or is_there:
        yield
        return
    with transaction() as session:
        nobody = Person(name="", created_at=told.story.received)
        session.add(nobody)
        session.flush()
        before = Case(
            number=told.number_before,
            child_id=nobody.id,
            responsible_unit_id=session.scalars(select(Unit.id).limit(1)).one(),
            district=told.story.district,
            facts={},
            opened_at=told.story.received,
        )
        session.add(before)
    yield
    with transaction() as session:
        session.execute(delete(Case).where(Case.id == before.id))
        session.execute(delete(Person).where(Person.id == nobody.id))


def _read_what_is_old(world: World) -> None:
    """Nobody has two hundred notifications unread: people look at theirs every few days."""
    old = select(Notification.employee_id, Notification.id).where(Notification.created_at < world.now - _LOOKS_EVERY)
    read_by: dict[UUID, list[UUID]] = defaultdict(list)
    with read() as session:
        for employee_id, notification_id in session.execute(old):
            read_by[employee_id].append(notification_id)
    for employee_id, notification_ids in read_by.items():
        reader = world.staff.by_id(employee_id)
        for first in range(0, len(notification_ids), _AT_A_TIME):
            mark_notifications_read(reader, notification_ids=notification_ids[first : first + _AT_A_TIME])
