"""Loads the demonstration: the municipality, its processes, and invented cases that have really gone through them."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select
from sqlalchemy.exc import IntegrityError

from casework import clock
from casework.config import settings
from casework.database import read
from casework.demo.batches import batches
from casework.demo.begun import Begun, begun, keep
from casework.demo.copies import Order, move_in, prepare, walked
from casework.model import ACTIVE, SYSTEM, Case, UserTask
from casework.operations.create_service_account import create_service_account
from casework.operations.deploy_processes import deploy_processes
from casework.operations.load_municipality import load_municipality
from casework.queries.load_service_actor import named_service_actor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casework.demo.batches import Batch
    from casework.model import Actor

MUNICIPALITY = Path(__file__).parent / "municipality.toml"
_SYSTEMS = {
    "school": "Skole- og dagtilbudssystemet",
    "health": "Sundhedsplejens journal",
}
_MOST_PROCESSES = 4


@dataclass(frozen=True)
class Loaded:
    """`cases` were added: 0 when all were there. `open_tasks` wait for somebody now."""

    cases: int
    open_tasks: int = 0


def load_demonstration(
    execute: Callable[[], bool],
    *,
    cases: int,
    seed: int,
    only_first: bool = False,
    processes: int = 0,
    batch: int = 6,
    done: Callable[[int, int], object] = lambda _done, _of: None,
) -> Loaded:
    """Load it into an empty database, or go on where it was interrupted; a database with cases of its own is left as it is.

    `execute` runs jobs that are ready, as a worker does, and says whether there may be more; other processes must find it by its
    name. `only_first` leaves out what may come later (`casework.demo.batches`). `done` is told how many cases there are so
    far, of how many. `processes` work side by side; 0 stands for as many as there are processors, and each takes
    `batch` stories at a time.
    """
    asked = begun() or _begin(Begun(cases, seed, clock.now(), batch))
    if asked.is_complete or (only_first and asked.has_first):
        return Loaded(0)
    told = enumerate(batches(asked))
    wanted = {number: batch for number, batch in told if batch.is_first or not only_first}
    missing = {number: len(batch.stories) for number, batch in wanted.items() if not _is_there(batch)}
    with _folder() as folder:
        systems = {key: _system(name) for key, name in _SYSTEMS.items()}
        order = Order(execute, systems, asked, clock.now(), folder)
        prepare(order)
        so_far, of = 0, sum(missing.values())
        done(so_far, of)
        for number, file in walked(order, missing, processes=processes or min(os.cpu_count() or 1, _MOST_PROCESSES)):
            with suppress(
                IntegrityError
            ):  # somebody has opened a case meanwhile, with the number of one of these: they stay out
                move_in(file)
            so_far += missing[number]
            done(so_far, of)
    keep(replace(asked, has_first=True, is_complete=not only_first))
    return Loaded(so_far, _open_tasks())


def _begin(asked: Begun) -> Begun:
    """Make the municipality. Where there are cases already, nothing is missing."""
    with read() as session:
        has_cases = session.scalar(select(exists().where(Case.id.is_not(None))))
    if has_cases:
        asked = replace(asked, has_first=True, is_complete=True)
        keep(asked)
        return asked
    load_municipality(SYSTEM, path=MUNICIPALITY)
    deploy_processes(SYSTEM, folder=settings().processes, forms=settings().forms)
    keep(asked)
    return asked


def _system(name: str) -> Actor:
    known = named_service_actor(name)
    if known is None:
        create_service_account(SYSTEM, name=name, scopes=["notifications:write"])
    return known or _system(name)


def _is_there(batch: Batch) -> bool:
    with read() as session:
        return bool(session.scalar(select(exists().where(Case.number == batch.stories[0].case_number))))


@contextmanager
def _folder() -> Iterator[Path]:
    """Where the copies lie; what a run that was ended left there goes."""
    folder = settings().data / "demonstration"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _open_tasks() -> int:
    with read() as session:
        return session.scalar(select(func.count()).where(UserTask.state.in_(ACTIVE))) or 0
