"""Lays a diagram out anew for whoever draws it. Nothing is kept: the editor saves what comes of it like any other change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.layout import layout
from casework.model.process_rights import require_owner

if TYPE_CHECKING:
    from casework.model import Actor


def tidy_diagram(actor: Actor, *, content: bytes) -> bytes:
    """The same process in a new picture. Owners only. Refuses (InvalidError, LimitError) what is no BPMN or is too large."""
    require_owner(actor)
    return layout(content)
