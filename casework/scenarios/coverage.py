"""Which sequence flows of which diagrams the scenarios take together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from casework.scenarios.flows import FlowKey, Flows


@dataclass(frozen=True)
class Covered:
    """One process: how many of its flows are taken, and which are not, as (flow, source, target)."""

    process_id: str
    flows: int
    untaken: tuple[tuple[str, str, str], ...]

    @property
    def taken(self) -> int:
        """How many are taken."""
        return self.flows - len(self.untaken)


def coverage(flows: Flows, taken: Iterable[FlowKey], processes: Collection[str] | None = None) -> list[Covered]:
    """A row for each process (of `processes`, where they are given), by id."""
    done, by_process = set(taken), defaultdict(list)
    for key in flows.all:
        if processes is None or key[0] in processes:
            by_process[key[0]].append(key)
    return [
        Covered(
            process_id,
            len(keys),
            tuple((key[1], *flows.names[key]) for key in sorted(keys) if key not in done),
        )
        for process_id, keys in sorted(by_process.items())
    ]
