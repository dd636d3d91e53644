"""An employee gives a filter of the inbox a name, to open it with one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from casework import clock
from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError
from casework.i18n import message
from casework.model import Employee, SavedFilter

if TYPE_CHECKING:
    from uuid import UUID

    from casework.i18n import Message
    from casework.model import Actor

#: More would be no shortcut; each is counted whenever the inbox is opened.
MOST = 10
LONGEST_NAME, LONGEST = 40, 100


def save_filter(
    actor: Actor,
    *,
    name: str,
    view: str,
    unit: str | None = None,
    process: str | None = None,
    due_class: str | None = None,
    text: str | None = None,
) -> UUID:
    """Keep it under the name; one that has the name already becomes this one. Gives its id.

    Refuses who is no employee (ForbiddenError), and by field (InvalidError) no name, one that is too long, one too many.
    """
    if actor.kind != "employee" or actor.id is None:
        raise ForbiddenError(message("Only an employee has an inbox."))
    said = " ".join(name.split())
    if not said:
        raise _wrong(message("Write a name for it."))
    if len(said) > LONGEST_NAME:
        raise _wrong(message("Write at most {limit} characters.", limit=LONGEST_NAME))
    chosen = {"unit": unit, "process": process, "due_class": due_class, "text": text}
    if any(len(value) > LONGEST for value in (view, *chosen.values()) if value):
        raise _wrong(message("Write at most {limit} characters.", limit=LONGEST))
    own = SavedFilter.employee_id == actor.id
    with transaction() as session:
        # Two tabs that save at once: the second waits for the first.
        session.execute(select(Employee.id).where(Employee.id == actor.id).with_for_update())
        kept = session.scalars(select(SavedFilter).where(own, SavedFilter.name == said)).one_or_none()
        if kept is None:
            if (session.scalar(select(func.count()).select_from(SavedFilter).where(own)) or 0) >= MOST:
                raise _wrong(message("You have {limit} saved filters already. Delete one first.", limit=MOST))
            kept = SavedFilter(employee_id=actor.id, name=said, created_at=clock.now(), view=view)
            session.add(kept)
        kept.view, kept.unit, kept.process = view, unit, process
        kept.due_class, kept.text = due_class, text
        session.flush()
        return kept.id


def _wrong(sentence: Message) -> InvalidError:
    return InvalidError(sentence, {"name": [sentence]})
