"""What every worker looks for each second: due timers and escalations, jobs that are ready, leases that have ended.

No leader, no beat file, no Celery countdown: the database says what is due, and claims make sure that only one does it. So the
work goes on without a broker too; the broker only makes it faster (`workers.app.wake`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import wake
from casework.config import settings
from casework.operations.fire_due_timers import fire_due_timers
from casework.operations.moving_instances.move_waiting_instances import move_waiting_instances
from casework.operations.raise_due_escalations import raise_due_escalations
from casework.operations.raise_late_handoffs import raise_late_handoffs
from casework.operations.start_due_processes import start_due_processes
from workers.execute import run_ready_jobs
from workers.periodic import Periodic
from workers.rhythm import Rhythm

if TYPE_CHECKING:
    from pathlib import Path

#: Timers and escalations taken in one go.
BATCH = 100
#: Instances moved to another version before the worker looks whether it shall stop.
MOVES = 20


class Sweep:
    """Three threads, so that neither a slow mail server nor a thousand instances on the move hold up the law's clock."""

    def __init__(self) -> None:
        self._periodic = Periodic()
        self._jobs = Rhythm("jobs", run_ready_jobs)
        self._clock = Rhythm("clock", self._do_what_is_due)
        self._moves = Rhythm("moves", lambda: move_waiting_instances(limit=MOVES) > 0)

    def start(self) -> None:
        """Begin in the background; what this process leaves to do is looked at as soon as it is committed."""
        wake.listen(self.ring)
        self._jobs.start()
        self._clock.start()
        self._moves.start()

    def ring(self) -> None:
        """Look at once."""
        self._clock.ring()
        self._jobs.ring()
        self._moves.ring()

    def stop(self) -> None:
        """Let all finish what they are doing."""
        wake.stop_listening(self.ring)
        self._moves.stop()
        self._clock.stop()
        self._jobs.stop()

    def _do_what_is_due(self) -> bool:
        done = do_what_is_due() + self._periodic.look()
        _give_a_sign_of_life(settings().sign_of_life)
        return done >= BATCH


def do_what_is_due() -> int:
    """Start processes, fire timers, raise escalations, tell of hand-offs that are due now, at most `BATCH` of each."""
    told = raise_late_handoffs(limit=BATCH)
    started = start_due_processes(limit=BATCH)
    return started + fire_due_timers(limit=BATCH) + raise_due_escalations(limit=BATCH) + told


def _give_a_sign_of_life(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
