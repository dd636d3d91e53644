"""Employees and their memberships; service accounts of other systems."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Json, new_row_id


class Role(StrEnum):
    """What somebody may do. Membership roles count in one unit, the others everywhere."""

    CASEWORKER = "caseworker"  #: Works on tasks and cases of the unit. Membership.
    TEAM_LEADER = (
        "team_leader"  #: Also reassigns, and sees what is overdue, for the unit and all beneath it. Membership.
    )
    PROCESS_OWNER = "process_owner"  #: Edits processes; sees no case.
    ADMINISTRATOR = "administrator"  #: Incidents, employees, service accounts; sees case numbers, no case text.
    AUDITOR = "auditor"  #: Reads journal and access log of every case; changes nothing.


class MailChoice(StrEnum):
    """When an employee gets e-mail about what waits. The notifications on the pages come whatever is chosen."""

    AT_ONCE = "at_once"  #: One for each thing.
    DAILY = "daily"  #: All in one, in the morning of working days.
    NONE = "none"  #: Never.


class Employee(Base):
    """Somebody who signs in."""

    __tablename__ = "employee"

    id: Mapped[UUID] = new_row_id()
    #: Stable short name for sign-in and tests, as `mette`.
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    email: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    #: `process_owner`, `administrator`, `auditor`; membership roles stand in `membership`.
    roles: Mapped[list[Any]] = mapped_column(Json, default=list)
    #: Subject at the municipality's identity provider (OIDC).
    subject: Mapped[str | None] = mapped_column(unique=True)
    #: da or en
    language: Mapped[str] = mapped_column(default="da")
    mail: Mapped[MailChoice] = mapped_column(default=MailChoice.AT_ONCE)
    #: What the inbox opens with: a view, or the id of a saved filter; empty: all.
    first_view: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    #: Shown on the sign-in page of a demonstration.
    is_persona: Mapped[bool] = mapped_column(default=False)


class Membership(Base):
    """An employee works in a unit, with a role there."""

    __tablename__ = "membership"
    __table_args__ = (Index(None, "unit_id"),)

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    role: Mapped[Role]


class ServiceAccount(Base):
    """Another system. It may do what its scopes say, and sees the cases of its unit (None: of all units)."""

    __tablename__ = "service_account"

    id: Mapped[UUID] = new_row_id()
    name: Mapped[str] = mapped_column(unique=True)
    #: SHA-256 of its key; the key itself (256 random bits) is shown once.
    key_hash: Mapped[bytes] = mapped_column(unique=True)
    #: As `notifications:write`, `cases:read`.
    scopes: Mapped[list[Any]] = mapped_column(Json, default=list)
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
