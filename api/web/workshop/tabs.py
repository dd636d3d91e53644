"""The tabs above every page of a process draft: `{% include "workshop/_head.html" %}` needs `head` and `tab` (a key of these)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.web import blueprint
from casework.i18n import Message, message
from casework.try_out.beginnings import scenario_count

if TYPE_CHECKING:
    from casework.queries.process_drafts.draft_head import DraftHead

#: Key, end of the address, name, and what is counted beside it.
_TABS = (
    ("diagram", "/", message("Diagram"), ""),
    ("decisions", "/decisions", message("Decision tables"), "decision"),
    ("forms", "/forms", message("Forms"), "form"),
    ("scenarios", "/scenarios", message("Scenarios"), "scenario"),
    ("try-out", "/try-out", message("Try out"), ""),
    ("compare", "/compare", message("Compare"), ""),
    ("release", "/release", message("Approval and release"), ""),
)
STATES = {
    "draft": message("Draft"),
    "submitted": message("For approval"),
    "approved": message("Approved"),
    "released": message("Released"),
    "discarded": message("Put aside"),
}


@dataclass(frozen=True)
class Tab:
    """One page of the draft."""

    key: str
    name: Message
    href: str
    count: int | None


@blueprint.app_template_global()
def draft_tabs(head: DraftHead) -> list[Tab]:
    """All of them, for the draft of this head."""
    counts = {**head.counts, "scenario": scenario_count(head.scenarios)}
    return [
        Tab(key, name, f"/process-drafts/{head.id}{end}", counts.get(counted, 0) if counted else None)
        for key, end, name, counted in _TABS
    ]


@blueprint.app_template_global()
def draft_state(state: str) -> Message:
    """Where a process draft stands, as a tag says it."""
    return STATES[state]
