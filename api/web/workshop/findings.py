"""What editors ask while somebody draws: what is wrong, by the lint that decides about releasing; what a deadline means."""

from __future__ import annotations

from typing import Any
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import request

from api.signed_in import actor
from api.web import blueprint
from api.web.words import say
from api.web.workshop.editor_files import in_words
from casework.queries.process_drafts.deadline_example import deadline_example
from casework.queries.process_drafts.draft_findings import draft_findings
from casework.queries.process_drafts.file_kind import file_kind


@blueprint.get("/process-drafts/<uuid:process_draft_id>/findings")
@in_words
def process_draft_findings(process_draft_id: UUID) -> dict[str, Any]:
    """Of the file `?kind=&key=`, or of all that the draft has changed; what keeps it from being released first."""
    kind, key = request.args.get("kind"), request.args.get("key")
    found = draft_findings(actor(), process_draft_id, file_kind(kind) if kind else None, key)
    return {
        "findings": [
            {
                "kind": fault.kind.value,
                "key": fault.key,
                "element": fault.element,
                "rule": fault.rule,
                "severity": fault.severity,
                "message": say(fault.message),
                "mend": say(fault.mend),
            }
            for fault in found
        ]
    }


@blueprint.get("/process-drafts/deadline-example")
@in_words
def example_of_deadline() -> dict[str, str]:
    """When `?duration=&calendar=` would be due if it began now; no words where nobody can count it."""
    asked = {name: request.args.get(name, "") for name in ("duration", "calendar")}
    words = deadline_example(actor(), **asked)
    return {"words": say(words) if words else ""}
