"""What happens once an hour, a day, a quarter or a year. Looked at every minute; who is first does it, and it is done once."""

from __future__ import annotations

import time
from functools import partial

from casework import clock
from casework.operations.draw_case_sample import draw_case_sample
from casework.operations.keep_annual_report import keep_annual_report
from casework.operations.keep_element_history import keep_element_history
from casework.operations.process_drafts.release_due_drafts import release_due_drafts
from casework.operations.write_mail_digests import write_mail_digests
from casework.queries.reports import owed_years
from casework.try_out.scenario_failures import scenario_failures

#: Seconds between two looks of a worker.
EVERY = 60.0


class Periodic:
    """Remembers when this worker looked last."""

    def __init__(self) -> None:
        self._next = 0.0

    def look(self) -> int:
        """Do what is due, if a minute has gone by; gives how many things were done."""
        now = time.monotonic()
        if now < self._next:
            return 0
        self._next = now + EVERY
        return do_periodic_work()


def do_periodic_work() -> int:
    """Write the day's e-mails, draw the quarter's sample for managerial supervision, make the figures of the year.

    What steps of processes have taken is counted anew each hour. Process drafts are released on their day.
    """
    begun = (
        release_due_drafts(partial(scenario_failures, seconds=None))
        + write_mail_digests()
        + draw_case_sample()
        + keep_element_history()
    )
    return begun + sum(
        keep_annual_report(year=owed.year, tables=owed.tables, is_final=owed.is_final)
        for owed in owed_years(clock.now())
    )
