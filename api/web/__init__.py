"""The pages. Each module is one kind of page; templates hold no logic beyond `if` and `for`, and no text of their own."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("web", __name__, template_folder="templates")

from api.web import (  # noqa: E402, F401  the modules add their routes to the blueprint
    access,
    case,
    diagram,
    frame,
    handoffs,
    inbox,
    incidents,
    overview,
    processes,
    signin,
    task,
)
