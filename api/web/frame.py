"""What every page shares: words in the reader's language, hashed names of assets, the menu with its counts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app, make_response, redirect, request, url_for

from api.language import COOKIE, reader_language
from api.signed_in import signed_in
from api.web import blueprint
from casework.i18n import LANGUAGES, Message, message
from casework.queries.me import me as load_me

if TYPE_CHECKING:
    from datetime import date

    from werkzeug.wrappers import Response

    from casework.queries.me import Me

YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the main menu; `count` is what waits there."""

    name: str
    href: str
    is_here: bool
    count: int | None = None


@blueprint.app_template_filter("say")
@blueprint.app_template_global("_")
def say(text: str | Message, **values: Any) -> str:
    """A sentence of a template in the reader's language; a `Message` from the core likewise; other words as they are."""
    return (text if isinstance(text, Message) else Message(text, values)).text(reader_language())


@blueprint.app_template_filter("when")
def when(moment: date, form: str = "digits") -> str:
    """A day or an instant in the reader's language; `form` as in `casework.i18n`, as `brief` or `digits_time`."""
    return Message(f"{{moment:{form}}}", {"moment": moment}).text(reader_language())


@blueprint.app_template_global()
def asset(name: str) -> str:
    """The address of a bundle made at setup, as `sagsgang.css`."""
    return url_for("static", filename=_manifest(current_app.static_folder or "").get(name, name))


@blueprint.app_context_processor
def add_frame() -> dict[str, Any]:
    """Give every template the reader, the language and the menu."""
    actor = signed_in()
    me = load_me(actor) if actor else None
    return {"me": me, "language": reader_language(), "menu": _menu(me) if me else ()}


@blueprint.post("/language")
def choose_language() -> Response:
    """Remember the language and go back to where the reader was; a form that was open has its draft on the server."""
    language = request.form.get("language", "")
    answer = make_response(redirect(own_path(request.form.get("back", "")), 303))
    if language in LANGUAGES:
        answer.set_cookie(COOKIE, language, max_age=YEAR, samesite="Lax", httponly=True)
    return answer


def own_path(path: str) -> str:
    """`path` when it lies on this server, else the inbox: nobody is led elsewhere by a crafted link."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else url_for("web.inbox_page")


def _menu(me: Me) -> tuple[MenuEntry, ...]:
    entries: list[tuple[Message, str, int | None]] = []
    if me.units:
        entries += [
            (message("Tasks"), "web.inbox_page", me.counts.tasks),
            (message("Cases"), "web.cases_page", None),
            (message("Hand-offs"), "web.handoffs_page", me.counts.handoffs),
        ]
    if "team_leader" in me.roles:
        entries.append((message("Overview"), "web.overview_page", None))
    if "process_owner" in me.roles:
        entries.append((message("Processes"), "web.processes_page", None))
    if "administrator" in me.roles:
        entries.append((message("Operations"), "web.incidents_page", me.counts.incidents))
    if "auditor" in me.roles:
        entries.append((message("Access log"), "web.access_page", None))
    return tuple(MenuEntry(say(name), url_for(view), _is_here(view), count) for name, view, count in entries)


def home_of(me: Me) -> str:
    """Where somebody begins: the inbox, or the first page that the roles give."""
    menu = _menu(me)
    return menu[0].href if menu else url_for("web.inbox_page")


def _is_here(view: str) -> bool:
    path = url_for(view)
    return request.path == path or (path != "/" and request.path.startswith(path + "/"))


@cache
def _manifest(folder: str) -> dict[str, str]:
    return dict(json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8")))
