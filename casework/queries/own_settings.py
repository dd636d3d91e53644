"""What an employee has chosen for oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.model import Employee

if TYPE_CHECKING:
    from casework.model import Actor


@dataclass(frozen=True)
class OwnSettings:
    """`mail` is one of `MailChoice`, `email` the address that it goes to."""

    mail: str
    email: str


def own_settings(actor: Actor) -> OwnSettings:
    """Give the actor's own; nobody else's can be asked for."""
    with read() as session:
        row = session.execute(select(Employee.mail, Employee.email).where(Employee.id == actor.id)).one()
    return OwnSettings(row.mail.value, row.email)
