"""The letters of a try-out, in words and as they would have gone out."""

from __future__ import annotations

from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import Response, render_template

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from casework.queries.process_drafts.draft_head import draft_head
from casework.try_out.letters import letter_pdf, tried_letter

_ADDRESS = "/process-drafts/<uuid:process_draft_id>/try-out"


@blueprint.get(f"{_ADDRESS}/letters/<uuid:document_id>.pdf")
@needs_sign_in
def tried_letter_file(process_draft_id: UUID, document_id: UUID) -> Response:
    """A letter as it would have gone out."""
    return Response(letter_pdf(actor(), process_draft_id, document_id), content_type="application/pdf")


@blueprint.get(f"{_ADDRESS}/letters/<uuid:document_id>")
@needs_sign_in
def tried_letter_page(process_draft_id: UUID, document_id: UUID) -> str:
    """The words of a letter."""
    data, at = tried_letter(actor(), process_draft_id, document_id)
    return render_template(
        "workshop/try_out_letter.html",
        head=draft_head(actor(), process_draft_id),
        tab="try-out",
        process_draft_id=process_draft_id,
        document_id=document_id,
        letter=data,
        at=at,
    )
