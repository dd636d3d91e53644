"""A colleague stands in no more: the absent one is back, or somebody else takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Substitution
from casework.operations.name_substitutes import require_answers_for

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def end_substitution(actor: Actor, *, substitution_id: UUID) -> UUID:
    """End it at once; gives the absent colleague's id. Ending it again changes nothing.

    Refuses (NotFoundError) who is neither the absent colleague nor leads a unit where that one works.
    """
    with transaction() as session:
        found = session.get(Substitution, substitution_id, with_for_update=True)
        if found is None:
            raise NotFoundError(message("There is nothing here that you may see."))
        require_answers_for(session, actor, found.absent_id)
        found.end(actor.name, clock.now())
        return found.absent_id
