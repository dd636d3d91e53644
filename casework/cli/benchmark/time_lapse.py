"""How long a process owner waits in a try-out when time passes: every wait in the scenarios of the three main processes, and what
comes when nobody does anything, step by step for four months. A day with many escalations is the dearest step.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from casework.config import settings
from casework.database import read
from casework.demo.load import MUNICIPALITY
from casework.errors import InvalidError
from casework.scenarios import prepared
from casework.studio import workspace_of
from casework.try_out.beginnings import scenarios_beside
from casework.try_out.running import concerned_ground
from casework.try_out.walking import Told, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.try_out.walking import Step

PROCESSES = ("intake_to_assessment", "placement_with_step_down", "youth_to_adult")
#: Milliseconds that a step may take.
LIMIT = 100
#: Nobody does anything.
ALONE = tuple({"vent": span} for span in ("24 timer", "24 timer", "5 arbejdsdage", "1 måned", "3 måneder"))


def time_lapse() -> list[dict[str, Any]]:
    """Milliseconds of the steps in which time passes, a row for each process; in a database of its own."""
    folders = {"processes": settings().processes, "forms": settings().forms, "municipality": MUNICIPALITY}
    with prepared(**folders) as sandbox, sandbox.opened():
        return [_row(process_id) for process_id in PROCESSES]


def _row(process_id: str) -> dict[str, Any]:
    for _ in _steps(process_id, "first"):
        pass  # diagrams are read, statements compiled
    spent = list(_steps(process_id, "then"))
    times, dearest = [milliseconds for milliseconds, _ in spent], max(spent)
    return {
        "process": process_id,
        "steps": len(times),
        "median_ms": round(median(times), 1),
        "p95_ms": round(quantiles(times, n=20)[-1], 1),
        "over_100_ms": sum(one > LIMIT for one in times),
        "dearest_ms": dearest[0],
        "which": dearest[1],
    }


def _steps(process_id: str, word: str) -> Iterator[tuple[float, str]]:
    """Each step with its name. Another word makes another walk, of which nothing is kept yet."""
    with read() as session:
        workspace = replace(workspace_of(session, None), process_id=process_id)
    ground = concerned_ground(workspace)
    for told in scenarios_beside(workspace.folder, process_id):
        for steps in (told.steps, ALONE):
            taken = Told({**told.beginning, "navn": f"{told.scenario.name}, {word}"}, steps)
            for number, (step, milliseconds) in enumerate(_taken(ground, taken), 1):
                if _passes(step):
                    yield milliseconds, f"{told.scenario.name}: {number}. {step}"


def _taken(ground: Any, told: Told) -> Iterator[tuple[Step, float]]:
    try:
        reached = walk(ground, told)
    except InvalidError:
        return
    for step, record in zip(told.steps, reached.records[1:], strict=False):
        yield step, round(1000 * record.seconds, 1)


def _passes(step: Step) -> bool:
    return isinstance(step, dict) and "vent" in step
