"""The pages on which a process owner draws: diagrams, decisions and forms of one process draft, each with its list of files."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import Response, make_response, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from api.security import allow_style_attributes
from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.words import say
from casework.errors import NotFoundError
from casework.i18n import message
from casework.queries.process_drafts.editor_page import Choice, Choices, EditorPage, editor_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.queries.process_drafts.draft_files import DraftFileRow

_TABS = {"diagram": "diagram", "decision": "decisions", "form": "forms"}


@blueprint.get("/process-drafts/<uuid:process_draft_id>/")
@needs_sign_in
def diagram_editor(process_draft_id: UUID) -> Response:
    """The diagram; `?key=` one that it calls."""
    return _editor(process_draft_id, "diagram")


@blueprint.get("/process-drafts/<uuid:process_draft_id>/decisions")
@needs_sign_in
def decision_editor(process_draft_id: UUID) -> Response:
    """A file of decisions; `?key=` another than the first."""
    return _editor(process_draft_id, "decision")


@blueprint.get("/process-drafts/<uuid:process_draft_id>/forms")
@needs_sign_in
def form_editor(process_draft_id: UUID) -> Response:
    """A form; `?key=` another than the first."""
    return _editor(process_draft_id, "form")


def _editor(process_draft_id: UUID, kind: str) -> Response:
    page = editor_page(actor(), process_draft_id)
    files = [file for file in page.files if file.kind == kind]
    shown = _shown(files, kind, page.choices)
    html = render_template(
        f"workshop/{_TABS[kind]}.html",
        head=replace(page.head, held_by=None),  # the script says it, and how to take over
        tab=_TABS[kind],
        files=files,
        shown=shown,
        place=_place(page, kind, shown) if shown else None,
    )
    return allow_style_attributes(make_response(html))


def _shown(files: list[DraftFileRow], kind: str, choices: Choices) -> str | None:
    """The key that is asked for, of any file of the workspace; else the first one."""
    asked = request.args.get("key")
    if not asked:
        return files[0].key if files else None
    known = {
        "diagram": {one.value for one in choices.processes},
        "decision": {one.file for one in choices.decisions},
        "form": {one.value for one in choices.forms},
    }[kind]
    if asked not in known | {file.key for file in files}:
        raise NotFoundError(message("There is no such file."))
    return asked


def _place(page: EditorPage, kind: str, key: str) -> dict[str, Any]:
    """What the script of the page must know; see web/src/workshop/place.ts."""

    def at(view: str) -> str:
        return url_for(f"web.{view}", process_draft_id=page.head.id)

    return {
        "draft": str(page.head.id),
        "kind": kind,
        "key": key,
        "folder": _folder(page, key),
        "revision": 0,
        "reader": str(actor().id),
        "isMine": page.head.may_change,
        "csrf": generate_csrf(),
        "urls": {
            "page": at("diagram_editor"),
            "forms": at("form_editor"),
            "decisions": at("decision_editor"),
            "files": f"{at('diagram_editor')}files",
            "findings": at("process_draft_findings"),
            "example": url_for("web.example_of_deadline"),
            "called": at("add_called_process_here"),
            "hold": at("hold_draft"),
            "tidy": at("tidied_diagram"),
            "session": url_for("web.session_now"),
            "signIn": url_for("web.sign_in_page"),
        },
        "choices": _said(page.choices),
    }


def _folder(page: EditorPage, key: str) -> str:
    """Where a decision that is made on the spot lies: beside the diagram."""
    path = next((file.path for file in page.files if (file.kind, file.key) == ("diagram", key)), "")
    return path.rpartition("/")[0] or page.head.process_id


def _said(choices: Choices) -> dict[str, Any]:
    return {
        "forms": _options(choices.forms),
        "decisions": _options(choices.decisions),
        "processes": sorted(_options(choices.processes), key=itemgetter("label")),
        "units": _options(choices.units),
        "topics": _options(choices.topics),
        "laws": _options(choices.laws),
        "letters": _options(choices.letters),
        "messages": [name for name in choices.messages if name],
        "deadlines": _options(choices.deadlines),
        "facts": _options(choices.facts),
        "nextForm": choices.next_form,
    }


def _options(choices: Iterable[Choice]) -> list[dict[str, str]]:
    return [{"value": one.value, "label": say(one.label)} | ({"file": one.file} if one.file else {}) for one in choices]
