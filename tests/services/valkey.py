"""A private Valkey, which speaks the Redis protocol and can be killed and started again at the same address."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
import redis

from tests.services.ports import free_port
from workers.broker import server_command
from workers.children import start_child

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Valkey:
    """One server at one address for as long as it lives, however often it is started."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where clients find it."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it empty, and wait until it answers (about 80 ms)."""
        self.process = start_child(server_command(self.port, self.folder), output=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("valkey-server did not start")
            time.sleep(0.01)

    def kill(self) -> None:
        """Kill it as a power failure would."""
        self.process.kill()
        self.process.wait()

    def flush(self) -> None:
        """Forget everything, queues included."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_connect_timeout=1) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False


@pytest.fixture(scope="session")
def valkey_server(tmp_path_factory):
    """The server of this test process."""
    server = Valkey(tmp_path_factory.mktemp("valkey"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def valkey(valkey_server):
    """A running, empty Valkey."""
    if valkey_server.process.poll() is not None:
        valkey_server.start()
    valkey_server.flush()
    return valkey_server
