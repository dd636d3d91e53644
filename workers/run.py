"""`make run`: all of Sagsgang on one machine under one small parent, at http://127.0.0.1:8000.

SQLite and an embedded Valkey, or what DATABASE_URL and REDIS_URL name. The parent imports no door: web, worker and commands are
processes of their own. A whole installation for one machine, not the way to run many servers (README, "Production").
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from casework.config import settings
from workers.broker import server_command
from workers.children import start_child
from workers.database_file import is_there, is_up_to_date
from workers.growing import Growing, end_of
from workers.supervisor import Child, Supervisor

if TYPE_CHECKING:
    from pathlib import Path

HOST = "127.0.0.1"
LOOK_SECONDS = 0.1
#: A web server that has not answered by then is not coming.
FIRST_ANSWER_SECONDS = 120.0


class NotStartedError(Exception):
    """The embedded run cannot start; the text is for the person at the terminal."""


class StoppedError(Exception):
    """Ctrl-C, SIGTERM, or the terminal was closed."""


def main() -> int:
    """Run until told to stop. The exit code is 0 after an ordered stop, 1 when it could not start."""
    run = None
    try:
        run = Run(_port())
        run.serve()
    except NotStartedError as error:
        _say(str(error))
        return 1
    except StoppedError:
        _say("Stopping …")
    finally:
        if run:
            run.growing.stop()
            run.supervisor.stop()
    _say("Stopped. All work is kept.")
    return 0


@dataclass
class Run:
    """One embedded run on one port."""

    port: int
    is_stopping: bool = False

    def __post_init__(self) -> None:
        os.umask(0o077)  # what is kept here concerns children: nobody else on this machine reads it
        self.logs = settings().data / "log"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.redis_port = _free_port()
        self.supervisor = Supervisor(self._environment(), _say)
        self.growing = Growing(_python("casework.cli", "demo", "--gently"), self.logs / "demonstration.log", _say)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def serve(self) -> None:
        """Start everything in order, then watch it for ever; ends by `StoppedError` or `NotStartedError`."""
        if "REDIS_URL" not in os.environ:
            self.supervisor.start(self._broker())
        web = self._web()
        try:
            self._open_the_door(web)
        except (NotStartedError, StoppedError):
            web.clear_away()  # while it reads itself in, it does not hear that it shall stop, and nobody is in it yet
            raise
        _say(f"Sagsgang is at http://{HOST}:{self.port} (Ctrl-C stops it)")
        if self.supervisor.environment["SAGSGANG_DEMONSTRATION"] == "1":
            self._load_the_demonstration()
        self.supervisor.start(self._worker())
        while True:
            self._look()
            self.growing.watch()

    def _open_the_door(self, web: Child) -> None:
        is_new = not is_there(settings().database_url)
        if not is_new:  # both read in their programs for some seconds, and there is hardly ever anything to migrate
            self.supervisor.start(web)
        if not is_up_to_date(settings().database_url):
            self._migrate()
        if is_new:
            self.supervisor.start(web)
        self._wait_for_the_first_answer(web)

    def _environment(self) -> dict[str, str]:
        """What children know: the embedded defaults, below what the environment says."""
        defaults = {
            "REDIS_URL": f"redis://{HOST}:{self.redis_port}/0",
            # Invented cases are for the embedded database; somebody's own is filled only when they ask for it.
            "SAGSGANG_DEMONSTRATION": "0" if os.environ.get("DATABASE_URL") else "1",
            "SAGSGANG_PUBLIC_URL": f"http://{HOST}:{self.port}",
            "PYTHONUNBUFFERED": "1",
        }
        return {**defaults, **os.environ}

    def _broker(self) -> Child:
        command = server_command(self.redis_port, settings().data)
        return Child("broker", command, self.logs / "broker.log", stops_last=True)

    def _web(self) -> Child:
        command = _python("granian", "--interface", "wsgi", "--host", HOST, "--port", str(self.port))
        command += ["--workers", "1", "--blocking-threads", "8", "--no-ws", "--log-level", "warning", "api.app:app"]
        return Child("web server", command, self.logs / "web.log")

    def _worker(self) -> Child:
        pool = "threads" if settings().database_url.startswith("sqlite") else "prefork"
        command = _python("celery", "--app", "workers.app", "worker", "--pool", pool, "--concurrency", "2")
        command += ["--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        return Child("worker", command, self.logs / "worker.log", sign_of_life=settings().sign_of_life)

    def _migrate(self) -> None:
        log = self.logs / "migrate.log"
        if self._command("migrate", log=log) != 0:
            raise NotStartedError(f"The database could not be brought up to date:\n{end_of(log)}")

    def _load_the_demonstration(self) -> None:
        """Wait for the first cases; the others come in while people look around, and after an interruption the next time."""
        if not self.growing.has_first() and self._command("demo", "--first") != 0:
            _say("The demonstration could not be loaded; see above. Sagsgang runs without it.")
        else:
            self.growing.start(self.supervisor.environment)

    def _command(self, *arguments: str, log: Path | None = None) -> int:
        """Run `casework …` to its end, or until we are told to stop; without a log it prints to the terminal."""
        with log.open("wb") if log else nullcontext(sys.stdout.buffer) as output:
            process = start_child(
                _python("casework.cli", *arguments), output=output, environment=self.supervisor.environment
            )
        try:
            while process.poll() is None:
                self._look()
        finally:
            process.terminate()
            process.wait()
        return process.returncode

    def _wait_for_the_first_answer(self, web: Child) -> None:
        end = time.monotonic() + FIRST_ANSWER_SECONDS
        while not _answers(self.port):
            if time.monotonic() > end or (web.process is not None and web.process.poll() is not None):
                raise NotStartedError(f"The web server did not start:\n{end_of(web.log)}")
            time.sleep(LOOK_SECONDS)
            self._stop_if_told()

    def _look(self) -> None:
        self._stop_if_told()
        self.supervisor.watch()
        time.sleep(LOOK_SECONDS)

    def _stop_if_told(self) -> None:
        if self.is_stopping:
            raise StoppedError

    def _stop(self, *_: object) -> None:
        self.is_stopping = True


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 1 << 16:
        raise NotStartedError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what was closed a moment ago does not count
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise NotStartedError(
                f"Port {port} cannot be used ({error.strerror}). Stop what uses it, or choose another: "
                f"PORT={port + 1 if port < (1 << 16) - 1 else 8000} make run"
            ) from None
    return port


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


def _say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main())
