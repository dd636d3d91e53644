"""How long a process owner waits for the findings of a change: a diagram changed once more each time, among all files.

The largest one that is in use, and one of sixty elements.
"""

from __future__ import annotations

import time
from statistics import median, quantiles
from typing import TYPE_CHECKING

from casework.cli.benchmark import sixty
from casework.cli.benchmark.visits import PROCESS
from casework.config import settings
from casework.engine.drawing import drawn
from casework.model import ArtifactKind
from casework.studio import changed_findings, known_beside, read_folder
from casework.studio.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casework.studio import Folder

TIMES = 20


def findings() -> dict[str, float]:
    """Milliseconds; no database."""
    folder = read_folder(settings().processes, settings().forms)
    content = folder.content(ArtifactKind.DIAGRAM, PROCESS) or b""
    of_sixty = {f"sixty_{name}": value for name, value in _measured(folder, sixty.PROCESS, sixty.sixty()).items()}
    return {"elements": len(drawn(PROCESS, content).elements), **_measured(folder, PROCESS, content), **of_sixty}


def _measured(folder: Folder, process_id: str, content: bytes) -> dict[str, float]:
    first, *later = waits(folder, process_id, content, TIMES + 1)
    return {
        "first": round(first, 1),
        "median": round(median(later), 1),
        "p95": round(quantiles(later, n=20)[-1], 1),
    }


def waits(
    folder: Folder, process_id: str, content: bytes, times: int, clock: Callable[[], float] = time.perf_counter
) -> Iterator[float]:
    """Milliseconds of each of so many changes."""
    key = (ArtifactKind.DIAGRAM, process_id)
    known = known_beside(folder, settings().processes, None)
    for number in range(times):
        changed = folder.with_file(*key, content + b"\n" * number, (process_id,))
        space = Workspace(process_id, changed, folder, frozenset({key}), known)
        begun = clock()
        changed_findings(space, *key)
        yield 1000 * (clock() - begun)
