"""What a form tells of persons goes to their own rows, never among the facts of the case: names, CPR numbers, who is what to
the child; and consents, with each person's answer.

Forms name these as facts `person.child.*`, `person.notifier.*`, `persons.<group>` and `consent.*`. Nobody is removed by being
left out of a form: somebody may simply not have been asked.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, false, or_, select

from casework import cpr, crypto
from casework.calendar import end_of_day
from casework.errors import InvalidError
from casework.forms.answer import as_answer
from casework.i18n import message
from casework.identifiers import new_id
from casework.model import Consent, ConsentState, Person, Relation
from casework.model.data_class import data_classes
from casework.model.enquiry import of_same_enquiry
from casework.operations.journal import record

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from casework.model import Actor, Case

#: The fact by which processes know whom to hear and to write to (`dmn_parter`).
PERSONS = "personer"
#: Facts that begin so are persons' or consents'.
PREFIXES = ("person.", "persons.", "consent.")
#: What form F01 calls the relation of a parent.
_KIND_OF = {"mor": "mother", "far": "father", "vaerge": "guardian", "anden": "other"}
_PARENTS = frozenset({"mother", "father", "guardian"})
_GROUPS = {"persons.siblings": "sibling", "persons.network": "network"}
NOTIFIER = "notifier"
#: Answers in a row that have columns of their own.
_COLUMNS = frozenset({"navn", "relation", "foraeldremyndighed", "kontakt", "maaKendeAdresse", "foedselsdato"})


def record_persons(
    session: Session,
    case: Case,
    facts: dict[str, Any],
    actor: Actor,
    at: datetime,
    *,
    instance_id: UUID | None = None,
) -> dict[str, Any]:
    """Write what `facts` tell of persons, and give the facts that remain; the child's birth date and `personer` are
    among them.

    `instance_id`: the instance whose form it is; the notifier is that one's. A CPR number that differs from the child's known
    one is refused (InvalidError, field `barnCpr`).
    """
    rest = {name: value for name, value in facts.items() if not name.startswith(PREFIXES)}
    told = {name: value for name, value in facts.items() if name.startswith(PREFIXES) and value not in (None, "", [])}
    if not told:
        return rest
    with session.no_autoflush:
        child, around, others = _known(session, case, instance_id)
        kinds = _record_relations(session, case, told, at, instance_id, around, others)
        changed = _record_child(child, told, rest.get("beskyttetAdresse"))
    _record_consents(session, case, told, actor, at)
    if kinds or changed:
        rest[PERSONS] = _known_to_processes(case, around)
        record(session, case, "persons_recorded", actor, at, instance_id=instance_id, kinds=sorted({*kinds, *changed}))
    return rest | ({"foedselsdato": told["person.child.birth_date"]} if "person.child.birth_date" in told else {})


def _known_to_processes(case: Case, around: list[tuple[Relation, Person]]) -> list[dict[str, Any]]:
    """The child and its parents as decisions see them, without a name: `id` of the person, `rolle`, `foraeldremyndighed`."""
    parents = [
        {"id": str(person.id), "rolle": "foraelder", "foraeldremyndighed": relation.has_custody}
        for relation, person in around
        if relation.kind in _PARENTS or (relation.details or {}).get("parent")
    ]
    return [{"id": str(case.child_id), "rolle": "barn", "foraeldremyndighed": False}, *parents]


def _record_child(child: Person, told: dict[str, Any], is_protected: object) -> list[str]:
    given = {
        name: told[f"person.child.{name}"] for name in ("name", "birth_date", "cpr") if f"person.child.{name}" in told
    }
    if not given and is_protected is None:
        return []
    before = child.name, child.birth_date, child.cpr_index, child.has_protected_address
    child.name = str(given.get("name", child.name)).strip()
    child.birth_date = given.get("birth_date", child.birth_date)
    if "cpr" in given:
        _record_number(child, str(given["cpr"]))
    if isinstance(is_protected, bool):
        child.has_protected_address = is_protected
    return ["child"] if before != (child.name, child.birth_date, child.cpr_index, child.has_protected_address) else []


def _record_number(child: Person, written: str) -> None:
    number = cpr.normalise(written)
    index = crypto.blind_index(number, "person.cpr")
    if child.cpr_index == index:
        return
    if child.cpr_index is not None:
        wrong = message("The case knows the child by another CPR number. Check it, or register the child anew.")
        raise InvalidError(wrong, {"barnCpr": [wrong]})
    child.cpr, child.cpr_index = crypto.encrypt(number, "person.cpr"), index


def _record_relations(  # noqa: PLR0917  what `record_persons` is given, and those who are known
    session: Session,
    case: Case,
    told: dict[str, Any],
    at: datetime,
    instance_id: UUID | None,
    around: list[tuple[Relation, Person]],
    others: set[UUID],
) -> set[str]:
    """Find each by kind and name among those `around` the child (save the `others`), else add it to them; gives the kinds that
    were told of.
    """
    wanted = _wanted(told)
    known = {(one.kind, person.name.casefold()): (one, person) for one, person in around if one.id not in others}
    for kind, row in wanted:
        name = str(row.get("navn") or "").strip()
        found = known.get((kind, name.casefold()))
        if found is None:
            found = known[kind, name.casefold()] = _new(session, case, kind, name, at)
            found[0].instance_id = instance_id if kind == NOTIFIER else None
            around.append(found)
        _take_over(*found, row)
    return {kind for kind, _ in wanted}


def _wanted(told: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    parents = [(_KIND_OF.get(row.get("relation"), "other"), row) for row in told.get("persons.parents", [])]
    others = [(kind, row) for group, kind in _GROUPS.items() for row in told.get(group, [])]
    notifier = {"navn": told.get("person.notifier.name"), "kontakt": told.get("person.notifier.contact")}
    found = [*parents, *others, *([(NOTIFIER, notifier)] if notifier["navn"] else [])]
    return [(kind, row) for kind, row in found if str(row.get("navn") or "").strip()]


def _known(
    session: Session, case: Case, instance_id: UUID | None
) -> tuple[Person, list[tuple[Relation, Person]], set[UUID]]:
    """The child, those around it, and the relations of notifiers of other enquiries, read together.

    The same school may notify twice, and each of the two gets letters of its own.
    """
    is_of_another: ColumnElement[bool] = false()
    if instance_id is not None:
        is_of_another = Relation.instance_id.is_(None) | Relation.instance_id.not_in(of_same_enquiry(instance_id))
    present = and_(Relation.person_id == Person.id, Relation.case_id == case.id, Relation.until.is_(None))
    rows: Any = session.execute(
        select(Person, Relation, is_of_another)
        .outerjoin(Relation, present)
        .where(or_(Person.id == case.child_id, Relation.id.is_not(None)))
        .order_by(Relation.id)
    ).all()
    child = next(person for person, _, _ in rows if person.id == case.child_id)
    around = [(relation, person) for person, relation, _ in rows if relation is not None]
    return child, around, {one.id for _, one, another in rows if one is not None and one.kind == NOTIFIER and another}


def _new(session: Session, case: Case, kind: str, name: str, at: datetime) -> tuple[Relation, Person]:
    """With ids of our own and bound to each other, so that all of a form are written together."""
    person = Person(id=new_id(), name=name, created_at=at)
    relation = Relation(case_id=case.id, person_id=person.id, person=person, kind=kind, has_custody=False)
    session.add_all([person, relation])
    return relation, person


def _take_over(relation: Relation, person: Person, row: dict[str, Any]) -> None:
    """What was told; what was left empty stays as it was."""
    if row.get("kontakt"):
        person.contact = str(row["kontakt"]).strip()
    if isinstance(row.get("foedselsdato"), date):
        person.birth_date = row["foedselsdato"]
    if isinstance(row.get("foraeldremyndighed"), bool):
        relation.has_custody = row["foraeldremyndighed"]
    if isinstance(row.get("maaKendeAdresse"), bool):
        relation.may_know_address = row["maaKendeAdresse"]
    more = {
        name: as_answer(value) for name, value in row.items() if name not in _COLUMNS and value not in (None, "", [])
    }
    if relation.kind == "network" and row.get("relation"):
        more["relation"] = row["relation"]
    if relation.kind == "other" and "foraeldremyndighed" in row:
        more["parent"] = True
    if more:
        relation.details = {**(relation.details or {}), **more}


def _record_consents(session: Session, case: Case, told: dict[str, Any], actor: Actor, at: datetime) -> None:
    """One consent for each person who was asked (form F29)."""
    until = told.get("consent.valid_until")
    whom = [str(told[name]) for name in ("consent.shared_from", "consent.shared_with") if told.get(name)]
    for answer in told.get("consent.answers", []):
        is_given = answer.get("svar") == "givet"
        name = str(answer.get("navn") or "").strip()
        session.add(
            Consent(
                case_id=case.id,
                person_name=name,
                data_classes=data_classes(told.get("consent.data_classes", []), "tilHvad"),
                shared_with=" → ".join(whom),
                purpose=str(told.get("consent.purpose") or ""),
                valid_until=end_of_day(until) if isinstance(until, date) else None,
                state=ConsentState.GIVEN if is_given else ConsentState.DECLINED,
                given_at=at,
                recorded_by=actor.name,
            )
        )
        record(session, case, "consent_given" if is_given else "consent_declined", actor, at, person=name)
