"""What decisions of a process may read of the case beside variables: the child's age, its parties, earlier notifications."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from casework.database import read, transaction
from casework.model import Case, ProcessInstance
from casework.operations.record_persons import record_persons
from casework.operations.start_process import start_process
from tests.diagrams import end, process, script, start
from tests.operations.processes import release


def test_a_process_knows_the_childs_age_of_that_day(cast):
    release(process(start(), script("regn", alder="=barnAlder"), end(), flows="start regn, regn end"))

    started = start_process(cast.mette, case_id=cast.case_id, process_id="p")

    with read() as session:
        variables = session.scalars(select(ProcessInstance.variables).where(ProcessInstance.id == started.instance_id))
        assert variables.one()["alder"] == 12


def test_parties_are_known_by_id_and_role_and_never_by_name(cast, clock):
    parents = [
        {"navn": "Camilla Brandt", "relation": "mor", "foraeldremyndighed": True},
        {"navn": "Jesper Lauritsen", "relation": "far", "foraeldremyndighed": False},
    ]
    told = {"persons.parents": parents, "person.child.birth_date": date(2014, 3, 14)}

    with transaction() as session:
        case = session.get_one(Case, cast.case_id)
        facts = record_persons(session, case, told, cast.mette, clock.now)

    child, mother, father = facts["personer"]
    assert child == {"id": str(cast.emil_id), "rolle": "barn", "foraeldremyndighed": False}
    assert mother == {"id": str(cast.mother_id), "rolle": "foraelder", "foraeldremyndighed": True}
    assert (father["rolle"], father["foraeldremyndighed"]) == ("foraelder", False)
    assert "Camilla" not in str(facts)
