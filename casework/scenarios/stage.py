"""The child of a scenario, with its parents and its case; or the enquiry by which the case comes to be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.calendar import day_of
from casework.database import read, transaction
from casework.errors import NotFoundError
from casework.i18n import message
from casework.identifiers import new_id
from casework.model import SYSTEM, Case, Person, Relation, Unit
from casework.operations.receive_notification import receive_notification
from casework.scenarios.words import as_answer, meant

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.scenarios.scenario import Child, Parent, Scenario

#: What form F01 calls the relation of a parent, and what rows of relations say.
_KINDS = {"mor": "mother", "far": "father", "vaerge": "guardian", "anden": "other"}
_INTAKE = "modtagelse"
NUMBER = "S-0000-0001"


@dataclass
class Stage:
    """The case, and what the scenario may name with an @: barn, mor, far, …"""

    case_id: UUID
    names: dict[str, Any] = field(default_factory=dict)


def open_case(scenario: Scenario) -> Stage:
    """A case of its own, at the unit that the scenario names (a lane or a unit's id), else at the intake."""
    with transaction() as session:
        unit = _unit(session, scenario.unit or _INTAKE)
        child = _person(session, scenario.child.name, _born(scenario.child))
        child.has_protected_address = scenario.child.has_protected_address
        case = Case(
            id=new_id(),
            number=NUMBER,
            child_id=child.id,
            district=unit.district or _district(session),
            responsible_unit_id=unit.id,
            opened_at=clock.now(),
        )
        session.add(case)
        session.flush()
        names: dict[str, Any] = {"barn": str(child.id), "sag": str(case.id)}
        parents = [_relate(session, case, parent, names) for parent in scenario.child.parents]
        case.facts = _facts(scenario, child, parents, names)
        return Stage(case.id, names)


def open_by_enquiry(scenario: Scenario) -> Stage:
    """Somebody turns to the municipality, and the case begins as it does for everybody."""
    now, said = clock.now(), {**(scenario.start.enquiry or {})}
    known = {"barnNavn": scenario.child.name, "foedselsdato": _born(scenario.child), "bekymring": "Prøve"}
    answers = as_answer(meant({**known, **said}, now, {}))
    received = receive_notification(SYSTEM, answers=answers, received_at=now)
    with transaction() as session:
        case = session.get_one(Case, received.case_id)
        case.facts = {**case.facts, **meant(dict(scenario.facts), now, {})}
        return Stage(case.id, {"barn": str(case.child_id), "sag": str(case.id)})


def names_of(stage: Stage) -> dict[str, Any]:
    """What an @ may name now: the parents may have come with a form."""
    with read() as session:
        rows = session.execute(
            select(Relation.kind, Relation.person_id)
            .where(Relation.case_id == stage.case_id)
            .order_by(Relation.id.desc())
        )
        by_kind = {row.kind: str(row.person_id) for row in rows}
    return {**{word: by_kind[kind] for word, kind in _KINDS.items() if kind in by_kind}, **stage.names}


def _born(child: Child) -> date:
    if child.born is not None:
        return child.born
    today = day_of(clock.now())
    return date(today.year - child.age, today.month, min(today.day, 28)) if child.age else today.replace(day=1)


def _unit(session: Session, wanted: str) -> Unit:
    found = session.scalars(
        select(Unit).where((Unit.id == wanted) | (Unit.lane == wanted), Unit.is_active).order_by(Unit.id)
    ).first()
    if found is None:
        raise NotFoundError(message("There is no unit {name}.", name=wanted))
    return found


def _district(session: Session) -> str:
    districts = select(Unit.district).where(Unit.district.is_not(None), Unit.lane == _INTAKE).order_by(Unit.id)
    return session.scalars(districts).first() or ""


def _person(session: Session, name: str, born: date | None = None) -> Person:
    person = Person(id=new_id(), name=name, birth_date=born, created_at=clock.now())
    session.add(person)
    session.flush()
    return person


def _relate(session: Session, case: Case, parent: Parent, names: dict[str, Any]) -> dict[str, Any]:
    person = _person(session, parent.name)
    kind = _KINDS[parent.relation]
    session.add(Relation(case_id=case.id, person_id=person.id, kind=kind, has_custody=parent.has_custody))
    names.setdefault(parent.relation, str(person.id))
    return {"id": str(person.id), "rolle": "foraelder", "foraeldremyndighed": parent.has_custody}


def _facts(scenario: Scenario, child: Person, parents: list[dict[str, Any]], names: dict[str, Any]) -> dict[str, Any]:
    known = {
        "foedselsdato": child.birth_date,
        "beskyttetAdresse": scenario.child.has_protected_address,
        "personer": [{"id": str(child.id), "rolle": "barn", "foraeldremyndighed": False}, *parents],
    }
    given: dict[str, Any] = meant(dict(scenario.facts), clock.now(), names)
    return {**known, **given}
