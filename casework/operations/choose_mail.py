"""An employee says when e-mail about what waits is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from casework.database import transaction
from casework.errors import ForbiddenError, InvalidError
from casework.i18n import message
from casework.model import Employee, MailChoice

if TYPE_CHECKING:
    from casework.model import Actor


def choose_mail(actor: Actor, *, choice: str) -> None:
    """From now on the actor gets e-mail at once, once a working day, or none (`MailChoice`). Again changes nothing.

    Refuses who is no employee (ForbiddenError) and what cannot be chosen (InvalidError).
    """
    if actor.kind != "employee":
        raise ForbiddenError(message("Only an employee gets e-mail."))
    if choice not in set(MailChoice):
        unknown = message("Choose when you want e-mail.")
        raise InvalidError(unknown, {"mail": [unknown]})
    with transaction() as session:
        session.execute(update(Employee).where(Employee.id == actor.id).values(mail=MailChoice(choice)))
