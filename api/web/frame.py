"""What every page shares: hashed names of assets, the menu with its counts, the language, and where somebody begins."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from flask import current_app, g, make_response, redirect, request, url_for
from flask_wtf.csrf import generate_csrf

from api.language import COOKIE, reader_language
from api.signed_in import actor, signed_in
from api.web import blueprint
from api.web.words import say
from casework.i18n import LANGUAGES, Message, message
from casework.queries.me import me as load_me

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from casework.queries.me import Me

YEAR = 365 * 24 * 3600
#: As `casework.queries.reports` has it; their entry comes last, for nobody's day begins there.
READ_REPORTS = frozenset({"team_leader", "process_owner", "administrator", "auditor"})
_SOME_ID = UUID(int=0)


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the main menu; `count` is what waits there."""

    name: str
    href: str
    is_here: bool
    count: int | None = None


@blueprint.app_template_global()
def asset(name: str) -> str:
    """The address of a bundle made at setup, as `sagsgang.css`."""
    return url_for("static", filename=_manifest(current_app.static_folder or "").get(name, name))


@blueprint.app_template_global()
def page_of(view: str, argument: str, id: UUID) -> str:  # noqa: A002  it is an id
    """The address of one thing, as `page_of("task_page", "task_id", task.id)`: a long list has hundreds of them."""
    places = g.setdefault("places", {})
    if view not in places:
        wanted: dict[str, Any] = {argument: _SOME_ID}
        places[view] = url_for(f"web.{view}", **wanted).split(str(_SOME_ID))
    return str(id).join(places[view])


@blueprint.app_context_processor
def add_frame() -> dict[str, Any]:
    """Give every template the reader, the language and the menu; `refused` where a view gives none."""
    me = reader() if signed_in() else None
    menu = menu_of(me) if me else ()
    return {
        "me": me,
        "language": reader_language(),
        "menu": menu,
        "home": menu[0].href if menu else url_for("web.sign_in_page"),
        "here": _here(),
        "refused": None,
    }


def reader() -> Me:
    """Who reads, with units, roles and counts; asked once a request."""
    if "me" not in g:
        g.me = load_me(actor())
    return g.me  # type: ignore[no-any-return]


@blueprint.get("/session")
def session_now() -> dict[str, str | None]:
    """Who is signed in, and the token that this session's forms need: for a page that outlived the session it began in."""
    who = signed_in()
    return {"employee": str(who.id) if who else None, "csrf_token": generate_csrf() if who else None}


@blueprint.post("/language")
def choose_language() -> Response:
    """Remember the language and go back to where the reader was; a form that was open has its draft on the server."""
    language = request.form.get("language", "")
    answer = make_response(redirect(own_path(request.form.get("back", "")), 303))
    if language in LANGUAGES:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        answer.set_cookie(COOKIE, language, max_age=YEAR, samesite="Lax", httponly=True, secure=secure)
    return answer


def _here() -> str:
    """The address of the page that is shown; after a form came back, that of the page it stands on."""
    if request.method == "GET":
        return request.full_path.removesuffix("?")
    came_from = urlsplit(request.referrer or "")
    return (
        own_path(urlunsplit(("", "", came_from.path, came_from.query, ""))) if came_from.netloc == request.host else "/"
    )


def own_path(path: str) -> str:
    """`path` when it lies on this server, else the inbox: nobody is led elsewhere by a crafted link."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_ours else url_for("web.inbox_page")


def home_of(me: Me) -> str:
    """Where somebody begins: the inbox, or the first page that the roles give."""
    menu = menu_of(me)
    return menu[0].href if menu else url_for("web.inbox_page")


def menu_of(me: Me) -> tuple[MenuEntry, ...]:
    """Tasks and cases for who works in a unit; the rest by role."""
    entries: list[tuple[Message, str, int | None]] = []
    if me.units:
        entries += [
            (message("Tasks"), "web.inbox_page", me.counts.tasks),
            (message("Cases"), "web.cases_page", None),
            (message("Hand-offs"), "web.handoffs_page", me.counts.handoffs),
        ]
    if "team_leader" in me.roles:
        entries.append((message("Overview"), "web.overview_page", None))
    if "administrator" in me.roles:
        entries.append((message("Operations"), "web.incidents_page", me.counts.incidents))
    if "process_owner" in me.roles or "administrator" in me.roles:
        entries.append((message("All processes"), "web.processes_page", None))
    if "auditor" in me.roles:
        entries.append((message("Access log"), "web.access_page", None))
    if READ_REPORTS & set(me.roles):
        entries.append((message("Reports"), "web.reports_page", None))
    return tuple(MenuEntry(say(name), url_for(view), _is_here(view), count) for name, view, count in entries)


def _is_here(view: str) -> bool:
    path = url_for(view)
    if path == "/processes" and request.path.startswith(("/process-drafts/", "/instance-moves/")):
        return True
    return request.path == path or (path != "/" and request.path.startswith(path + "/"))


@cache
def _manifest(folder: str) -> dict[str, str]:
    return dict(json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8")))
