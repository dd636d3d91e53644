"""Walks batches of stories, each in a private copy of the municipality, several at a time.

A walk moves the clock and does all that is due in its database; in one of its own it is in nobody's way. What has come of a
batch is then moved into the configured database as a whole.
"""

from __future__ import annotations

import gc
import os
import shutil
import threading
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, insert, select, text

from casework.database import Base, engine, private_database, read, transaction
from casework.demo.batches import Batch, batches
from casework.demo.staff import Staff
from casework.demo.walk_batch import walk_batch
from casework.demo.world import World
from casework.logs import silence_logs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection, Table

    from casework.demo.begun import Begun
    from casework.model import Actor

#: What a municipality is without its cases. All else is what comes of them.
_MUNICIPALITY = (
    *("artifact", "employee", "membership", "pinned_artifact", "place_capacity", "process_version", "service_account"),
    *("start_message", "start_timer", "unit"),
)
_OBJECTS = 200_000


@dataclass(frozen=True)
class Order:
    """What is to be walked; it can be sent to another process. Stories are walked until `until`; copies lie in `folder`."""

    execute: Callable[[], bool]
    systems: dict[str, Actor]
    asked: Begun
    until: datetime
    folder: Path

    @property
    def template(self) -> Path:
        """The municipality without cases."""
        return self.folder / "municipality.sqlite"


def prepare(order: Order) -> None:
    """Copy the municipality of the configured database into a file."""
    with read() as here, private_database(order.template):
        Base.metadata.create_all(engine())
        with transaction() as there:
            _copy(here.connection(), there.connection(), [t for t in _tables() if t.name in _MUNICIPALITY])


def walked(order: Order, wanted: Collection[int], *, processes: int) -> Iterator[tuple[int, Path]]:
    """Walk batches, by their numbers; give each number with the file that holds what has come of it, as they are done."""
    if processes == 1:
        with _seldom_collecting():
            walker = _Walker(order)
            yield from (walker.walk(number) for number in wanted)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_begin, initargs=(order,)) as pool:
        try:
            for future in as_completed([pool.submit(_walk, number) for number in wanted]):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def move_in(file: Path) -> None:
    """Move all that has come of a batch into the configured database, in one transaction."""
    source = create_engine(f"sqlite:///{file}")
    with source.connect() as there, transaction() as here:
        _copy(there, here.connection(), [table for table in _tables() if table.name not in _MUNICIPALITY])
    source.dispose()
    file.unlink()


def _tables() -> list[Table]:
    return Base.metadata.sorted_tables


def _copy(source: Connection, target: Connection, tables: list[Table]) -> None:
    if target.dialect.name == "sqlite":
        target.execute(text("PRAGMA defer_foreign_keys=ON"))
    for table in tables:
        rows = source.execute(select(table).order_by(*table.primary_key)).mappings().all()
        if rows:
            target.execute(insert(table), [dict(row) for row in rows])


class _Walker:
    """What a process keeps between batches."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.batches: list[Batch] = batches(order.asked)
        with private_database(order.template):
            self.world = World(order.until, Staff(), order.execute, order.systems)

    def walk(self, number: int) -> tuple[int, Path]:
        file = self.order.folder / f"{number}.sqlite"
        shutil.copy(self.order.template, file)
        with private_database(file):  # closing it leaves all in the one file
            walk_batch(self.batches[number], self.world)
        return number, file


_walkers: list[_Walker] = []


def _begin(order: Order) -> None:
    """In a new process, which must not outlive its parent, not even one that was killed."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (connection.wait([parent.sentinel]), os._exit(1)), daemon=True).start()
    silence_logs()
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
    _walkers.append(_Walker(order))


def _walk(number: int) -> tuple[int, Path]:
    return _walkers[0].walk(number)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """A walk makes many small objects that live long enough to be looked at again and again: a tenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
