"""The process owner's workshop: a process draft drawn, checked, tried, compared, approved and released, page by page.

Each module adds its routes to the one blueprint; `tabs` is what stands above all of them.
"""

from api.web.workshop import (
    chances,
    compare,
    drafts,
    editor,
    editor_files,
    element,
    event_log,
    findings,
    moving,
    release,
    requests,
    scenario_text,
    scenarios,
    try_out,
    try_out_begin,
    try_out_letters,
)

__all__ = [
    "chances",
    "compare",
    "drafts",
    "editor",
    "editor_files",
    "element",
    "event_log",
    "findings",
    "moving",
    "release",
    "requests",
    "scenario_text",
    "scenarios",
    "try_out",
    "try_out_begin",
    "try_out_letters",
]
