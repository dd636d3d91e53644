"""The pages. Each module is one kind of page; templates hold no logic beyond `if` and `for`, and no text of their own."""

from __future__ import annotations

from flask import Blueprint
from jinja2 import StrictUndefined

blueprint = Blueprint("web", __name__, template_folder="templates")


@blueprint.record_once
def _be_strict(state: object) -> None:
    """A name that a template misspells is a bug, not an empty place on the page."""
    state.app.jinja_env.undefined = StrictUndefined  # type: ignore[attr-defined]


from api.web import (  # noqa: E402, F401  the modules add their routes to the blueprint
    access,
    answers,
    calendar,
    case,
    compare,
    consents,
    correction,
    deadlines,
    diagram,
    escalations,
    facts,
    figures,
    follow_up,
    forecast,
    frame,
    handoffs,
    heat,
    inbox,
    incidents,
    live,
    notices,
    notification,
    overview,
    overview_files,
    packages,
    processes,
    records,
    refusals,
    reports,
    saved_filters,
    settings,
    sheets,
    signin,
    substitutes,
    task,
    team,
    waiting,
    words,
    workshop,
)
