"""One's own deadlines in the calendar that one uses anyway: a secret link, and what lies behind it (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import icalendar
from flask import Response, flash, redirect, render_template, url_for

from api.security import count_wrong_key
from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.words import say
from casework.config import settings
from casework.errors import NotFoundError
from casework.i18n import message
from casework.operations.end_calendar_link import end_calendar_link
from casework.operations.make_calendar_link import make_calendar_link
from casework.queries.calendar_feed import calendar_feed, calendar_link_made

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from casework.queries.calendar_feed import CalendarEntry, CalendarFeed

PRODUCT = "-//Sagsgang//Frister//DA"
NAME = message("Deadlines in Sagsgang")
#: How often a program is asked to look again; many take their own time.
REFRESH = timedelta(hours=1)


@blueprint.get("/calendar")
@needs_sign_in
def calendar_page() -> str:
    """Whether there is a link; the link itself cannot be shown again."""
    return render_template("calendar.html", made_at=calendar_link_made(actor()), link=None)


@blueprint.post("/calendar")
@needs_sign_in
def make_link() -> tuple[str, int]:
    """Show the new link, this once: so the answer is the page itself and no redirect, which would have to carry the secret."""
    link = settings().public_url + url_for("web.calendar_file", token=make_calendar_link(actor()))
    return render_template("calendar.html", made_at=calendar_link_made(actor()), link=link), 201


@blueprint.post("/calendar/ending")
@needs_sign_in
def end_link() -> AnyResponse:
    """Who has the link sees nothing from now on."""
    end_calendar_link(actor())
    flash(say("The link is ended. It shows nothing any more."), "success")
    return redirect(url_for("web.calendar_page"), 303)


@blueprint.get("/calendar/<token>.ics")
def calendar_file(token: str) -> Response:
    """For a program, which has no session: the token is the key. Wrong ones are counted as wrong keys are."""
    try:
        feed = calendar_feed(token)
    except NotFoundError:
        count_wrong_key()
        raise
    return Response(written(feed), content_type="text/calendar; charset=utf-8")


def written(feed: CalendarFeed) -> bytes:
    """The feed as iCalendar."""
    events = [_event(entry, feed) for entry in feed.entries]
    calendar = icalendar.Calendar.new(
        prodid=PRODUCT,
        name=NAME.text(feed.language),
        refresh_interval=REFRESH,
        uid=_uid("deadlines"),
        subcomponents=events,
    )
    return bytes(calendar.to_ical())


def _uid(name: object) -> str:
    """The same each time, so that a program knows again what it has."""
    return f"{name}@{settings().public_url.partition('://')[2]}"


def _event(entry: CalendarEntry, feed: CalendarFeed) -> icalendar.Event:
    """A whole day, or a moment of no length; it takes up no time, and other people with the calendar see no more than that."""
    summary = message("Deadline: {task} ({number})", task=entry.name, number=entry.case_number)
    return icalendar.Event.new(
        uid=_uid(entry.task_id),
        stamp=feed.now,
        start=entry.due,
        summary=summary.text(feed.language),
        url=settings().public_url + url_for("web.task_page", task_id=entry.task_id),
        classification=icalendar.CLASS.PRIVATE,
        transparency=icalendar.TRANSP.TRANSPARENT,
    )
