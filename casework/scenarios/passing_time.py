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
from casework.scenarios.standing import standing, timer_due
from casework.scenarios.words import after

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from casework.scenarios.scenario import Wait
    from casework.scenarios.standing import Standing

#: Rounds in which there was something to do at one moment.
MOST_ROUNDS = 50
#: In the order in which a worker does them, by what `Standing` calls them. Mails to employees are not sent.
_SWEEPS = (
    ("jobs", work),
    ("starts", start_due_processes),
    ("timers", fire_due_timers),
    ("escalations", raise_due_escalations),
    ("handoffs", raise_late_handoffs),
)


def let_pass(until: datetime) -> None:
    """Go on until that moment, and let everything happen that comes due on the way."""
    seen = standing()
    while (moment := seen.next) is not None and moment <= until:
        stands = clock.now()
        clock.move_to(max(moment, stands))
        seen, done = _settled(seen)
        if not done and moment <= stands:
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
    _, done = _settled(standing())
    return done


def _settled(seen: Standing) -> tuple[Standing, int]:
    """Let happen what is due at this moment, and what comes of it; gives how it stands then, and how much there was."""
    done = 0
    for _ in range(MOST_ROUNDS):
        due = seen.due(clock.now())
        now = sum(sweep() for name, sweep in _SWEEPS if name in due)
        if not now:
            break
        done += now
        seen = standing()
    return seen, done
