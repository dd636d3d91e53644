"""What has changed since a page was opened: counts of the head, and a stamp of what the page shows.

Pages ask every twenty seconds while somebody sees them (`web/src/live.ts`), with the tag of the last answer: 304 when nothing
has changed. We chose to be asked, knowing server-sent events: behind WSGI an open stream keeps one of granian's threads for as
long as its page is open, so sixteen pages would fill a server that now serves hundreds; a question costs five small statements,
and a stream would have to ask the database the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import jsonify, render_template, request, url_for

from api.signed_in import actor
from api.web import blueprint
from api.web.frame import menu_of, reader
from api.web.inbox import ROWS, filters_asked
from api.web.words import say
from casework.errors import NotFoundError
from casework.i18n import message
from casework.queries.stamps import case_stamp, inbox_stamp, task_stamp

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/live")
def live() -> Response:
    """`of` says what is looked at: inbox (with its filters), case or task (with `id`), or nothing but the head of the page."""
    actor()  # a script asks: 401, and no way to the sign-in page
    me = reader()
    menu = {entry.href: entry.count for entry in menu_of(me) if entry.count is not None}
    bell = render_template("bell.html")
    answer: Any = jsonify(
        {"menu": menu, "unread": me.counts.unread, "bell": bell, **_stamped(request.args.get("of", ""))}
    )
    answer.add_etag()
    return answer.make_conditional(request)  # type: ignore[no-any-return]


def _stamped(what: str) -> dict[str, Any]:
    match what:
        case "inbox":
            cursor, view = request.args.get("cursor"), request.args.get("view", "all")
            return {
                "stamp": inbox_stamp(actor(), view, filters_asked(), cursor, ROWS),
                "words": say("Your tasks have changed."),
            }
        case "case":
            words = say("Something has happened on the case since you opened this page.")
            return {"stamp": case_stamp(actor(), _id()), "words": words}
        case "task":
            found = task_stamp(actor(), _id())
            words = say("Somebody else has changed this task since you opened it. What you have written stays here.")
            return {"stamp": found.stamp, "draft": found.foreign_draft, "words": words}
    return {}


def _id() -> UUID:
    found = request.args.get("id", type=UUID)
    if found is None:
        raise NotFoundError(message("There is nothing here that you may see."))
    return found


@blueprint.app_template_global()
def live_address(of: str = "", **more: Any) -> str:
    """Where a page asks what has changed."""
    return url_for("web.live", of=of or None, **more)
