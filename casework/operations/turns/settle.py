"""Lets everything happen that follows by itself from what has happened, and writes the turn.

1. Messages and signals on their way reach the waits of the case, or start processes, or are kept.
2. Messages that were kept reach waits that have opened.
3. Conditions that have become true let their waits happen.
4. When nothing follows any more, deadlines, timers and starts move along with the facts and variables they count from.
5. Clocks stop and go on with what is waited for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.operations.turns.conditions import fire_one_condition
from casework.operations.turns.delivering import deliver_next, take_up_kept
from casework.operations.turns.moving import move_dues
from casework.operations.turns.pausing import settle_pauses
from casework.operations.turns.starts import move_starts
from casework.operations.turns.write import write

if TYPE_CHECKING:
    from casework.operations.turns.turn import Turn


def settle(turn: Turn) -> None:
    """Go on until nothing follows, then write. What goes round without end ends as an incident."""
    with turn.session.no_autoflush:
        while deliver_next(turn) or take_up_kept(turn) or fire_one_condition(turn):
            pass
        move_dues(turn)
        settle_pauses(turn)
        move_starts(turn)
        write(turn)
