"""How long a process owner waits for the findings of a change: a large diagram, changed once more each time, among all files."""

from __future__ import annotations

import time
from statistics import median, quantiles
from typing import Any

from casework.config import settings
from casework.engine.drawing import drawn
from casework.model import ArtifactKind
from casework.studio import changed_findings, known_beside, read_folder
from casework.studio.workspace import Workspace

PROCESS = "intake_to_assessment"
TIMES = 40


def findings() -> dict[str, Any]:
    """Milliseconds; no database."""
    folder = read_folder(settings().processes, settings().forms)
    known, key = known_beside(folder, settings().processes, None), (ArtifactKind.DIAGRAM, PROCESS)
    content, spent = folder.content(*key) or b"", []
    for number in range(TIMES + 1):
        changed = folder.with_file(*key, content + b"\n" * number, (PROCESS,))
        space = Workspace(PROCESS, changed, folder, frozenset({key}), known)
        begun = time.perf_counter()
        changed_findings(space, *key)
        spent.append(1000 * (time.perf_counter() - begun))
    later = sorted(spent[1:])
    return {
        "elements": len(drawn(PROCESS, content).elements),
        "first": round(spent[0], 1),
        "median": round(median(later), 1),
        "p95": round(quantiles(later, n=20)[-1], 1),
    }
