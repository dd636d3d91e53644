"""A process draft beside what is released, as two released versions are compared: words, colours, tables."""

from __future__ import annotations

from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import render_template

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.compare import changed_files, shown_diagram
from casework.compare import Kind, Part
from casework.queries.process_drafts.compare_draft import compare_draft
from casework.queries.process_drafts.draft_head import draft_head


@blueprint.get("/process-drafts/<uuid:draft_id>/compare")
@needs_sign_in
def compare_draft_page(draft_id: UUID) -> str:
    """`?process=` chooses the diagram to look at."""
    head, found = draft_head(actor(), draft_id), compare_draft(actor(), draft_id)
    files = {part: changed_files(found.comparison, part) for part in Part}
    shown = shown_diagram(files[Part.DIAGRAM], found.has_old | found.has_new, head.process_id)
    return render_template(
        "workshop/compare.html",
        head=head,
        found=found,
        diagrams=files[Part.DIAGRAM],
        forms=files[Part.FORM],
        decisions=files[Part.DECISION],
        shown=shown,
        marks={kind.value: " ".join(ids) for kind, ids in found.comparison.marks(shown).items()},
        Kind=Kind,
    )
