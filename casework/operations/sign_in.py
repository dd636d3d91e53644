"""Who signs in: a persona of the demonstration on this machine, or an employee whom the identity provider vouches for.

The seam for OIDC is `subject`: whoever has checked the provider's token hands its subject in, and nothing else changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, select

from casework.config import settings
from casework.database import read
from casework.errors import ForbiddenError
from casework.i18n import message
from casework.model import Employee

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True)
class SignedIn:
    """The employee, and the language chosen there."""

    employee_id: UUID
    name: str
    language: str


def sign_in(*, username: str | None = None, subject: str | None = None, from_loopback: bool = False) -> SignedIn:
    """Find the employee. ForbiddenError for anybody else, in the same words whatever the reason."""
    with read() as session:
        found = session.execute(
            select(Employee.id, Employee.name, Employee.language).where(
                Employee.is_active, _matches(username, subject, from_loopback=from_loopback)
            )
        ).first()
    if found is None:
        raise ForbiddenError(message("You cannot sign in like this."))
    return SignedIn(found.id, found.name, found.language)


def _matches(username: str | None, subject: str | None, *, from_loopback: bool) -> ColumnElement[bool]:
    if subject:
        return Employee.subject == subject
    if username and from_loopback and settings().demonstration:
        return and_(Employee.username == username, Employee.is_persona)
    raise ForbiddenError(message("You cannot sign in like this."))
