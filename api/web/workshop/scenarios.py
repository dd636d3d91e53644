"""The scenarios of a process draft: run all of them, see how far it has come, and which ways none of them takes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import Response, flash, make_response, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.refusals import Refused, refused
from api.web.words import say
from casework.errors import CaseworkError
from casework.i18n import message
from casework.queries.process_drafts.draft_head import draft_head
from casework.try_out import trying
from casework.try_out.draft_scenarios import draft_diagram
from casework.try_out.keeping import drop_scenario, ends_of, expectations, keep_scenario
from casework.try_out.running import begin_run, go_on, last_run, scenarios_seen
from casework.try_out.ways import begin_before

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Redirect

    from casework.i18n import Message
    from casework.try_out.running import ScenariosSeen

#: A page runs scenarios for so many seconds before it says how far it has come.
AT_A_TIME = 1.0
_ADDRESS = "/process-drafts/<uuid:process_draft_id>/scenarios"


@blueprint.app_template_global()
def scenarios_said(process_draft_id: UUID) -> Message:
    """How the scenarios of a draft stand, in a sentence for its other pages."""
    run = last_run(actor(), process_draft_id)
    if run is None or run.ended_at is None:
        return message("The scenarios have not been run since the last change.")
    if run.failures:
        failed = len(run.failures)
        return message(
            "{failed} of {total} scenarios come out otherwise than they say.", failed=failed, total=run.total
        )
    return message("All {total} scenarios come out as they say.", total=run.total)


@blueprint.get(_ADDRESS)
@needs_sign_in
def scenarios_page(process_draft_id: UUID) -> str:
    """All that the draft concerns, with what came of them on the files as they are."""
    return _page(process_draft_id)


@blueprint.post(f"{_ADDRESS}/run")
@needs_sign_in
def run_scenarios(process_draft_id: UUID) -> Redirect:
    """Begin to run them; the page goes on by itself."""
    begin_run(actor(), process_draft_id)
    return redirect(url_for("web.scenarios_page", process_draft_id=process_draft_id), 303)


@blueprint.post(f"{_ADDRESS}/run/on")
@needs_sign_in
def go_on_running(process_draft_id: UUID) -> Response | Redirect:
    """Run a few more, and show what came of them; the whole page when they have all been run, or without a script."""
    run = go_on(actor(), process_draft_id, seconds=AT_A_TIME)
    if "HX-Request" not in request.headers:
        return redirect(url_for("web.scenarios_page", process_draft_id=process_draft_id), 303)
    found, head = scenarios_seen(actor(), process_draft_id), draft_head(actor(), process_draft_id)
    answer = make_response(
        render_template("workshop/scenarios_results.html", process_draft_id=process_draft_id, found=found, head=head)
    )
    if run is None or run.ended_at is not None:
        answer.headers["HX-Refresh"] = "true"
    return answer


@blueprint.post(f"{_ADDRESS}/ways")
@needs_sign_in
def try_way(process_draft_id: UUID) -> Redirect | tuple[str, int]:
    """Go to where the flow could be taken."""
    try:
        asked = request.form.get("process", ""), request.form.get("flow", "")
        is_begun = begin_before(actor(), process_draft_id, *asked)
    except CaseworkError as error:
        back = refused("way", error)
        return _page(process_draft_id, back), back.status
    page = "web.try_out_page" if is_begun else "web.new_try_out"
    return redirect(url_for(page, process_draft_id=process_draft_id), 303)


@blueprint.post(f"{_ADDRESS}/removal")
@needs_sign_in
def remove_scenario(process_draft_id: UUID) -> Redirect | tuple[str, int]:
    """Take one out of the draft."""
    try:
        drop_scenario(actor(), process_draft_id, request.form.get("file", ""), request.form.get("name", ""))
    except CaseworkError as error:
        back = refused("way", error)
        return _page(process_draft_id, back), back.status
    flash(say("The scenario is taken out of the draft."), "success")
    return redirect(url_for("web.scenarios_page", process_draft_id=process_draft_id), 303)


@blueprint.get(f"{_ADDRESS}/diagram.bpmn")
@needs_sign_in
def scenarios_diagram(process_draft_id: UUID) -> Response:
    """The draft's own diagram."""
    return Response(draft_diagram(actor(), process_draft_id), content_type="application/xml")


@blueprint.get("/process-drafts/<uuid:process_draft_id>/try-out/scenario")
@needs_sign_in
def new_scenario(process_draft_id: UUID) -> str | Redirect:
    """What would be kept of the walk: its steps, and what is expected at its end."""
    return _keeping(process_draft_id, None)


@blueprint.post("/process-drafts/<uuid:process_draft_id>/try-out/scenario")
@needs_sign_in
def keep_walk(process_draft_id: UUID) -> Redirect | tuple[str | Redirect, int]:
    """Write it into the draft's scenarios."""
    written = request.form
    try:
        keep_scenario(
            actor(),
            process_draft_id,
            name=written.get("name", ""),
            about=written.get("about", ""),
            expected=written.getlist("expected"),
        )
    except CaseworkError as error:
        back = refused("scenario", error)
        return _keeping(process_draft_id, back), back.status
    flash(say("The scenario is kept. It is run again with every change."), "success")
    return redirect(url_for("web.scenarios_page", process_draft_id=process_draft_id), 303)


def _page(process_draft_id: UUID, back: Refused | None = None) -> str:
    who = actor()
    found = scenarios_seen(who, process_draft_id)
    return render_template(
        "workshop/scenarios.html",
        head=draft_head(who, process_draft_id),
        tab="scenarios",
        process_draft_id=process_draft_id,
        found=found,
        marked=_marked(found),
        refused=back,
    )


def _marked(found: ScenariosSeen) -> dict[str, str]:
    """On the diagram: the flows that are taken, and those that are not."""
    taken = {flow for one in found.run.outcomes for _, flow in one["taken"]} if found.run else set()
    untaken = [flow for _, one in found.covered[:1] for flow, _, _ in one.untaken]
    return {"done": " ".join(sorted(taken)), "now": "", "overdue": " ".join(untaken)}


def _keeping(process_draft_id: UUID, back: Refused | None) -> str | Redirect:
    with trying.opened(actor(), process_draft_id) as walk:
        found = expectations(walk.seen, ends_of(walk.seen)) if walk else None
    if walk is None or found is None:
        return redirect(url_for("web.try_out_page", process_draft_id=process_draft_id), 303)
    return render_template(
        "workshop/try_out_keep.html",
        head=draft_head(actor(), process_draft_id),
        tab="try-out",
        process_draft_id=process_draft_id,
        walk=walk,
        expectations=found,
        chosen=back.written.getlist("expected") if back else [one.key for one in found],
        refused=back,
    )
