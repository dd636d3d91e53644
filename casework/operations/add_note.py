"""A note in the journal: a talk, a visit, what was agreed. It may ask colleagues to look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework import clock
from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError
from casework.i18n import message
from casework.model.readers import readers_of
from casework.model.visibility import sees_whole_case
from casework.operations.journal import record
from casework.operations.turns import lock_case
from casework.operations.turns.mentions import mentions_in
from casework.operations.turns.substitutes import substitutes_within
from casework.operations.turns.telling import tell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.model import Actor, Case

LONGEST = 20_000


def add_note(actor: Actor, *, case_id: UUID, text: str, mentioned_ids: Sequence[UUID] = ()) -> int:
    """Write it; gives the number of the journal entry. It can never be changed, only followed by another.

    Who is mentioned (`@Lars` in the text, or by id) is told that there is something to see, without a word of it. Refuses a case
    that is not seen whole (NotFoundError), machines (ForbiddenError), and by field (InvalidError) an empty or endless text and
    whoever does not see the case whole.
    """
    if actor.kind == "service":
        raise ForbiddenError(message("Only an employee can write in the journal."))
    said = text.strip()
    if not said:
        raise _wrong("text", message("Write a few words."))
    if len(said) > LONGEST:
        raise _wrong("text", message("Write at most {limit} characters.", limit=LONGEST))
    at = clock.now()
    with transaction() as session:
        case = lock_case(session, case_id, sees_whole_case(actor))
        names = _mentioned(session, case, said, mentioned_ids)
        told: dict[str, Any] = {"mentioned": list(names.values())} if names else {}
        entry = record(session, case, "note_added", actor, at, text=said, **told)
        _tell(session, case, actor, list(names), at)
        return entry.number


def _mentioned(session: Session, case: Case, text: str, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """By id with their names; a note that mentions nobody asks the database nothing."""
    if "@" not in text and not ids:
        return {}
    rows = session.execute(readers_of(case.id, case.responsible_unit_id)).all()
    names: dict[UUID, str] = {row.id: row.name for row in rows}
    if not names.keys() >= set(ids):
        raise _wrong("mentioned_ids", message("Only colleagues who may see the case can be mentioned."))
    found = mentions_in(text, names)
    if found.unknown:
        nobody = message(
            "Nobody who may see this case is called {name}. Only colleagues who may see the case can be mentioned.",
            name=found.unknown[0],
        )
        raise _wrong("text", nobody)
    if found.ambiguous:
        several = message("Several are called {name}: write the whole name.", name=found.ambiguous[0])
        raise _wrong("text", several)
    return {one: names[one] for one in dict.fromkeys([*found.ids, *ids])}


def _tell(session: Session, case: Case, actor: Actor, ids: Sequence[UUID], at: datetime) -> None:
    substitutes = [one.id for one in substitutes_within(session, ids, case.responsible_unit_id, at)]
    told = [one for one in dict.fromkeys([*ids, *substitutes]) if one != actor.id]
    tell(session, case, told, "mention", at, key=f"{case.id}:{case.journal_length}")


def _wrong(field: str, sentence: Message) -> InvalidError:
    return InvalidError(sentence, {field: [sentence]})
