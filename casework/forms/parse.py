"""The parsed form of some JSON. Parsed once per content, however many tasks show it."""

from __future__ import annotations

from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

from casework.errors import InvalidError
from casework.forms.reading import read
from casework.i18n import message

if TYPE_CHECKING:
    from casework.forms.component import Form

MAX_KEPT = 200

_kept: dict[str, Form] = {}
_lock = Lock()


def parse(data: bytes | str) -> Form:
    """Give the form of form-js JSON. Refuses what cannot be understood (InvalidError, LimitError); the rest is `lint`'s."""
    digest = sha256(data.encode(errors="surrogatepass") if isinstance(data, str) else data).hexdigest()
    form = _kept.get(digest)
    if form is None:
        form = _parsed(data)
        _keep(form)
    return form


def _parsed(data: bytes | str) -> Form:
    form, findings = read(data)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        sentences = {finding.component: [finding.message] for finding in errors}
        raise InvalidError(message("The form cannot be understood: {reason}", reason=errors[0].message), sentences)
    return form


def _keep(form: Form) -> None:
    with _lock:
        while len(_kept) >= MAX_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[form.digest] = form
