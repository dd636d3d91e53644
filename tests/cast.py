"""The standing cast, in every test that asks for `cast`: who works where, and Emil, whose case it is.

Mette takes in notifications, Lars is a caseworker, Karin leads both, Peter is a psychologist at PPR, Sofie works in another
department and must never see, Birgit owns processes, Anders runs the system, Torben audits. Names, units and ids are those of
the demonstration municipality. CPR numbers have an impossible seventh digit for their year or fail modulus 11 on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from casework import cpr, crypto
from casework.database import transaction
from casework.model import Actor, Case, Employee, Membership, Person, Relation, Role, Unit
from casework.queries.load_actor import load_actor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

#: Emil's number: 14 March 2014; the last four digits fail modulus 11, so nobody has it.
EMIL_CPR = "1403144567"
OPENED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

#: id, name, English name, parent, lane, district
UNITS = [
    ("boern_og_familie", "Børn og Familie", "Children and Families", None, None, None),
    (
        "familieafdeling_nord",
        "Familieafdeling Nord",
        "Family Department North",
        "boern_og_familie",
        "teamleder",
        "nord",
    ),
    ("modtagelse_nord", "Modtagelsen Nord", "Intake North", "familieafdeling_nord", "modtagelse", "nord"),
    ("familiegruppe_nord", "Familiegruppe Nord", "Family Team North", "familieafdeling_nord", "raadgiver", "nord"),
    ("doegnvagt", "Social døgnvagt", "Out-of-hours Duty", "boern_og_familie", "doegnvagt", None),
    ("skoleforvaltningen", "Skoleforvaltningen", "School Administration", None, None, None),
    ("ppr_nord", "PPR Nord", "Educational Psychology North", "skoleforvaltningen", "ppr", "nord"),
    ("noerrevangskolen", "Nørrevangskolen", "Nørrevang School", "skoleforvaltningen", "skole", "nord"),
    ("teknik_og_miljoe", "Teknik og Miljø", "Technical Services", None, None, None),
]
#: username, name, title, unit, membership role, roles
EMPLOYEES = [
    ("mette", "Mette Friis Andersen", "Børne- og ungerådgiver", "modtagelse_nord", Role.CASEWORKER, []),
    ("nadia", "Nadia Rahimi", "Børne- og ungerådgiver", "modtagelse_nord", Role.CASEWORKER, []),
    ("lars", "Lars Bo Kjeldsen", "Børne- og ungerådgiver", "familiegruppe_nord", Role.CASEWORKER, []),
    ("josefine", "Josefine Ahlmann", "Børne- og ungerådgiver", "familiegruppe_nord", Role.CASEWORKER, []),
    ("karin", "Karin Thygesen", "Teamleder", "familieafdeling_nord", Role.TEAM_LEADER, []),
    ("peter", "Peter Aagaard", "Psykolog", "ppr_nord", Role.CASEWORKER, []),
    ("sofie", "Sofie Lindegaard", "Sagsbehandler", "teknik_og_miljoe", Role.CASEWORKER, []),
    ("birgit", "Birgit Sand", "Procesejer", None, None, [Role.PROCESS_OWNER]),
    ("anders", "Anders Kofoed", "Drift", None, None, [Role.ADMINISTRATOR]),
    ("torben", "Torben Vang", "Databeskyttelsesrådgiver", None, None, [Role.AUDITOR]),
]


@dataclass(frozen=True)
class Cast:
    """Actors by name, and Emil's open case at Modtagelsen Nord."""

    mette: Actor
    nadia: Actor
    lars: Actor
    josefine: Actor
    karin: Actor
    peter: Actor
    sofie: Actor
    birgit: Actor
    anders: Actor
    torben: Actor
    case_id: UUID
    number: str
    emil_id: UUID
    mother_id: UUID


@pytest.fixture
def cast(database: str, clock: object) -> Iterator[Cast]:
    """Units, employees and Emil's case in a fresh database, on SQLite and on PostgreSQL."""
    return assemble()


def assemble() -> Cast:
    """Write the cast into the database that `casework.database` is connected to."""
    with transaction() as session:
        _found_units(session)
        ids = {row[0]: _employ(session, *row) for row in EMPLOYEES}
        case, mother = _open_emils_case(session)
        facts = {"case_id": case.id, "number": case.number, "emil_id": case.child_id, "mother_id": mother.id}
    return Cast(**{username: load_actor(employee_id) for username, employee_id in ids.items()}, **facts)


def _found_units(session) -> None:
    paths: dict[str | None, str] = {None: "/"}
    for key, name, name_en, parent, lane, district in UNITS:
        paths[key] = f"{paths[parent]}{key}/"
        names = {"name": name, "name_en": name_en}
        session.add(Unit(id=key, **names, parent_id=parent, lane=lane, district=district, path=paths[key]))
        session.flush()


def _employ(session, username, name, title, *work) -> UUID:
    unit, role, roles = work
    employee = Employee(
        username=username,
        name=name,
        title=title,
        email=f"{username}@kommune.example",
        phone="76 00 00 12",
        roles=[str(one) for one in roles],
    )
    session.add(employee)
    session.flush()
    if unit:
        session.add(Membership(employee_id=employee.id, unit_id=unit, role=role))
    return employee.id


def _open_emils_case(session) -> tuple[Case, Person]:
    emil = Person(
        name="Emil Brandt Lauritsen",
        birth_date=date(2014, 3, 14),
        cpr=crypto.encrypt(EMIL_CPR, "person.cpr"),
        cpr_index=crypto.blind_index(cpr.normalise(EMIL_CPR), "person.cpr"),
        has_protected_address=True,
        created_at=OPENED,
    )
    mother = Person(name="Camilla Brandt", created_at=OPENED)
    session.add_all([emil, mother])
    session.flush()
    case = Case(
        number="S-2026-0417",
        child_id=emil.id,
        district="nord",
        responsible_unit_id="modtagelse_nord",
        facts={"foedselsdato": date(2014, 3, 14)},
        opened_at=OPENED,
    )
    session.add(case)
    session.flush()
    session.add(Relation(case_id=case.id, person_id=mother.id, kind="mother", has_custody=True))
    return case, mother
