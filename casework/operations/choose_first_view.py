"""An employee says what the inbox shows when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select, update

from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError
from casework.i18n import message
from casework.model import Employee, SavedFilter

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from casework.model import Actor


def choose_first_view(actor: Actor, *, choice: str, views: Collection[str]) -> None:
    """From now on the inbox opens with `choice`: one of the `views`, or the id of a filter of the actor's own; empty: all.

    Refuses who is no employee (ForbiddenError) and anything else (InvalidError).
    """
    if actor.kind != "employee":
        raise ForbiddenError(message("Only an employee has an inbox."))
    with transaction() as session:
        if choice and choice not in views and not _is_own(session, actor, choice):
            unknown = message("Choose one of the views.")
            raise InvalidError(unknown, {"first_view": [unknown]})
        session.execute(update(Employee).where(Employee.id == actor.id).values(first_view=choice))


def _is_own(session: Session, actor: Actor, choice: str) -> bool:
    try:
        wanted = UUID(choice)
    except ValueError:
        return False
    own = SavedFilter.id == wanted, SavedFilter.employee_id == actor.id
    return session.scalar(select(SavedFilter.id).where(*own)) is not None
