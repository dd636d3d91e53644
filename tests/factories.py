"""Rows for tests, each valid by itself: say what matters, the rest is made up. Real walks through processes need no factory."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

from casework import clock
from casework.database import read, transaction
from casework.model import (
    END_OF_TIME,
    Case,
    CaseDocument,
    Consent,
    Deadline,
    ElementKind,
    Handoff,
    Incident,
    InstanceMove,
    InstanceMoveState,
    JournalEntry,
    Package,
    PackageElement,
    PackageState,
    Person,
    PriceUnit,
    ProcessInstance,
    ProcessMessage,
    ProcessVersion,
    TeamMember,
    UserTask,
    UserTaskState,
)

if TYPE_CHECKING:
    from casework.database import Base
    from casework.model import Actor

_numbers = count(1000)


def a_case(**given: Any) -> Case:
    """An open case of a new child at Modtagelsen Nord; `child` is its name, `birth_date` its birth date."""
    person = Person(
        name=given.pop("child", "Clara Vestergaard"),
        birth_date=given.pop("birth_date", date(2021, 5, 4)),
        cpr_index=given.pop("cpr_index", None),
        created_at=clock.now(),
    )
    usual = {"number": f"S-2026-{next(_numbers)}", "district": "nord", "responsible_unit_id": "modtagelse_nord"}
    with transaction() as session:
        session.add(person)
        session.flush()
        case = Case(**{**usual, "child_id": person.id, "opened_at": clock.now(), **given})
        session.add(case)
    return case


def a_process_version(**given: Any) -> ProcessVersion:
    """A released version without files."""
    usual = {
        "process_id": f"process_{next(_numbers)}",
        "version": 1,
        "name": "Fra henvendelse til undersøgelse",
        "name_en": "From notification to assessment",
        "checksum": b"",
        "released_at": clock.now(),
        "released_by": "Birgit Sand",
    }
    return _kept(ProcessVersion(**{**usual, **given}))


def an_instance(case_id: UUID, **given: Any) -> ProcessInstance:
    """A running instance, of a version of its own unless one is given."""
    version = given.pop("version_row", None) or a_process_version()
    usual = {
        "case_id": case_id,
        "process_version_id": version.id,
        "process_id": version.process_id,
        "engine_state": b"",
        "started_at": clock.now(),
    }
    return _kept(ProcessInstance(**{**usual, **given}))


def an_instance_move(version_id: Any, **given: Any) -> InstanceMove:
    """A batch without instances, which is over."""
    of = UUID(str(version_id))
    with read() as session:
        process_id = session.get_one(ProcessVersion, of).process_id
    usual = {
        "process_id": process_id,
        "from_version_id": of,
        "to_version_id": of,
        "reason": "Ny frist",
        "state": InstanceMoveState.DONE,
        "created_at": clock.now(),
        "created_by": "Birgit Sand",
    }
    return _kept(InstanceMove(**{**usual, **given}))


def a_team_member(case_id: UUID, who: Actor, role: str = "participant") -> TeamMember:
    """Somebody who works on the case, of whichever unit."""
    return _kept(TeamMember(case_id=case_id, employee_id=who.id, role=role, since=clock.now()))


def a_package(case_id: UUID, **given: Any) -> Package:
    """A planned package of one measure for 1,000 kr."""
    first, last = date(2026, 12, 1), date(2027, 2, 28)
    element = PackageElement(
        number=1,
        kind=ElementKind.FAMILY,
        unit_id="familiegruppe_nord",
        provider="Familiegruppe Nord",
        is_external=False,
        starts_on=first,
        ends_on=last,
        price=1_000_00,
        per=PriceUnit.TOTAL,
        total=1_000_00,
    )
    usual = {
        "case_id": case_id,
        "state": PackageState.PLANNED,
        "occasion": "indsats",
        "ramp_step": "3",
        "budget_account": "forebyggende",
        "planned_at": clock.now(),
        "planned_by": "Mette Friis Andersen",
    }
    package = Package(**{**usual, **given})
    package.price([element])
    return _kept(package)


def a_task(case_id: UUID, **given: Any) -> UserTask:
    """An open task of Modtagelsen Nord; with `assignee` it is claimed, with `due_at` it has a date but no deadline row."""
    assignee: Actor | None = given.pop("assignee", None)
    due_at: datetime | None = given.get("due_at")
    if "instance_id" not in given:
        given["instance_id"] = an_instance(case_id).id
    usual = {
        "case_id": case_id,
        "engine_task_id": f"token-{next(_numbers)}",
        "process_id": "intake_to_assessment",
        "element_id": "vurder24",
        "name": "Vurdér barnets sikkerhed (24 timer)",
        "name_en": "Assess the child's safety (24 hours)",
        "lane": "modtagelse",
        "unit_id": "modtagelse_nord",
        "assignee_id": assignee.id if assignee else None,
        "state": UserTaskState.CLAIMED if assignee else UserTaskState.OPEN,
        "created_at": clock.now(),
        "inbox_at": due_at or END_OF_TIME,
    }
    return _kept(UserTask(**{**usual, **given}))


def a_deadline(case_id: UUID, **given: Any) -> Deadline:
    """A running statutory deadline of 24 hours at Modtagelsen Nord."""
    if "instance_id" not in given:
        given["instance_id"] = an_instance(case_id).id
    usual = {
        "case_id": case_id,
        "key": "vurdering24",
        "name": "24-timers vurdering",
        "name_en": "24-hour assessment",
        "process_id": "intake_to_assessment",
        "element_id": "vurder24",
        "due_class": "LOV",
        "duration": "PT24H",
        "calendar": "elapsed",
        "law": "bl136",
        "starts_at": clock.now(),
        "due_at": clock.now(),
        "unit_id": "modtagelse_nord",
    }
    return _kept(Deadline(**{**usual, **given}))


def a_handoff(case_id: UUID, **given: Any) -> Handoff:
    """An offer from Modtagelsen Nord to PPR Nord, resting on a law."""
    usual = {
        "case_id": case_id,
        "from_unit_id": "modtagelse_nord",
        "to_unit_id": "ppr_nord",
        "fallback_unit_id": "modtagelse_nord",
        "subject": "Faglig udtalelse",
        "purpose": "Vi beder PPR vurdere behovet for støtte i skolen.",
        "data_classes": ["skole"],
        "legal_basis": "fvl28",
        "due_at": datetime(2026, 11, 26, 22, 59, 59, tzinfo=UTC),
        "offered_at": clock.now(),
        "offered_by": "Mette Friis Andersen",
    }
    return _kept(Handoff(**{**usual, **given}))


def a_consent(case_id: UUID, **given: Any) -> Consent:
    """Camilla Brandt agrees that the school may know about school."""
    usual = {
        "case_id": case_id,
        "person_name": "Camilla Brandt",
        "data_classes": ["skole"],
        "shared_with": "Skole og PPR",
        "purpose": "Skoletilbud",
        "given_at": clock.now(),
        "recorded_by": "Mette Friis Andersen",
    }
    return _kept(Consent(**{**usual, **given}))


def a_document(case_id: UUID, **given: Any) -> CaseDocument:
    """A letter that has gone out."""
    usual = {
        "case_id": case_id,
        "kind": "letter",
        "title": "Kvittering",
        "media_type": "application/pdf",
        "sha256": b"",
        "content": b"%PDF-",
        "created_at": clock.now(),
        "created_by": "System",
    }
    return _kept(CaseDocument(**{**usual, **given}))


def a_journal_entry(case_id: UUID, **given: Any) -> JournalEntry:
    """An entry outside of the chain: for reading, not for verifying."""
    usual = {"case_id": case_id, "number": next(_numbers), "kind": "note_added", "at": clock.now(), "actor": "Mette"}
    return _kept(JournalEntry(**{**usual, "hash": b"", **given}))


def a_message(case_id: UUID, **given: Any) -> ProcessMessage:
    """A kept message from another system."""
    usual = {"case_id": case_id, "name": "Klage", "sender": "Skolesystemet", "received_at": clock.now()}
    return _kept(ProcessMessage(**{**usual, **given}))


def an_incident(case_id: UUID, **given: Any) -> Incident:
    """An open incident at the decision on the way."""
    if "instance_id" not in given:
        given["instance_id"] = an_instance(case_id).id
    usual = {
        "case_id": case_id,
        "process_id": "intake_to_assessment",
        "element_id": "g_spor",
        "cause": {"id": "No way out is open.", "values": {}},
        "created_at": clock.now(),
    }
    return _kept(Incident(**{**usual, **given}))


def _kept(row: Any) -> Any:
    with transaction() as session:
        session.add(row)
    return row


def save(*rows: Base) -> None:
    """Keep further rows."""
    with transaction() as session:
        session.add_all(rows)
