"""What `casework doctor` looks at. Each examination answers with one finding and changes nothing."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import redis
import sqlalchemy
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from casework.cli.finding import Finding, State
from casework.config import ROOT, TIME_ZONE, settings
from casework.crypto.keys import KeysError, key_file, keyring
from casework.database import engine
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLDEST_PYTHON = (3, 11)
LARGEST_CLOCK_DIFFERENCE_SECONDS = 2
LONGEST_SILENCE_SECONDS = 30
LITTLE_DISK_BYTES, TOO_LITTLE_DISK_BYTES = 2 * 10**9, 2 * 10**8
ASSETS = ("feel.js", "static/manifest.json")


def python() -> Finding:
    """The interpreter is new enough."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return Finding(
            "python",
            State.BROKEN,
            message("Python {version} is too old.", version=version),
            message("Install Python 3.11 or newer, then run `make setup`."),
        )
    return Finding("python", State.FINE, message("Python {version}.", version=version))


def database() -> Finding:
    """The database answers, and its tables are those of this program."""
    address = sqlalchemy.make_url(settings().database_url).render_as_string(hide_password=True)
    if settings().database_url.startswith("sqlite") and not _sqlite_file().exists():
        return Finding(
            "database", State.BROKEN, message("There is no database at {address} yet.", address=address), _MIGRATE
        )
    try:
        with engine().connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        return Finding(
            "database",
            State.BROKEN,
            message("The database at {address} does not answer: {error}", address=address, error=_first_line(error)),
            message("Check DATABASE_URL, and that the server runs."),
        )
    newest = ScriptDirectory(str(ROOT / "casework" / "migrations")).get_current_head()
    if current != newest:
        return Finding(
            "database",
            State.BROKEN,
            message("The tables are of another version ({current}, not {newest}).", current=current, newest=newest),
            _MIGRATE,
        )
    return Finding("database", State.FINE, message("The database at {address} is up to date.", address=address))


def broker() -> Finding:
    """Redis answers; without it work starts up to a second later."""
    if not settings().redis_url:
        return Finding(
            "broker",
            State.WARNING,
            message("REDIS_URL is empty: workers look for work once a second, and nobody wakes them."),
            message("`make run` starts a broker of its own. For several servers, set REDIS_URL."),
        )
    try:
        with redis.Redis.from_url(settings().redis_url, socket_connect_timeout=2, socket_timeout=2) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        return Finding(
            "broker",
            State.WARNING,
            message("Redis does not answer: {error}", error=_first_line(error)),
            message("Check REDIS_URL, and that the server runs. Until then work starts up to a second later."),
        )
    return Finding("broker", State.FINE, message("Redis answers."))


def worker() -> Finding:
    """Some worker of this machine has looked for work just now."""
    try:
        silence = time.time() - settings().sign_of_life.stat().st_mtime
    except FileNotFoundError:
        silence = float("inf")
    if silence > LONGEST_SILENCE_SECONDS:
        return Finding(
            "worker",
            State.WARNING,
            message(
                "No worker on this machine has looked for work in the last {n} seconds.", n=LONGEST_SILENCE_SECONDS
            ),
            message("Start one: `make run`, or `celery -A workers.app worker`."),
        )
    return Finding("worker", State.FINE, message("A worker looks for work."))


def assets() -> Finding:
    """What browsers and FEEL need has been built."""
    missing = [name for name in ASSETS if not (ROOT / "build" / name).exists()]
    if missing:
        return Finding(
            "assets",
            State.BROKEN,
            message("Not built: {names}.", names=", ".join(missing)),
            message("Run `make setup`."),
        )
    return Finding("assets", State.FINE, message("The web assets are built."))


def keys() -> Finding:
    """The keys that seal CPR numbers are there, and only their owner reads them."""
    path = key_file()
    if not path.exists() and settings().keys is None:
        return Finding(
            "keys", State.WARNING, message("There are no keys yet: they are made when the first number is sealed.")
        )
    try:
        keyring()
    except KeysError as error:
        return Finding("keys", State.BROKEN, error.message, message("Restore the key file from its backup."))
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding(
            "keys",
            State.BROKEN,
            message("Others can read the key file {path}.", path=str(path)),
            message("Run `chmod 600 {path}`.", path=str(path)),
        )
    return Finding("keys", State.FINE, message("The keys are there, and only their owner can read them."))


def clock() -> Finding:
    """Copenhagen's time is known, and this machine and the database agree on the present."""
    try:
        ZoneInfo(TIME_ZONE.key)
    except ZoneInfoNotFoundError:
        return Finding(
            "clock",
            State.BROKEN,
            message("The time zone {name} is not known here.", name=TIME_ZONE.key),
            message("Install the package tzdata."),
        )
    difference = _difference_to_the_database_clock()
    if abs(difference) > LARGEST_CLOCK_DIFFERENCE_SECONDS:
        return Finding(
            "clock",
            State.BROKEN,
            message("This machine's clock and the database's differ by {n} seconds.", n=round(difference)),
            message("Set both by NTP: legal deadlines depend on it."),
        )
    local = datetime.now(UTC).astimezone(TIME_ZONE)
    return Finding("clock", State.FINE, message("It is {time} in Copenhagen.", time=f"{local:%Y-%m-%d %H:%M}"))


def disk() -> Finding:
    """There is room for what comes."""
    folder = _existing(settings().data)
    free = shutil.disk_usage(folder).free
    said = message("{n} GB are free at {folder}.", n=round(free / 10**9), folder=str(folder))
    if free >= LITTLE_DISK_BYTES:
        return Finding("disk", State.FINE, said)
    state = State.BROKEN if free < TOO_LITTLE_DISK_BYTES else State.WARNING
    return Finding("disk", state, said, message("Make room, or move the data folder with SAGSGANG_DATA."))


def letters() -> Finding:
    """Letters can be delivered where they should go."""
    if settings().letter_connector == "smtp":
        if settings().smtp and settings().letters_to:
            return Finding("letters", State.FINE, message("Letters go by e-mail through {host}.", host=settings().smtp))
        return Finding(
            "letters",
            State.BROKEN,
            message("Letters should go by e-mail, but it is not said where."),
            message("Set SAGSGANG_SMTP and SAGSGANG_LETTERS_TO."),
        )
    folder = _existing(settings().letters)
    if not os.access(folder, os.W_OK):
        return Finding(
            "letters",
            State.BROKEN,
            message("Nothing can be written to {folder}.", folder=str(folder)),
            message("Give this user the right to write there, or set SAGSGANG_DATA."),
        )
    return Finding("letters", State.FINE, message("Letters go to the folder {folder}.", folder=str(settings().letters)))


#: In the order in which one would mend.
ALL: tuple[Callable[[], Finding], ...] = (python, disk, assets, keys, database, clock, broker, worker, letters)
_MIGRATE = message("Run `casework migrate`.")


def _sqlite_file() -> Path:
    return type(ROOT)(sqlalchemy.make_url(settings().database_url).database or "")


def _difference_to_the_database_clock() -> float:
    """Seconds; 0 where there is no other clock or it does not answer, which is another examination's finding."""
    if settings().database_url.startswith("sqlite"):
        return 0.0
    try:
        with engine().connect() as connection:
            there = connection.execute(sqlalchemy.select(sqlalchemy.func.clock_timestamp())).scalar_one()
    except SQLAlchemyError:
        return 0.0
    return float((datetime.now(UTC) - there).total_seconds())


def _existing(path: Path) -> Path:
    """Where `path` is or will be made."""
    return path if path.exists() or path == path.parent else _existing(path.parent)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
