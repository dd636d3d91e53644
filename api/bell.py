"""Rings the workers' bell: a Celery message without content, sent after commits that left work for the machines.

A thread sends it, so that no request waits for the broker, and many rings in a row become one. When the broker is away the
ring is lost, and that is all right: each worker looks for work once a second anyway.

Celery is read in by that thread: it takes a third of a second, which the first page need not wait for.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import structlog
from prometheus_client import Counter

from casework import wake

if TYPE_CHECKING:
    from celery import Celery

#: The name of the task in `workers.app`.
TASK = "wake"
#: A ring that takes long is worth nothing.
_QUICK = {"socket_connect_timeout": 1, "socket_timeout": 5, "max_retries": 1, "interval_start": 0, "interval_step": 0}
_lost = Counter("sagsgang_lost_wakes", "Wake-ups that could not be sent; the sweep found the work instead.")

log = structlog.get_logger()


def ring_for_workers(redis_url: str) -> None:
    """From now on, tell the workers at `redis_url` of each commit of this process that left them work."""
    if redis_url:
        wake.listen(Bell(redis_url).ring)


class Bell:
    """One sender for this process; its thread starts at the first ring, so after any fork."""

    def __init__(self, redis_url: str) -> None:
        self._redis_url = redis_url
        self._celery: Celery | None = None
        self._rung = threading.Event()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def ring(self) -> None:
        """Ask for one wake-up; takes microseconds."""
        self._rung.set()
        if self._thread is None:
            with self._start:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="bell", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        while True:
            self._rung.wait()
            self._rung.clear()
            self.send()

    def send(self) -> None:
        """Send one wake-up now; what fails is counted."""
        from kombu.exceptions import OperationalError  # noqa: PLC0415  see above

        self._celery = self._celery or _sender(self._redis_url)
        try:
            self._celery.send_task(TASK, retry=False, ignore_result=True)
        except (OperationalError, OSError) as error:
            _lost.inc()
            log.info("wake-up lost", error=type(error).__name__)


def _sender(redis_url: str) -> Celery:
    from celery import Celery  # noqa: PLC0415  see above

    sender = Celery("sagsgang", broker=redis_url, set_as_current=False)
    sender.conf.update(task_ignore_result=True, broker_transport_options=_QUICK)
    return sender
