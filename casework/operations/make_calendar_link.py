"""An employee gets a link for the calendar. It is shown once; the database keeps its hash only."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import ForbiddenError
from casework.i18n import message
from casework.model import CalendarLink
from casework.operations.end_calendar_link import end_links

if TYPE_CHECKING:
    from casework.model import Actor

#: 256 bits: nobody guesses it, so its plain SHA-256 tells nothing.
BYTES = 32


def make_calendar_link(actor: Actor) -> str:
    """Give the token of a new link to the actor's own deadlines; an older one shows nothing from now on.

    Refuses who is no employee (ForbiddenError).
    """
    if actor.kind != "employee" or actor.id is None:
        raise ForbiddenError(message("Only an employee has a calendar."))
    token, at = secrets.token_urlsafe(BYTES), clock.now()
    digest = hashlib.sha256(token.encode()).digest()
    with transaction() as session:
        end_links(session, actor.id, at)
        session.add(CalendarLink(employee_id=actor.id, token_hash=digest, created_at=at))
    return token
