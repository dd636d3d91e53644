"""The machines' work, by topic. A new outside system is one file here, one line in `HANDLERS`, one test.

A handler takes a claimed job and gives its result, which the diagram's outputs read. It runs outside of any transaction, may be
asked twice for the same job (its id is the idempotency key), and fails by `RetryError` or `PermanentError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workers.handlers.consents import consents
from workers.handlers.handoff import handoff
from workers.handlers.letter import letter
from workers.handlers.notify import notify
from workers.handlers.package import package
from workers.handlers.place import place
from workers.handlers.webhook import webhook

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.operations.claim_jobs import ClaimedJob

HANDLERS: dict[str, Callable[[ClaimedJob], dict[str, Any]]] = {
    "consents": consents,
    "handoff": handoff,
    "letter": letter,
    "notify": notify,
    "package": package,
    "place": place,
    "webhook": webhook,
}
