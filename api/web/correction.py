"""Putting right what was answered: the form again, why, and what becomes of the process. For those who may."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, redirect, render_template, request, url_for

from api.language import reader_language
from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.refusals import Refused, refused
from api.web.words import say
from casework.errors import CaseworkError, InvalidError
from casework.forms import Context, change_rows, clean, view
from casework.i18n import message
from casework.operations.correct_answers import GoesOn, correct_answers
from casework.operations.log_access import log_access
from casework.queries.correction_page import correction_page as ask_correction_page

if TYPE_CHECKING:
    from typing import Any

    from werkzeug.wrappers import Response

    from casework.forms import FormView
    from casework.queries.correction_page import CorrectionPage

#: Names of what is asked beside the form; no field of a form is called so.
REASON, GOES_ON = "correction_reason", "correction_goes_on"
WAYS = (
    (GoesOn.STAYS, message("The process stays where it is; only what it knows is corrected.")),
    (GoesOn.AFTER, message("The process goes back, and goes on after this task with the corrected answers.")),
    (GoesOn.AGAIN, message("The process goes back, and this task is done again.")),
)


@blueprint.get("/submissions/<uuid:submission_id>/correction")
@needs_sign_in
def correction_page(submission_id: UUID) -> str:
    """The form with what was answered; the look is on record."""
    page = ask_correction_page(actor(), submission_id)
    log_access(actor(), kind="read", subject="submission", subject_id=submission_id, case_id=page.submission.case_id)
    return _shown(page, page.submission.answers)


@blueprint.post("/submissions/<uuid:submission_id>/correction")
@needs_sign_in
def correct(submission_id: UUID) -> Response | str | tuple[str, int]:
    """Put it right, or show the form with a row more or less."""
    page = ask_correction_page(actor(), submission_id)
    answers = clean(page.submission.form, request.form)
    changed = change_rows(page.submission.form, answers, request.form)
    if changed is not None:
        return _shown(page, changed)
    try:
        done = correct_answers(
            actor(),
            task_id=page.submission.task_id,
            answers=answers,
            reason=request.form.get(REASON, ""),
            goes_on=asked_way(),
            corrects=submission_id,
        )
    except CaseworkError as error:
        back = refused("correction", error, {"reason": REASON})
        return _shown(page, answers, back), back.status
    flash(say("The answers are put right. The first version is kept."), "success")
    return redirect(url_for("web.show_submission", submission_id=done.submission_id), 303)


@blueprint.post("/submissions/<uuid:submission_id>/correction/fields")
@needs_sign_in
def corrected_fields(submission_id: UUID) -> str:
    """The form after an answer that others depend on: what is asked now."""
    page = ask_correction_page(actor(), submission_id)
    shown = _view(page, clean(page.submission.form, request.form))
    return render_template("case/correction_fields.html", page=page, view=shown)


def asked_way() -> GoesOn:
    """What shall become of the process. Refuses (InvalidError) what is none of the ways."""
    try:
        return GoesOn(request.form.get(GOES_ON, GoesOn.STAYS))
    except ValueError:
        unknown = message("Choose what becomes of the process.")
        raise InvalidError(unknown, {GOES_ON: [unknown]}) from None


def _shown(page: CorrectionPage, answers: dict[str, Any], back: Refused | None = None) -> str:
    shown = _view(page, answers, back)
    ways = [(way.value, say(words), "") for way, words in WAYS if page.is_running or way is GoesOn.STAYS]
    return render_template("case/correction.html", page=page, view=shown, refused=back, ways=ways)


def _view(page: CorrectionPage, answers: dict[str, Any], back: Refused | None = None) -> FormView:
    errors = {path: said for path, said in (back.errors if back else {}).items() if path not in (REASON, GOES_ON)}
    context = Context(facts=page.context, choices=page.choices)
    return view(page.submission.form, answers, errors, reader_language(), context=context)
