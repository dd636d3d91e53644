"""The outline of a process as nested lists: what a called process does stands under its call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casework.queries.outline import OutlineStep

#: A step that stands now, for whatever it waits.
PRESENT = frozenset({"now", "overdue", "waiting"})
#: How many of the steps that hold a present one are named with it.
_NAMED = 1


@dataclass(frozen=True)
class Step:
    """One step with those under it; `called` is the process whose diagram shows them."""

    step: OutlineStep
    inside: tuple[Step, ...]

    @property
    def is_present(self) -> bool:
        """It stands now, or something under it does."""
        return self.step.state in PRESENT or any(one.is_present for one in self.inside)

    @property
    def called(self) -> str | None:
        """The process that the steps under it belong to; None when they stand in the same diagram."""
        first = self.inside[0].step.process_id if self.inside else self.step.process_id
        return first if first != self.step.process_id else None


def tree(steps: Sequence[OutlineStep]) -> tuple[Step, ...]:
    """Nest `steps`, which come in reading order, by their depth."""
    found: list[Step] = []
    at = 0
    while at < len(steps):
        end = at + 1
        while end < len(steps) and steps[end].depth > steps[at].depth:
            end += 1
        found.append(Step(steps[at], tree(steps[at + 1 : end])))
        at = end
    return tuple(found)


def unfolded(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Leave out what stands inside of steps that are over: a long process shows where it stands, its own page shows all."""
    return tuple(replace(one, inside=unfolded(one.inside) if one.is_present else ()) for one in steps)


@dataclass(frozen=True)
class Present:
    """A step that stands now and holds no other; `inside` are the nearest steps that hold it, the outermost first."""

    step: OutlineStep
    inside: tuple[OutlineStep, ...]

    @property
    def is_task(self) -> bool:
        """Somebody has something to do; else a clock, a message or a machine is awaited."""
        return self.step.task_id is not None


def present(steps: Sequence[Step], above: tuple[OutlineStep, ...] = ()) -> Iterator[Present]:
    """Where a process stands, in reading order."""
    for one in steps:
        deeper = tuple(present(one.inside, (*above, one.step)))
        yield from deeper
        if not deeper and one.step.state in PRESENT:
            yield Present(one.step, above[-_NAMED:])
