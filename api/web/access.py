"""The access log, for auditors: who looked at which case when, and what was searched for."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from casework.i18n import Message, message
from casework.queries.access_log import access_log

#: What was looked at, by the subject that the doors write.
SUBJECTS = {
    "case": message("opened the case"),
    "cases": message("searched for cases"),
    "task": message("opened a task"),
    "journal": message("read the journal"),
    "instance": message("looked at a diagram"),
    "handoff": message("opened a hand-off"),
    "submission": message("read a filled form"),
    "document": message("took out a document"),
    "incident": message("looked at an incident"),
    "case_file": message("took out the whole case file"),
    "cpr": message("had a CPR number shown"),
    "messages": message("looked at messages"),
    "figure": message("opened a figure of a report"),
    "deadlines": message("took out a list of deadlines"),
}
REFUSED = message("was refused access")


@blueprint.get("/access")
@needs_sign_in
def access_page() -> str:
    """Newest first; `?case=` shows one case, `?employee=` one person."""
    case, employee = request.args.get("case", type=UUID), request.args.get("employee", type=UUID)
    log = access_log(actor(), case_id=case, employee_id=employee, cursor=request.args.get("cursor"))
    rows = [(row, _words(row.kind, row.subject)) for row in log.rows]
    return render_template("access.html", rows=rows, next_cursor=log.next_cursor, case=case, employee=employee)


def _words(kind: str, subject: str) -> Message:
    return REFUSED if kind == "refused" else SUBJECTS.get(subject) or message("looked at {subject}", subject=subject)
