"""What the reader was told: the bell in the head of each page, and the list behind it.

A notification is unread until the page that it points at was opened, or it was marked in the list. In addresses it is a notice:
`/notifications` belongs to notifications of concern.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import flash, g, redirect, render_template, request, url_for

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.frame import reader
from api.web.words import say
from casework.operations.mark_notifications_read import mark_notifications_read
from casework.queries.notifications import notifications

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from casework.queries.notifications import NotificationRow

ROWS = 25


@dataclass(frozen=True)
class Notice:
    """One row and where it leads; None when there is nothing to see (any more)."""

    row: NotificationRow
    href: str | None


@blueprint.get("/notices")
@needs_sign_in
def notices_page() -> str:
    """The newest first."""
    cursor = request.args.get("cursor")
    page = notifications(actor(), cursor=cursor, limit=ROWS)
    notices = [Notice(row, _href(row)) for row in page.rows]
    return render_template("notices.html", notices=notices, next_cursor=page.next_cursor, is_first=cursor is None)


@blueprint.post("/notices/reading")
@needs_sign_in
def read_all_notices() -> Response:
    """Nothing is unread any more."""
    mark_notifications_read(actor())
    flash(say("All notifications are marked as read."), "success")
    return redirect(url_for("web.notices_page"), 303)


@blueprint.post("/notices/<uuid:notice_id>/reading")
@needs_sign_in
def read_notice(notice_id: UUID) -> Response:
    """One is read; somebody else's, or one that is not there, changes nothing."""
    mark_notifications_read(actor(), notification_ids=[notice_id])
    return redirect(url_for("web.notices_page"), 303)


def seen(
    *,
    task_id: UUID | None = None,
    handoff_id: UUID | None = None,
    case_id: UUID | None = None,
    kind: str | None = None,
) -> None:
    """The reader has opened the page that such notifications point at. Costs nothing when none is unread."""
    if not reader().counts.unread:
        return
    if mark_notifications_read(actor(), task_id=task_id, handoff_id=handoff_id, case_id=case_id, kind=kind):
        g.pop("me")  # counted anew for the head of this page


def _href(row: NotificationRow) -> str | None:
    """The closest page that the reader may see."""
    if row.kind == "substitute":
        return url_for("web.substitutes_page")
    if row.kind == "annual_report":
        return url_for("web.report_page", key="R9")
    if row.kind in ("process_request", "process_request_decided", "process_changed"):
        return url_for("web.processes_page", _anchor="requests")
    if row.kind in ("process_draft", "process_draft_decided"):
        return url_for("web.processes_page", _anchor="drafts")
    if row.handoff_id:
        return url_for("web.handoff_page", handoff_id=row.handoff_id)
    if row.task_id and row.task:
        return url_for("web.task_page", task_id=row.task_id)
    if row.case_id and row.case_number:
        anchor = "deadlines" if row.deadline_id else "latest" if row.kind == "mention" else None
        return url_for("web.case_page", case_id=row.case_id, _anchor=anchor)
    return None
