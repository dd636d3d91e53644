"""A note in the journal: a talk, a visit, what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError
from casework.i18n import message
from casework.model.visibility import sees_whole_case
from casework.operations.journal import record
from casework.operations.turns import lock_case

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor

LONGEST = 20_000


def add_note(actor: Actor, *, case_id: UUID, text: str) -> int:
    """Write it; gives the number of the journal entry. It can never be changed, only followed by another.

    Refuses a case that is not seen whole (NotFoundError), machines (ForbiddenError), an empty or endless text (InvalidError).
    """
    if actor.kind == "service":
        raise ForbiddenError(message("Only an employee can write in the journal."))
    said = text.strip()
    if not said:
        raise InvalidError(message("Write a few words."), {"text": [message("Write a few words.")]})
    if len(said) > LONGEST:
        long = message("Write at most {limit} characters.", limit=LONGEST)
        raise InvalidError(long, {"text": [long]})
    at = clock.now()
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        return record(session, case, "note_added", actor, at, text=said).number
