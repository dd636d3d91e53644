"""Time passes: the clock goes from one moment at which something is due to the next, and what is due happens then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.operations.fire_due_timers import fire_due_timers
from casework.operations.raise_due_escalations import raise_due_escalations
from casework.operations.raise_late_handoffs import raise_late_handoffs
from casework.operations.start_due_processes import start_due_processes
from casework.scenarios.looking import next_timer
from casework.scenarios.machines import work
from casework.scenarios.standing import due_now, next_moment, timer_due
from casework.scenarios.words import after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from uuid import UUID

    from casework.scenarios.scenario import Wait

#: Rounds in which there was something to do at one moment.
MOST_ROUNDS = 50
#: In the order in which a worker does them, by what `due_now` calls them. Mails to employees, for which no process waits, are
#: left to the end of the time that passes.
_SWEEPS = (
    ("jobs", work),
    ("starts", start_due_processes),
    ("timers", fire_due_timers),
    ("escalations", raise_due_escalations),
    ("handoffs", raise_late_handoffs),
)


def let_pass(until: datetime) -> None:
    """Go on until that moment, and let everything happen that comes due on the way."""
    while (moment := next_moment()) is not None and moment <= until:
        stands = clock.now()
        clock.move_to(max(moment, stands))
        if not _look(_SWEEPS) and moment <= stands:
            break  # it is due and yet nothing comes of it: an incident says why
    clock.move_to(until)
    look()


def moment_meant(step: Wait, case_id: UUID) -> datetime | None:
    """Until when a scenario waits; None when nothing waits for that moment."""
    match step.how:
        case "for":
            return after(step.text, step.calendar, clock.now())
        case "timer":
            return timer_due(case_id, step.text)
        case "next":
            return next_timer(case_id)
    return step.moment


def look() -> int:
    """What every worker looks for each second; gives how much there was."""
    return _look((*_SWEEPS, ("mails", work)))


def _look(sweeps: Iterable[tuple[str, Callable[[], int]]]) -> int:
    """Only those run that have something to do."""
    done = 0
    for _ in range(MOST_ROUNDS):
        due = due_now()
        now = sum(sweep() for name, sweep in sweeps if name in due)
        done += now
        if not now:
            break
    return done
