"""The ground of a benchmark: a fresh PostgreSQL database with default settings, and a unit with cases and a service account."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from casework import clock, database
from casework.config import ROOT, settings
from casework.database import transaction
from casework.demo.load import load_demonstration
from casework.migrations import migrate
from casework.model import SYSTEM, Case, Person, Unit
from casework.operations.create_service_account import create_service_account
from casework.operations.deploy_processes import deploy_processes
from workers.execute import run_ready_jobs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

FILES = Path(__file__).parent / "process"
UNIT = "bench"
SEED = 1
SCOPES = ("cases:read", "tasks:read", "tasks:write", "instances:write")


@dataclass(frozen=True)
class Ground:
    """`key` belongs to a service account that works in the unit of all cases, and nowhere else."""

    key: str
    case_ids: tuple[UUID, ...]
    url: str


@contextmanager
def fresh_database() -> Iterator[str]:
    """A database of its own, on the server of DATABASE_URL or on one that is started for it, with fsync on."""
    sys.path.append(str(ROOT))  # the repository's tests know how to start a server, as root and as anybody else
    servers: Any = import_module("tests.services.postgres")
    given = os.environ.get("DATABASE_URL", "")
    server = servers.PostgreSQL(given) if given else servers.start_postgresql(durable=True)
    name = server.create_database()
    try:
        yield server.url_of(name)
    finally:
        database.dispose()
        server.drop_database(name)
        server.stop()


@contextmanager
def prepared(url: str, cases: int) -> Iterator[Ground]:
    """Migrate, deploy, and open so many cases."""
    with _installed(url):
        migrate()
        case_ids = _open_cases(cases)
        deploy_processes(SYSTEM, folder=FILES, forms=FILES)
        account = create_service_account(SYSTEM, name="Benchmark", scopes=SCOPES, unit_id=UNIT)
        yield Ground(account.key, case_ids, url)


@contextmanager
def demonstration(url: str, cases: int) -> Iterator[None]:
    """A town with so many cases of the demonstration, in the database of the URL; in SQLite where it is empty."""
    with _installed(url, SAGSGANG_DEMONSTRATION="1"):
        migrate()
        load_demonstration(run_ready_jobs, cases=cases, seed=SEED)
        yield


@contextmanager
def _installed(url: str, **words: str) -> Iterator[None]:
    """Inside, the settings are those of an installation with a new data folder; afterwards what they were."""
    with TemporaryDirectory(prefix="sagsgang-bench-") as folder:
        before = dict(os.environ)
        os.environ.update({"DATABASE_URL": url, "SAGSGANG_DATA": folder, **words})
        settings.cache_clear()
        try:
            yield
        finally:
            database.dispose()
            os.environ.clear()
            os.environ.update(before)
            settings.cache_clear()


def _open_cases(count: int) -> tuple[UUID, ...]:
    at = clock.now()
    with transaction() as session:
        session.add(Unit(id=UNIT, name="Måling", name_en="Benchmark", path=f"/{UNIT}/", lane=UNIT))
        child = Person(name="Emil Brandt Lauritsen", created_at=at)
        session.add(child)
        session.flush()
        words = {"child_id": child.id, "district": "nord", "responsible_unit_id": UNIT, "opened_at": at}
        cases = [Case(number=f"S-{secrets.token_hex(6)}", **words) for _ in range(count)]
        session.add_all(cases)
        session.flush()
        return tuple(case.id for case in cases)


def fill_inboxes(count: int) -> None:
    """So many open tasks: one in ten in the unit, the others in ten more, each copied from one that stands."""
    with transaction() as session:
        for number in range(10):
            session.add(Unit(id=f"{UNIT}{number}", name="Måling", name_en="Benchmark", path=f"/{UNIT}{number}/"))
        session.flush()
        columns = [
            column.key for column in database.Base.metadata.tables["user_task"].c if column.key not in ("id", "unit_id")
        ]
        session.execute(
            text(
                f"INSERT INTO user_task (id, unit_id, {', '.join(columns)}) "  # noqa: S608  names of our own columns
                "SELECT gen_random_uuid(), CASE WHEN n % 11 = 10 THEN :unit ELSE :unit || (n % 11)::text END, "
                f"{', '.join(columns)} FROM generate_series(1, :count) AS n, "
                "(SELECT * FROM user_task WHERE state = 'open' LIMIT 1) AS one"
            ),
            {"unit": UNIT, "count": count},
        )
    with database.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE user_task"))
