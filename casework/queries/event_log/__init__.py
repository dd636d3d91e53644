"""The event log of a process, for tools of process mining: what happened when, in XES and in OCEL 2.0.

Pseudonymised: no name, no number of a case, no case text. Cases, instances, tasks and people stand as keyed hashes; the key is
drawn for each export and kept nowhere, so within one file the same is the same, and two files cannot be laid side by side.
Names of steps, processes and units stand as they are: they say what is done, not for whom.
"""

from casework.queries.event_log.asking import LogAsked, asked
from casework.queries.event_log.ocel import ocel
from casework.queries.event_log.xes import xes

__all__ = ["LogAsked", "asked", "ocel", "xes"]
