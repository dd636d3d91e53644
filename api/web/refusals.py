"""How a refusal comes back: on the page where the person was, beside the form that was sent, with what was written in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request
from werkzeug.exceptions import HTTPException

from api.problems import status_of
from api.web import blueprint
from casework.errors import CaseworkError, InvalidError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import MultiDict

    from casework.i18n import Message


#: Shorter texts are quickly written again; these names are not written by people at all.
SHORTEST_KEPT = 15
NOT_WRITTEN = frozenset({"csrf_token", "back", "to"})


@dataclass(frozen=True)
class Refused:
    """`form` is the name of the form on its page; `errors` by name of the field, empty when no field is to blame."""

    form: str
    status: int
    message: Message
    errors: Mapping[str, list[Message]]
    written: MultiDict[str, str]


def refused(form: str, error: CaseworkError, fields: Mapping[str, str] | None = None) -> Refused:
    """Say what was refused; `fields` translates what the operation calls a field to its name in the form.

    What is not there (NotFoundError) is raised again: then there is no page to come back to.
    """
    if isinstance(error, NotFoundError):
        raise error
    names = fields or {}
    wrong = error.fields if isinstance(error, InvalidError) else {}
    errors = {names.get(name, name): found for name, found in wrong.items()}
    return Refused(form, status_of(error), error.message, errors, request.form)


@blueprint.app_template_global()
def written_here() -> list[str]:
    """What somebody had written in a form that led to an error page: there it can still be copied."""
    try:
        form = request.form
    except HTTPException:  # too large to be read at all, or broken
        return []
    return [
        text
        for name, text in form.items(multi=True)
        if name not in NOT_WRITTEN and ":" not in name and len(text) >= SHORTEST_KEPT
    ]
