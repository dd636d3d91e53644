"""What the lanes of the released diagrams are called, by the key of the unit that answers for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.diagrams import SAG, DiagramError, bpmn
from casework.engine.drawing import drawn

if TYPE_CHECKING:
    from casework.studio.files import Folder


def drawn_lanes(folder: Folder) -> dict[str, tuple[str, str]]:
    """Danish and English name of each lane, as the first diagram that has it says."""
    found: dict[str, tuple[str, str]] = {}
    for name, content in folder.diagrams.items():
        try:
            lanes = list(drawn(name, content).root.iter(bpmn("lane")))
        except DiagramError:
            continue
        for lane in lanes:
            danish = lane.get("name") or ""
            if danish:
                found.setdefault(lane.get("id", ""), (danish, lane.get(f"{{{SAG}}}nameEn") or danish))
    return found
