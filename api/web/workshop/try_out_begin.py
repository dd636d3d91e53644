"""How a try-out begins: with which invented child, on which day, and by what; or as one of the scenarios does."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.refusals import Refused, refused
from api.web.workshop.moments import day_written, moment_written
from casework.errors import CaseworkError, InvalidError, NotFoundError
from casework.i18n import Message, message
from casework.queries.process_drafts.draft_head import draft_head
from casework.try_out import trying
from casework.try_out.beginnings import Start, beginning, usual_birth_date, usual_moment
from casework.try_out.draft_scenarios import draft_scenarios, draft_starts

if TYPE_CHECKING:
    from datetime import date, datetime

    from werkzeug.wrappers import Response

LONGEST = 2000


@dataclass(frozen=True)
class Persona:
    """An invented child to begin with; `about` says what for."""

    name: str
    born: date
    about: Message


def personas() -> list[Persona]:
    """Ages at which rights and duties differ, each with a birthday ahead."""
    return [
        Persona("Alma Prøve", usual_birth_date(11), message("soon 12")),
        Persona("Noah Prøve", usual_birth_date(3), message("soon 4")),
        Persona("Sofus Prøve", usual_birth_date(14), message("soon 15")),
        Persona("Liva Prøve", usual_birth_date(17), message("soon 18")),
    ]


def begin_page(process_draft_id: UUID, back: Refused | None = None) -> str:
    """Ask how it begins."""
    who = actor()
    try:
        told = draft_scenarios(who, process_draft_id)
    except CaseworkError:
        told = []  # the page of the scenarios says what is wrong with their file
    try:
        ways = draft_starts(who, process_draft_id)
    except CaseworkError as error:
        ways, back = [], back or refused("begin", error)
    return render_template(
        "workshop/try_out_begin.html",
        head=draft_head(who, process_draft_id),
        tab="try-out",
        process_draft_id=process_draft_id,
        starts=ways,
        personas=personas(),
        now=f"{usual_moment():%d.%m.%Y %H.%M}",
        told=told,
        refused=back,
    )


@blueprint.get("/process-drafts/<uuid:process_draft_id>/try-out/ground")
@needs_sign_in
def prepare_try_out(process_draft_id: UUID) -> tuple[str, int]:
    """The page asks for it while it is filled in, so that nobody waits afterwards; what is wrong is said then."""
    with suppress(CaseworkError):
        trying.prepare(actor(), process_draft_id)
    return "", 204


@blueprint.get("/process-drafts/<uuid:process_draft_id>/try-out/new")
@needs_sign_in
def new_try_out(process_draft_id: UUID) -> str:
    """Begin another; the walk that stands is kept until then."""
    return begin_page(process_draft_id)


@blueprint.post("/process-drafts/<uuid:process_draft_id>/try-out")
@needs_sign_in
def begin_try_out_page(process_draft_id: UUID) -> Response | tuple[str, int]:
    """Begin, with what was written or as a scenario does."""
    try:
        if "scenario" in request.form:
            _as_scenario(process_draft_id, request.form["scenario"], walks="walk" in request.form)
        else:
            trying.begin(actor(), process_draft_id, _written(process_draft_id))
    except CaseworkError as error:
        back = refused("begin", error)
        return begin_page(process_draft_id, back), back.status
    return redirect(url_for("web.try_out_page", process_draft_id=process_draft_id), 303)


def _as_scenario(process_draft_id: UUID, name: str, *, walks: bool) -> None:
    told = next((one for one in draft_scenarios(actor(), process_draft_id) if one.scenario.name == name), None)
    if told is None:
        raise NotFoundError(message("There is no such scenario."))
    trying.begin(actor(), process_draft_id, told.beginning, told.steps if walks else ())


def _written(process_draft_id: UUID) -> dict[str, object]:
    """Name and birth date over those of the chosen child; what usually comes along, where nothing is written."""
    posted = request.form
    start = _start(process_draft_id, posted.get("start", ""))
    chosen = _persona(posted.get("persona", ""))
    name = posted.get("child", "").strip()[:80] or chosen.name
    return beginning(
        name,
        start,
        posted.get("brings", "")[:LONGEST].strip() or start.brings,
        child=name,
        born=_day(posted["born"]) if posted.get("born", "").strip() else chosen.born,
        now=_moment(posted.get("now", "")),
        is_protected="protected" in posted,
    )


def _persona(name: str) -> Persona:
    return next((one for one in personas() if one.name == name), personas()[0])


def _start(process_draft_id: UUID, key: str) -> Start:
    found = next((one for one in draft_starts(actor(), process_draft_id) if one.key == key), None)
    if found is None:
        wrong = message("Choose how it begins.")
        raise InvalidError(wrong, {"start": [wrong]})
    return found


def _day(text: str) -> date:
    found = day_written(text)
    if found is None:
        wrong = message("Write it as 14.3.2014.")
        raise InvalidError(wrong, {"born": [wrong]})
    return found


def _moment(text: str) -> datetime:
    found = moment_written(text)
    if found is None:
        wrong = message("Write it as 24.11.2026 9.00.")
        raise InvalidError(wrong, {"now": [wrong]})
    return found
