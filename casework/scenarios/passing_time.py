"""Time passes: the clock goes from one moment at which something is due to the next, and what is due happens then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.operations.fire_due_timers import fire_due_timers
from casework.operations.raise_due_escalations import raise_due_escalations
from casework.operations.raise_late_handoffs import raise_late_handoffs
from casework.operations.start_due_processes import start_due_processes
from casework.scenarios.machines import work
from casework.scenarios.standing import next_moment

if TYPE_CHECKING:
    from datetime import datetime

#: Rounds in which there was something to do at one moment.
MOST_ROUNDS = 50


def let_pass(until: datetime) -> None:
    """Go on until that moment, and let everything happen that comes due on the way."""
    while (moment := next_moment()) is not None and moment <= until:
        stands = clock.now()
        clock.move_to(max(moment, stands))
        if not look() and moment <= stands:
            break  # it is due and yet nothing comes of it: an incident says why
    clock.move_to(until)
    look()


def look() -> int:
    """What every worker looks for each second; gives how much there was."""
    done = 0
    for _ in range(MOST_ROUNDS):
        now = work() + start_due_processes() + fire_due_timers() + raise_due_escalations() + raise_late_handoffs()
        done += now
        if not now:
            break
    return done
