"""A sibling's case is found by name and birth date together, and only by those who may see it."""

from datetime import date

import pytest

from casework import clock
from casework.database import read, transaction
from casework.model import Person, Relation
from casework.queries.persons import person_rows
from casework.queries.sibling_cases import sibling_cases
from tests.factories import a_case

BORN = date(2018, 6, 2)


def write_down(case_id, name, born, kind="sibling"):
    with transaction() as session:
        person = Person(name=name, birth_date=born, created_at=clock.now())
        session.add(person)
        session.flush()
        session.add(Relation(case_id=case_id, person_id=person.id, kind=kind))


def found(actor, case_id):
    with read() as session:
        return [one.number for one in sibling_cases(session, actor, person_rows(session, case_id)).values()]


def test_it_is_told_to_who_sees_both(cast):
    other = a_case(child="Østen Brandt", birth_date=BORN)
    write_down(cast.case_id, "østen Brandt", BORN)

    assert found(cast.mette, cast.case_id) == [other.number]
    assert found(cast.sofie, cast.case_id) == []


@pytest.mark.parametrize(
    ("name", "born", "kind"),
    [
        ("Østen Brandt", date(2018, 6, 3), "sibling"),
        ("Østen Brandt", None, "sibling"),
        ("Øjvind Brandt", BORN, "sibling"),
        ("Østen Brandt", BORN, "network"),
    ],
)
def test_somebody_else_is_nobodys_sibling(cast, name, born, kind):
    a_case(child="Østen Brandt", birth_date=BORN)
    write_down(cast.case_id, name, born, kind)

    assert found(cast.mette, cast.case_id) == []


def test_the_open_case_comes_before_a_closed_one(cast):
    a_case(child="Østen Brandt", birth_date=BORN, closed_at=clock.now())
    running = a_case(child="Østen Brandt", birth_date=BORN)
    a_case(child="Østen Brandt", birth_date=BORN, closed_at=clock.now())
    write_down(cast.case_id, "Østen Brandt", BORN)

    assert found(cast.mette, cast.case_id) == [running.number]
