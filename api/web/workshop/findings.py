"""What is wrong with a process draft, for the editors: after each pause, from the same lint that decides about releasing."""

from __future__ import annotations

from typing import Any
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import request

from api.signed_in import actor
from api.web import blueprint
from api.web.words import say
from api.web.workshop.editor_files import in_words
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
