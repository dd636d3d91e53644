"""Many runs of a process with random durations and choices, as often as they were seen: what is late then, and who has the work.

Pure: diagrams and what was seen go in, figures come out; the same seed gives the same figures. It plays tokens by the diagram
alone: expressions and forms are not asked, a gateway chooses as often as its ways were taken. Whatever nothing was seen of is
assumed, and counted among the assumptions.
"""

from casework.studio.simulation.assumed import Assumed, Past, Seen
from casework.studio.simulation.clocks import from_elsewhere
from casework.studio.simulation.lasted import Lasted, Together, sample
from casework.studio.simulation.model import Model
from casework.studio.simulation.sums import DeadlineSum, Playing, Simulated, simulate

__all__ = [
    "Assumed",
    "DeadlineSum",
    "Lasted",
    "Model",
    "Past",
    "Playing",
    "Seen",
    "Simulated",
    "Together",
    "from_elsewhere",
    "sample",
    "simulate",
]
