"""A file of scenarios as text, with what came out otherwise beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.refusals import Refused, refused
from api.web.words import say
from casework.errors import CaseworkError
from casework.queries.process_drafts.draft_files import draft_file
from casework.queries.process_drafts.draft_head import draft_head
from casework.queries.process_drafts.file_kind import file_kind
from casework.try_out.rewriting import rewrite_scenarios
from casework.try_out.running import scenarios_seen

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Redirect

_ADDRESS = "/process-drafts/<uuid:process_draft_id>/scenarios/text"


@blueprint.get(_ADDRESS)
@needs_sign_in
def scenario_text(process_draft_id: UUID) -> str:
    """The file that `?file=` names."""
    return _page(process_draft_id)


@blueprint.post(_ADDRESS)
@needs_sign_in
def write_scenario_text(process_draft_id: UUID) -> Redirect | tuple[str, int]:
    """Keep what was written; the scenarios must be run again then."""
    try:
        rewrite_scenarios(
            actor(),
            process_draft_id,
            file=request.form.get("file", ""),
            text=request.form.get("text", ""),
            revision=request.form.get("revision", 0, int),
        )
    except CaseworkError as error:
        back = refused("scenarios", error)
        return _page(process_draft_id, back), back.status
    flash(say("The scenarios are kept. Run them to see what comes of them now."), "success")
    return redirect(url_for("web.scenarios_page", process_draft_id=process_draft_id), 303)


def _page(process_draft_id: UUID, back: Refused | None = None) -> str:
    file = request.values.get("file", "")
    found = draft_file(actor(), process_draft_id, file_kind("scenario"), file)
    seen = scenarios_seen(actor(), process_draft_id)
    failing = [
        (told.scenario.name, outcome["problems"])
        for told in seen.told
        if told.file == file and (outcome := seen.outcome_of(told)) is not None and outcome["problems"]
    ]
    text = back.written.get("text", "") if back else found.content.decode(errors="replace")
    return render_template(
        "workshop/scenario_text.html",
        process_draft_id=process_draft_id,
        head=draft_head(actor(), process_draft_id),
        tab="scenarios",
        file=file,
        text=text,
        revision=found.revision,
        failing=failing,
        refused=back,
    )
