"""What callers may be refused, and in which words.

A `CaseworkError` is the caller's to mend: nothing has changed. The map to HTTP stands once, in `api/problems.py`.
Whatever stops an instance is an incident (`casework.model.incident`); anything else is a bug.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.i18n import Message


class CaseworkError(Exception):
    """Refused, with a sentence for the reader; `code` is stable and meant for programs."""

    code = "refused"

    def __init__(self, message: Message) -> None:
        super().__init__(message.text("en"))
        self.message = message


class NotFoundError(CaseworkError):
    """It does not exist, or the caller may not see it: one answer for both, so that no one can tell which."""

    code = "not-found"


class ForbiddenError(CaseworkError):
    """The caller sees it but may not do this."""

    code = "forbidden"


class InvalidError(CaseworkError):
    """The input is wrong. `fields` maps a path like `foraeldre.0.navn` to what is wrong there."""

    code = "invalid"

    def __init__(self, message: Message, fields: Mapping[str, list[Message]] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class ConflictError(CaseworkError):
    """Somebody was here first: the caller worked on an old version, or it is already done. `changed` says what differs."""

    code = "conflict"

    def __init__(self, message: Message, changed: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.changed = dict(changed or {})


class LimitError(CaseworkError):
    """Too large, too deep, too slow or too often; the sentence names the limit."""

    code = "limit"
