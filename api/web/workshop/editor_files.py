"""The files of a process draft as the editors open and save them, who holds the draft, and the layout of a diagram."""

from __future__ import annotations

import re
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec
from uuid import UUID  # noqa: TC003  Flask converts by it

from flask import Response, request

from api.problems import HTTP_TEXTS, status_of
from api.signed_in import actor, signed_in
from api.web import blueprint
from api.web.words import say
from casework import clock
from casework.errors import CaseworkError, InvalidError, LimitError
from casework.i18n import message
from casework.operations.process_drafts.add_called_process import add_called_process
from casework.operations.process_drafts.hold_process_draft import hold_process_draft
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.operations.process_drafts.take_back_draft_file import take_back_draft_file
from casework.operations.process_drafts.tidy_diagram import tidy_diagram
from casework.queries.process_drafts.draft_files import draft_file
from casework.queries.process_drafts.file_kind import file_kind
from casework.queries.process_drafts.released_file import released_file
from casework.studio.limits import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
Answer = Any

_REVISION = re.compile(r'"?(\d{1,9})"?\Z')
_MEDIA = {"diagram": "application/xml", "decision": "application/xml", "form": "application/json"}
_FILE = "/process-drafts/<uuid:process_draft_id>/files/<kind>/<path:key>"


def in_words(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """Answers scripts: what is refused in words, and 401 instead of the way to the sign-in page."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> Answer:
        if signed_in() is None:
            return Response(status=401)
        try:
            return view(*args, **kwargs)
        except CaseworkError as error:
            return _refused(error)

    return answered


@blueprint.get(_FILE)
@in_words
def process_draft_file(process_draft_id: UUID, kind: str, key: str) -> Response:
    """One file as it is in the draft; with `?released=1` as it is released."""
    of_kind, media = file_kind(kind), _MEDIA.get(kind, "text/plain")
    if request.args.get("released"):
        return Response(released_file(actor(), process_draft_id, of_kind, key), content_type=media)
    found = draft_file(actor(), process_draft_id, of_kind, key)
    answer = Response(found.content, content_type=media)
    answer.headers["X-Revision"], answer.headers["X-Changed"] = str(found.revision), str(int(found.is_changed))
    return answer


@blueprint.put(_FILE)
@in_words
def save_process_draft_file(process_draft_id: UUID, kind: str, key: str) -> dict[str, Any]:
    """Keep it; `If-Match` names the revision that was changed, 0 the released file."""
    revision = _REVISION.match(request.headers.get("If-Match", ""))
    if revision is None:
        raise InvalidError(message("If-Match must name the revision that was changed."))
    saved = save_draft_file(
        actor(),
        process_draft_id=process_draft_id,
        kind=file_kind(kind),
        key=key,
        content=_body(),
        revision=int(revision[1]),
    )
    return {"revision": saved, "words": say("Saved at {now:time}", now=clock.now())}


@blueprint.delete(_FILE)
@in_words
def take_back_process_draft_file(process_draft_id: UUID, kind: str, key: str) -> tuple[str, int]:
    """It is as released again."""
    take_back_draft_file(actor(), process_draft_id=process_draft_id, kind=file_kind(kind), key=key)
    return "", 204


@blueprint.post("/process-drafts/<uuid:process_draft_id>/called-processes")
@in_words
def add_called_process_here(process_draft_id: UUID) -> tuple[dict[str, str], int]:
    """A skeleton that a step of the draft can call at once: `name`, and the `lane` of its first task."""
    asked = {name: request.form.get(name, "") for name in ("name", "lane")}
    return add_called_process(actor(), process_draft_id=process_draft_id, **asked)._asdict(), 201


@blueprint.post("/process-drafts/<uuid:process_draft_id>/hold")
@in_words
def hold_draft(process_draft_id: UUID) -> dict[str, Any]:
    """Somebody has the draft open; `take_over` takes it from whoever had."""
    held = hold_process_draft(actor(), process_draft_id=process_draft_id, take_over=bool(request.form.get("take_over")))
    return {"isMine": held.is_mine, "byName": held.by_name}


@blueprint.post("/process-drafts/<uuid:process_draft_id>/tidy")
@in_words
def tidied_diagram(process_draft_id: UUID) -> Response:  # noqa: ARG001  the diagram is sent along, drawn or not yet saved
    """The diagram that is sent, laid out anew. Nothing is kept."""
    return Response(tidy_diagram(actor(), content=_body()), content_type="application/xml")


def _body() -> bytes:
    length = request.content_length
    if length is None or length > MOST_BYTES:
        raise LimitError(message("The file is larger than {most} MB.", most=MOST_BYTES // 1_000_000))
    return request.get_data(cache=False)


def _refused(error: CaseworkError) -> Response | tuple[dict[str, str], int]:
    return {"words": say(error.message) or say(HTTP_TEXTS[status_of(error)])}, status_of(error)
