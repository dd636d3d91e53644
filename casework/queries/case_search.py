"""Which cases a text finds: by a part of the number or the child's name, or by a whole CPR number, never by a part of one."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from casework import cpr, crypto
from casework.errors import InvalidError
from casework.model import Case, Person, Relation
from casework.queries.columns import contains


def is_about(text: str) -> ColumnElement[bool]:
    """A condition on `Case` joined with the child's `Person`. A whole number also finds the cases of a relative."""
    number = whole_number(text)
    if number is None:
        return or_(contains(Case.number, text), contains(Person.name, text))
    index, relative = crypto.blind_index(number, "person.cpr"), aliased(Person)
    related = (
        select(Relation.case_id).join(relative, relative.id == Relation.person_id).where(relative.cpr_index == index)
    )
    return or_(Person.cpr_index == index, Case.id.in_(related))


def whole_number(text: str) -> str | None:
    """Give the ten digits when the text is a CPR number."""
    try:
        return cpr.normalise(text)
    except InvalidError:
        return None


def fit_for_record(text: str) -> str:
    """Give the text with a CPR number masked, for the access log and the page."""
    number = whole_number(text)
    return cpr.mask(number) if number else text
