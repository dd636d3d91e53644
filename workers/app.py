"""The Celery application: one task without content, `wake`, and the sweep that runs inside of every worker.

Celery with Redis is the muscle and a bell; the database is the truth. A wake-up may come twice, late or never.
Start it with `celery -A workers.app worker`, with `-P threads` or `-P prefork`.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from celery import Celery, bootsteps
from celery.concurrency.prefork import TaskPool as Prefork
from celery.signals import worker_process_init, worker_process_shutdown

from casework.config import settings
from casework.logs import configure_logs
from workers.execute import run_ready_jobs
from workers.sweep import Sweep, do_what_is_due

if TYPE_CHECKING:
    from celery.worker import WorkController

#: A stranger's flood of wake-ups must not starve the sweep: one task drains at most so many batches.
MOST_BATCHES = 100

configure_logs()
app = Celery("sagsgang", broker=settings().redis_url or "memory://")
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    # Only the default direct queue: custom exchanges lose their bindings when Redis is flushed under load.
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={"socket_connect_timeout": 1},
    worker_hijack_root_logger=False,
)


@app.task(name="wake")
def wake() -> None:
    """Somebody has written a job, or a timer that is due at once: go on until nothing is left."""
    do_what_is_due()
    for _ in range(MOST_BATCHES):
        if not run_ready_jobs():
            return


class SweepStep(bootsteps.StartStopStep):
    """Sweeps in a worker whose pool is threads; it starts with the worker, whether or not the broker answers."""

    requires = {"celery.worker.components:Pool"}  # noqa: RUF012  Celery reads it from the class

    def __init__(self, parent: WorkController, **options: Any) -> None:
        super().__init__(parent, **options)
        self._sweep = Sweep()
        # In prefork each child sweeps: the parent must hold neither connections nor V8 when it forks again.
        self.enabled = not issubclass(parent.pool_cls, Prefork)

    def start(self, parent: WorkController) -> None:  # noqa: ARG002
        """Begin sweeping."""
        gc.freeze()  # what start-up made stays; the collector need not walk it again and again
        self._sweep.start()

    def stop(self, parent: WorkController) -> None:  # noqa: ARG002
        """Finish what is being done."""
        self._sweep.stop()


app.steps["worker"].add(SweepStep)

_of_this_child: list[Sweep] = []


@worker_process_init.connect
def _sweep_in_this_child(**_: object) -> None:
    gc.freeze()
    _of_this_child.append(Sweep())
    _of_this_child[-1].start()


@worker_process_shutdown.connect
def _stop_sweeping_in_this_child(**_: object) -> None:
    while _of_this_child:
        _of_this_child.pop().stop()
