"""Loads the demonstration: the municipality, its processes, and invented cases that have really gone through them."""

from __future__ import annotations

import gc
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from casework import clock
from casework.config import settings
from casework.database import hasty, read
from casework.demo import emil
from casework.demo.intake import notify
from casework.demo.staff import Staff
from casework.demo.stories import tell
from casework.demo.walk import Walk, World
from casework.model import ACTIVE, SYSTEM, Actor, Case, Notification, UserTask
from casework.operations.create_service_account import create_service_account
from casework.operations.deploy_processes import deploy_processes
from casework.operations.load_municipality import load_municipality
from casework.operations.mark_notifications_read import mark_notifications_read
from casework.queries.load_service_actor import load_service_actor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from uuid import UUID

#: Most that are marked in one statement.
_AT_A_TIME = 200
_LOOKS_EVERY = timedelta(days=2)
_OBJECTS = 200_000
MUNICIPALITY = Path(__file__).parent / "municipality.toml"
_SYSTEMS = {
    "school": "Skole- og dagtilbudssystemet",
    "health": "Sundhedsplejens journal",
}


@dataclass(frozen=True)
class Loaded:
    """`cases` is 0 when the database had cases already; `open_tasks` wait for somebody now."""

    cases: int
    open_tasks: int = 0


def load_demonstration(
    execute: Callable[[], bool], *, cases: int, seed: int, done: Callable[[int], object] = lambda _: None
) -> Loaded:
    """Load it into an empty database; one that has cases is left as it is.

    `execute` runs jobs that are ready, as a worker does, and says whether there may be more. `done` is told how many cases
    there are so far.
    """
    now = clock.now()
    if _has_cases():
        return Loaded(0)
    with hasty(), _seldom_collecting(), clock.moved_to(now):
        world = _world(execute, now)
        Walk(world, emil.story(now)).run(emil.begin)
        done(1)
        for number, story in enumerate(tell(cases - 1, seed, now), start=2):
            Walk(world, story).run(notify)
            done(number)
        _read_what_is_old(world)
    return Loaded(cases, _open_tasks())


def _open_tasks() -> int:
    with read() as session:
        return session.scalar(select(func.count()).where(UserTask.state.in_(ACTIVE))) or 0


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


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """A walk makes many small objects that live long enough to be looked at again and again: a tenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _has_cases() -> bool:
    with read() as session:
        return bool(session.scalar(select(exists().where(Case.id.is_not(None)))))


def _world(execute: Callable[[], bool], now: datetime) -> World:
    load_municipality(SYSTEM, path=MUNICIPALITY)
    deploy_processes(SYSTEM, folder=settings().processes, forms=settings().forms)
    return World(now, Staff(), execute, {key: _system(name) for key, name in _SYSTEMS.items()})


def _system(name: str) -> Actor:
    account = create_service_account(SYSTEM, name=name, scopes=["notifications:write"])
    return load_service_actor(account.key)
