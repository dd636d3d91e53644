"""Persons: the child, the family, the professionals around it. A CPR number is kept encrypted, found by its blind index."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from casework.database import Base, Json, new_row_id


class Person(Base):
    """One person of any case. The name is shown; the number only to who asks, and asking is on record."""

    __tablename__ = "person"

    id: Mapped[UUID] = new_row_id()
    name: Mapped[str]
    birth_date: Mapped[date | None]
    #: `casework.crypto`, associated data `person.cpr`.
    cpr: Mapped[bytes | None]
    #: Keyed HMAC of the number; equal numbers have equal indexes.
    cpr_index: Mapped[bytes | None] = mapped_column(index=True)
    #: Telephone, e-mail or address, as somebody gave it.
    contact: Mapped[str] = mapped_column(default="")
    has_protected_address: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Relation(Base):
    """What a person is to the child of a case."""

    __tablename__ = "relation"
    __table_args__ = (Index(None, "case_id"),)

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    #: mother, father, guardian, sibling, network, notifier, foster_parent, other
    kind: Mapped[str]
    has_custody: Mapped[bool] = mapped_column(default=False)
    #: False: the child's address must not stand in a letter to this person.
    may_know_address: Mapped[bool] = mapped_column(default=True)
    #: Who notified in one instance must get no letter of another: the instance that named a notifier.
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"))
    #: What a form told of the relation beside this, as it was answered: tasks and meaning of a person in the network.
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    since: Mapped[date | None]
    until: Mapped[date | None]

    person: Mapped[Person] = relationship(lazy="raise")
