"""An employee needs a saved filter no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from casework.database import transaction
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import Employee, SavedFilter

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


def delete_filter(actor: Actor, *, filter_id: UUID) -> None:
    """Delete it; who began with it begins with all tasks again. NotFoundError for somebody else's."""
    with transaction() as session:
        kept = session.get(SavedFilter, filter_id)
        if kept is None or kept.employee_id != actor.id:
            raise NotFoundError(message("There is no such filter."))
        session.delete(kept)
        begins_with_it = Employee.id == actor.id, Employee.first_view == str(filter_id)
        session.execute(update(Employee).where(*begins_with_it).values(first_view=""))
