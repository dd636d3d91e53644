"""The people of a case: as rows for pages, and as the facts `person.*` and `persons.*` that forms are prefilled from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, case, select
from sqlalchemy.orm import aliased

from casework import clock
from casework.i18n import Message, message
from casework.model import Case, Person, Relation
from casework.model.coming_of_age import is_of_age
from casework.model.enquiry import of_same_enquiry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.queries.sibling_cases import SiblingCase

#: Kind of relation, in the order in which people are named, with its word.
KINDS: dict[str, Message] = {
    "mother": message("Mother"),
    "father": message("Father"),
    "guardian": message("Guardian"),
    "sibling": message("Sibling"),
    "foster_parent": message("Foster parent"),
    "network": message("Network"),
    "notifier": message("Notifier"),
    "other": message("Other"),
}
PARENTS = ("mother", "father", "guardian")
#: What form F01 calls a parent's relation.
_RELATION_OF = {"mother": "mor", "father": "far", "guardian": "vaerge", "other": "anden"}

_CHILD = aliased(Person)
_ORDER = case({kind: number for number, kind in enumerate(KINDS)}, value=Relation.kind, else_=len(KINDS))
_SELECT = (
    select(
        Relation.id.label("relation_id"),
        Relation.person_id,
        Relation.kind,
        Relation.has_custody,
        Relation.may_know_address,
        Relation.since,
        Relation.details,
        Relation.instance_id,
        Person.name,
        Person.contact,
        Person.birth_date,
        Person.cpr_index.is_not(None).label("has_cpr"),
        _CHILD.birth_date.label("child_born"),
    )
    .join(Person, Person.id == Relation.person_id)
    .join(Case, Case.id == Relation.case_id)
    .join(_CHILD, _CHILD.id == Case.child_id)
    .where(Relation.case_id == bindparam("of_case"), Relation.until.is_(None))
    .order_by(_ORDER, Relation.id)
)


@dataclass(frozen=True)
class CasePerson:
    """One person around the child. `notes` are short: custody, since when, must not know the address.

    `case`: a sibling's own, where the reader may see it.
    """

    person_id: UUID
    relation_id: UUID
    kind: str
    kind_words: Message
    name: str
    contact: str
    notes: tuple[Message, ...]
    has_cpr: bool
    case: SiblingCase | None = None


def person_rows(session: Session, case_id: UUID) -> Sequence[Any]:
    """Select the present relations of a case that the caller has found visible, parents first."""
    return session.execute(_SELECT, {"of_case": case_id}).all()


def has_custody(row: Any) -> bool:
    """Whether a person decides for the child now: custody ends at 18."""
    return bool(row.has_custody) and not is_of_age(row.child_born, clock.now())


def case_persons(rows: Sequence[Any], cases: Mapping[UUID, SiblingCase]) -> tuple[CasePerson, ...]:
    """Read rows for the case page; `cases` of siblings by relation."""
    return tuple(
        CasePerson(
            person_id=row.person_id,
            relation_id=row.relation_id,
            kind=row.kind,
            kind_words=KINDS.get(row.kind, KINDS["other"]),
            name=row.name,
            contact=row.contact,
            notes=tuple(_notes(row)),
            has_cpr=row.has_cpr,
            case=cases.get(row.relation_id),
        )
        for row in rows
    )


def person_facts(session: Session, child: Any, rows: Sequence[Any], instance_id: UUID) -> dict[str, Any]:
    """Give what forms of one instance know persons by (F01, F05b); the child's number is not among it.

    The notifier is that of the enquiry which the instance is about, and no other.
    """
    parents = [row for row in rows if row.kind in PARENTS or (row.kind == "other" and row.details.get("parent"))]
    facts: dict[str, Any] = {
        "person.child.name": child.child_name,
        "person.child.birth_date": child.child_birth_date,
        "persons.parents": [_parent(row) for row in parents],
        "persons.siblings": [_sibling(row) for row in rows if row.kind == "sibling"],
        "persons.network": [{"navn": row.name, **row.details} for row in rows if row.kind == "network"],
    }
    notifying = set(session.scalars(of_same_enquiry(instance_id)))
    notifiers = [row for row in rows if row.kind == "notifier" and row.instance_id in notifying]
    if notifiers:
        facts |= {"person.notifier.name": notifiers[-1].name, "person.notifier.contact": notifiers[-1].contact}
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def _parent(row: Any) -> dict[str, Any]:
    return {
        "navn": row.name,
        "relation": _RELATION_OF[row.kind],
        "foraeldremyndighed": has_custody(row),
        "kontakt": row.contact,
        "maaKendeAdresse": row.may_know_address,
    }


def _sibling(row: Any) -> dict[str, Any]:
    return {"navn": row.name, "foedselsdato": row.birth_date.isoformat() if row.birth_date else None}


def _notes(row: Any) -> list[Message]:
    notes = []
    if has_custody(row):
        notes.append(message("has custody"))
    if not row.may_know_address:
        notes.append(message("must not know the address"))
    if row.since:
        notes.append(message("since {day:digits_year}", day=row.since))
    return notes
