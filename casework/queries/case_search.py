"""Which cases a text finds: by a part of the number or the child's name, by a whole CPR number, or a masked one as shown.

The mask holds the birth date and no more, so it finds all children born that day; never is a part of the last four digits read.
"""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from casework import cpr, crypto
from casework.errors import InvalidError
from casework.model import Case, Person, Relation
from casework.queries.columns import contains

#: As `casework.cpr.mask` writes it, or as somebody types it: 140314-••••, 140314-xxxx, 140314****.
_MASK = re.compile(r"(\d\d)(\d\d)(\d\d)\s*[-–]?\s*[•*xX.]{4}")
_CENTURIES = (1900, 2000)


def is_about(text: str) -> ColumnElement[bool]:
    """A condition on `Case` joined with the child's `Person`. A whole number also finds the cases of a relative."""
    number, born = whole_number(text), day_of_mask(text)
    if born is not None:
        return Person.birth_date.in_(born)
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


def day_of_mask(text: str) -> tuple[date, ...] | None:
    """Give the birth dates that a mask as `140314-••••` stands for, one for each century; None when the text is none."""
    found = _MASK.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    return tuple(one for century in _CENTURIES if (one := _day(century + year, month, day)))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def fit_for_record(text: str) -> str:
    """Give the text with a CPR number masked, for the access log and the page."""
    number = whole_number(text)
    return cpr.mask(number) if number else text
