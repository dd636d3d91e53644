"""What decides about a process draft: submit it, approve it or send it back, release it, put it aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.notices import seen
from api.web.refusals import Refused, refused
from api.web.words import say
from api.web.workshop.moments import day_asked
from casework.compare import Part
from casework.errors import CaseworkError, InvalidError
from casework.operations.process_drafts.approve_process_draft import approve_process_draft
from casework.operations.process_drafts.discard_process_draft import discard_process_draft
from casework.operations.process_drafts.rebase_process_draft import rebase_process_draft
from casework.operations.process_drafts.release_process_draft import release_process_draft
from casework.operations.process_drafts.return_process_draft import return_process_draft
from casework.operations.process_drafts.submit_process_draft import submit_process_draft
from casework.queries.process_drafts.release_page import release_page
from casework.try_out.scenario_failures import scenario_failures

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from casework.i18n import Message

    Answer = Response | tuple[str, int]

#: Changes named on the page; all of them stand under "Compare".
MOST_CHANGES = 12
_FIELDS = frozenset({"reason", "legal_basis", "effective_on", "comment", "files"})
_PLACES = {Part.DIAGRAM: "", Part.FORM: "/forms", Part.DECISION: "/decisions"}


@dataclass(frozen=True)
class Problem:
    """Why something was refused that no field of the page is to blame for."""

    place: str
    sentences: list[Message]


@blueprint.get("/process-drafts/<uuid:draft_id>/release")
@needs_sign_in
def release_draft_page(draft_id: UUID) -> str:
    """What it changes and concerns, what hinders it, who must approve it, and what has happened to it."""
    for kind in ("process_draft", "process_draft_decided"):
        seen(kind=kind)
    return _shown(draft_id)


@blueprint.post("/process-drafts/<uuid:draft_id>/submission")
@needs_sign_in
def submit_draft(draft_id: UUID) -> Answer:
    """Ask somebody else to approve it."""

    def submit() -> str:
        words = {name: request.form.get(name, "") for name in ("reason", "legal_basis")}
        submit_process_draft(actor(), process_draft_id=draft_id, effective_on=day_asked("effective_on"), **words)
        return say("It waits for approval, and those who may approve it are told.")

    return _done(draft_id, "submit", submit)


@blueprint.post("/process-drafts/<uuid:draft_id>/approval")
@needs_sign_in
def approve_draft(draft_id: UUID) -> Answer:
    """Give one's approval."""

    def approve() -> str:
        comment = request.form.get("comment", "")
        if approve_process_draft(actor(), process_draft_id=draft_id, comment=comment):
            return say("It is approved.")
        return say("Your approval is written down. Another one is needed too.")

    return _done(draft_id, "approve", approve)


@blueprint.post("/process-drafts/<uuid:draft_id>/return")
@needs_sign_in
def return_draft(draft_id: UUID) -> Answer:
    """Send it back to those who made it."""

    def send_back() -> str:
        return_process_draft(actor(), process_draft_id=draft_id, reason=request.form.get("reason", ""))
        return say("It is sent back and can be changed again.")

    return _done(draft_id, "return", send_back)


@blueprint.post("/process-drafts/<uuid:draft_id>/release")
@needs_sign_in
def release_draft(draft_id: UUID) -> Answer:
    """Release it now; its scenarios are run first."""

    def release() -> str:
        versions = release_process_draft(actor(), process_draft_id=draft_id, scenario_failures=scenario_failures)
        if len(versions) == 1:
            return say("It is released as version {version}. New cases start on it.", version=versions[0].version)
        return say(
            "It is released, with new versions of {count} processes. New cases start on them.", count=len(versions)
        )

    return _done(draft_id, "release", release)


@blueprint.post("/process-drafts/<uuid:draft_id>/discard")
@needs_sign_in
def discard_draft(draft_id: UUID) -> Answer:
    """Nobody wants it any more."""

    def discard() -> str:
        discard_process_draft(actor(), process_draft_id=draft_id, reason=request.form.get("reason", ""))
        return say("The draft is put aside. Nothing of it was released.")

    return _done(draft_id, "discard", discard)


@blueprint.post("/process-drafts/<uuid:draft_id>/rebase")
@needs_sign_in
def rebase_draft(draft_id: UUID) -> Answer:
    """Somebody has looked at what was released meanwhile."""

    def rebase() -> str:
        rebase_process_draft(actor(), process_draft_id=draft_id)
        return say("The draft lies over what is released now.")

    return _done(draft_id, "rebase", rebase)


def _done(draft_id: UUID, form: str, work: Callable[[], str]) -> Answer:
    try:
        flash(work(), "success")
    except CaseworkError as error:
        return refused_here(draft_id, form, error)
    return redirect(url_for("web.release_draft_page", draft_id=draft_id), 303)


def refused_here(draft_id: UUID, form: str, error: CaseworkError) -> tuple[str, int]:
    """The page again. What lies in the files is told above; what lies in a field, beside it."""
    wrong = error.fields if isinstance(error, InvalidError) else {}
    problems = [Problem(place, sentences) for place, sentences in wrong.items() if place not in _FIELDS]
    if isinstance(error, InvalidError):
        error.fields = {name: said for name, said in wrong.items() if name in _FIELDS}
    back = refused(form, error)
    return _shown(draft_id, back, problems), back.status


def _shown(draft_id: UUID, back: Refused | None = None, problems: list[Problem] | None = None) -> str:
    page = release_page(actor(), draft_id)
    changes = page.compared.comparison.changes
    affecting = [one for one in changes if one.affects_execution]
    return render_template(
        "workshop/release.html",
        page=page,
        head=page.head,
        refused=back,
        problems=problems or [],
        changes=(affecting or changes)[:MOST_CHANGES],
        more_changes=max(0, len(changes) - MOST_CHANGES),
        approved_at=[datetime.fromisoformat(one.at) if one.at else None for one in page.approvals],
        places=_PLACES,
    )
