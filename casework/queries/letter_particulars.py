"""What a letter of a case may say of it: whom it is to, who answers for it, what a form says. No address leaves here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from casework import clock
from casework.database import read
from casework.errors import NotFoundError
from casework.form_choices import form_choices
from casework.forms import text_view
from casework.i18n import message
from casework.model import Case, Employee, Person, Relation, Unit
from casework.model.coming_of_age import is_of_age
from casework.model.enquiry import of_same_enquiry
from casework.queries.answers import filed
from casework.queries.persons import PARENTS

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

#: Recipients beside the kinds of `Relation` and the ids of persons: the child itself, and whoever has custody.
CHILD, CUSTODY = "child", "custody"
#: Not empty where the letter goes to the child itself, who is no adult yet: templates have words of their own for it.
TO_CHILD = "tilBarnet"
#: A kind of relation that belongs to one enquiry.
NOTIFIER = "notifier"


def letter_particulars(
    case_id: UUID, recipient: str, *, instance_id: UUID | None = None, form: str = ""
) -> dict[str, str]:
    """Give what fills the holes of a letter: sagsnummer, barn, modtager, sagsbehandler, stilling, telefon, epost, enhed.

    And, by their keys, the answers of the instance's newest `form`, in Danish words; CPR numbers masked. `recipient` is `child`,
    `custody`, a kind of relation as `notifier`, or the id of a person around the child; `modtager` is the form's where the case
    knows nobody of that kind. What would go to a parent or custody holder goes to the young person from 18 on. Empty strings
    stand for what is not known.
    """
    with read() as session:
        row = session.execute(_case(case_id)).one_or_none()
        if row is None:
            raise NotFoundError(message("There is no such case."))
        addressee = CHILD if _speaks_for_an_adult(session, case_id, recipient) else recipient
        names = session.scalars(_names(case_id, addressee, instance_id)).all()
        to_child = _is_child(session, case_id, addressee)
        answers = _answers(session, case_id, instance_id, form) if form and instance_id else {}
    known = {name: value or "" for name, value in row._asdict().items()}
    addressed = " og ".join(names) or answers.get("modtager", "")
    return {**answers, **known, "modtager": addressed, TO_CHILD: "ja" if to_child else ""}


def _is_child(session: Session, case_id: UUID, addressee: str) -> bool:
    """A young person of age gets what every adult gets."""
    child = session.execute(
        select(Person.id, Person.birth_date).join(Case, Case.child_id == Person.id).where(Case.id == case_id)
    ).one()
    return addressee in (CHILD, str(child.id)) and not is_of_age(child.birth_date, clock.now())


def _speaks_for_an_adult(session: Session, case_id: UUID, recipient: str) -> bool:
    """Whether it would go to somebody who no longer decides, because the young person is of age."""
    born = session.scalar(select(Person.birth_date).join(Case, Case.child_id == Person.id).where(Case.id == case_id))
    if not is_of_age(born, clock.now()):
        return False
    person_id = _id(recipient)
    if person_id is None:
        return recipient in (CUSTODY, *PARENTS)
    relations = select(Relation).where(Relation.case_id == case_id, Relation.person_id == person_id)
    return any(one.has_custody or one.kind in PARENTS for one in session.scalars(relations))


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


def _names(case_id: UUID, recipient: str, instance_id: UUID | None) -> Select[str]:
    """Only of persons of this case, whoever is asked for; a notifier only of the enquiry that the instance is about."""
    person_id = _id(recipient)
    is_child = Case.child_id == Person.id
    if recipient == CHILD:
        return select(Person.name).join(Case, is_child).where(Case.id == case_id)
    around = select(Relation.person_id).where(Relation.case_id == case_id, _still_is(recipient, person_id))
    if recipient == NOTIFIER and instance_id is not None:
        around = around.where(Relation.instance_id.in_(of_same_enquiry(instance_id)))
    if person_id is None:
        return select(Person.name).where(Person.id.in_(around)).order_by(Person.id)
    child = select(Case.child_id).where(Case.id == case_id)
    return select(Person.name).where(Person.id == person_id, or_(Person.id.in_(child), Person.id.in_(around)))


def _still_is(recipient: str, person_id: UUID | None) -> ColumnElement[bool]:
    today: date = clock.now().date()
    still = or_(Relation.until.is_(None), Relation.until >= today)
    if person_id is not None:
        return still
    return still & (Relation.has_custody if recipient == CUSTODY else Relation.kind == recipient)


def _answers(session: Session, case_id: UUID, instance_id: UUID, form: str) -> dict[str, str]:
    newest = next((one for one in filed(session, case_id, forms=[form]) if one.instance_id == instance_id), None)
    if newest is None:
        return {}
    choices = form_choices(session, newest.form, is_past=True)
    parts = text_view(newest.form, newest.answers, choices=choices)
    said = {line.path: line.text for part in parts for line in part.lines}
    return {path: said.get(path, "") for path, _ in newest.form.fields}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
