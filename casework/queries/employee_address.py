"""Where an employee can be told that something waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.model import Employee

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True)
class EmployeeAddress:
    """`email` and the language (`da` or `en`) in which the employee reads; `mail` is one of `MailChoice`."""

    email: str
    language: str
    mail: str


def employee_address(employee_id: UUID) -> EmployeeAddress | None:
    """Give the address of an active employee; None for somebody unknown or gone, who is told nothing."""
    wanted = select(Employee.email, Employee.language, Employee.mail).where(
        Employee.id == employee_id, Employee.is_active
    )
    with read() as session:
        row = session.execute(wanted).one_or_none()
    return EmployeeAddress(row.email, row.language, row.mail.value) if row else None
