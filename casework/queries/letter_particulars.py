"""What a letter of a case may say of it: whom it is to, who answers for it. The letter handler asks; no address leaves here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Select, or_, select

from casework import clock
from casework.database import read
from casework.errors import InvalidError, NotFoundError
from casework.i18n import message
from casework.model import Case, Employee, Person, Relation, Unit

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

#: Recipients beside the kinds of `Relation`: the child itself, and whoever has custody.
CHILD, CUSTODY = "child", "custody"


def letter_particulars(case_id: UUID, recipient: str) -> dict[str, str]:
    """Give what fills the holes of a letter: sagsnummer, barn, modtager, sagsbehandler, stilling, telefon, epost, enhed.

    `recipient` is `child`, `custody`, or a kind of relation, as `notifier`. Where the case knows nobody of that kind it is
    refused (InvalidError): a letter without recipient is nobody's letter. Empty strings stand for what is not known.
    """
    with read() as session:
        row = session.execute(_case(case_id)).one_or_none()
        if row is None:
            raise NotFoundError(message("There is no such case."))
        names = [row.barn] if recipient == CHILD else session.scalars(_names(case_id, recipient)).all()
    if not names:
        raise InvalidError(message("The case knows nobody who is {recipient} to the child.", recipient=recipient))
    return {name: value or "" for name, value in row._asdict().items()} | {"modtager": " og ".join(names)}


def _case(case_id: UUID) -> Select[str, str, str, str, str, str, str]:
    return (
        select(
            Case.number.label("sagsnummer"),
            Person.name.label("barn"),
            Employee.name.label("sagsbehandler"),
            Employee.title.label("stilling"),
            Employee.phone.label("telefon"),
            Employee.email.label("epost"),
            Unit.name.label("enhed"),
        )
        .join(Person, Person.id == Case.child_id)
        .join(Unit, Unit.id == Case.responsible_unit_id)
        .outerjoin(Employee, Employee.id == Case.responsible_employee_id)
        .where(Case.id == case_id)
    )


def _names(case_id: UUID, recipient: str) -> Select[str]:
    today: date = clock.now().date()
    kind = Relation.has_custody if recipient == CUSTODY else Relation.kind == recipient
    still = or_(Relation.until.is_(None), Relation.until >= today)
    of_case = select(Person.name).join(Relation, Relation.person_id == Person.id).where(Relation.case_id == case_id)
    return of_case.where(kind, still).order_by(Relation.id)
