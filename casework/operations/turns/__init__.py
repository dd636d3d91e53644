"""What moves process instances, shared by operations and known to nobody else.

`turn` gathers, `moves` lets the engine make steps, `apply_step` turns them into rows, `settle` lets happen what follows, and
`write` writes. `inside` is what operations with a case of their own call.
"""

from casework.operations.turns.inside import (
    Received,
    StartedInstance,
    change_facts,
    deliver,
    move_unit,
    start_instance,
)
from casework.operations.turns.locking import lock_case

__all__ = ["Received", "StartedInstance", "change_facts", "deliver", "lock_case", "move_unit", "start_instance"]
