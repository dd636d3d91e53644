"""What somebody may do with processes, for pages that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.model import process_rights

if TYPE_CHECKING:
    from casework.model import Actor


def owns_processes(actor: Actor) -> bool:
    """Draws them, releases them, goes back."""
    return process_rights.owns_processes(actor)


def sees_drafts(actor: Actor) -> bool:
    """Looks at what is not released yet, and at the history."""
    return process_rights.sees_drafts(actor)
