"""The lanes that a new process may begin in: those that a unit answers for, as the released diagrams call them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.database import read
from casework.forms.words import words
from casework.model.process_rights import require_owner
from casework.studio import active_lanes, released_folder
from casework.studio.lanes import drawn_lanes

if TYPE_CHECKING:
    from casework.forms.words import Words
    from casework.model import Actor


@dataclass(frozen=True)
class LaneChoice:
    """`key` is the id of the lane."""

    key: str
    name: Words


def lane_choices(actor: Actor) -> list[LaneChoice]:
    """By name. Owners only."""
    require_owner(actor)
    with read() as session:
        lanes, drawn = active_lanes(session), drawn_lanes(released_folder(session))
    found = [LaneChoice(lane, words(*drawn.get(lane, (lane, lane)))) for lane in lanes]
    return sorted(found, key=lambda choice: choice.name.danish)
