"""Many runs of a process with random durations and choices, as often as they were seen: what is late then, and who has the work.

Pure: diagrams and what was seen go in, figures come out; the same seed gives the same figures. It plays tokens by the diagram
alone: expressions and forms are not asked, a gateway chooses as often as its ways were taken. Whatever nothing was seen of is
assumed, and counted among the assumptions.

Steps are drawn one by one from those that were seen (2026-11-27: instead of from tenths, which lose the slowest, and lateness
with them), as working days and time of day, because two days over a weekend are four. Fed with the 600 cases of the
demonstration and played on what is released, the share of 107 of 114 deadlines that were late lies in the interval that is
told. Where it does not, people had hurried towards a date, or several steps to one date hang together: steps are drawn apart.
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
