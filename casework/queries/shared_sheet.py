"""The sheet of a hand-off: exactly what the receiver sees. One function makes it for the sender's preview and the receiver.

It is shown for as long as its basis stands: a law, or a consent that was neither withdrawn nor has run out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.i18n import Message, message
from casework.model import Case, Consent, Employee, Person, Relation, Unit
from casework.model.coming_of_age import consent_counts, is_of_age
from casework.queries import due_words
from casework.queries.columns import CHILD
from casework.queries.names import Child, UnitName, child_of, unit_name
from casework.queries.rule_words import citation
from casework.queries.shared_parts import SharedSection, shared_sections

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

#: Relations that count as parents on the sheet.
PARENTS = ("mother", "father", "guardian")
#: `legal_basis` of a hand-off inside of one authority; no law of its own.
SAME_AUTHORITY = "samme_myndighed"


@dataclass(frozen=True)
class Offer:
    """What a hand-off asks and shares, sent or still being written. `until`: what was handed in later is not shared."""

    case_id: UUID
    from_unit_id: str
    to_unit_id: str | None
    offered_by_id: UUID | None
    offered_by: str
    subject: str
    purpose: str
    wanted_answer: str
    data_classes: tuple[str, ...]
    legal_basis: str | None
    consent_id: UUID | None
    child_informed_on: date | None
    due_at: datetime
    until: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True)
class SharedSheet:
    """The sheet. `to_unit` is None while the sender has not chosen one."""

    from_unit: UnitName
    from_employee: str
    from_phone: str
    to_unit: UnitName | None
    subject: str
    purpose: str
    wanted_answer: str
    due: due_words.Due
    child: Child
    parents: tuple[str, ...]
    address_note: Message | None
    sections: tuple[SharedSection, ...]
    basis: Message
    informed: Message | None


def shared_sheet(session: Session, offer: Offer, now: datetime) -> SharedSheet:
    """Make the sheet of an offer whose case the caller has found visible."""
    case = session.execute(
        select(Case.id, *CHILD).join(Person, Person.id == Case.child_id).where(Case.id == offer.case_id)
    ).one()
    around = session.execute(
        select(Person.name, Relation.may_know_address)
        .join(Relation, Relation.person_id == Person.id)
        .where(Relation.case_id == offer.case_id, Relation.kind.in_(PARENTS), Relation.until.is_(None))
        .order_by(Relation.id)
    ).all()
    phone = session.scalar(select(Employee.phone).where(Employee.id == offer.offered_by_id))
    is_secret = case.child_is_protected or not all(row.may_know_address for row in around)
    return SharedSheet(
        from_unit=_unit(session, offer.from_unit_id),
        from_employee=offer.offered_by,
        from_phone=phone or "",
        to_unit=_unit(session, offer.to_unit_id) if offer.to_unit_id else None,
        subject=offer.subject,
        purpose=offer.purpose,
        wanted_answer=offer.wanted_answer,
        due=due_words.due(
            offer.due_at, now, due_class="LOKAL", starts_at=min(offer.until, now), ended_at=offer.ended_at
        ),
        child=child_of(case, now),
        parents=() if is_of_age(case.child_birth_date, now) else tuple(row.name for row in around),
        address_note=_address_note(offer.offered_by) if is_secret else None,
        sections=shared_sections(session, offer.case_id, offer.data_classes, offer.until),
        basis=_basis(session, offer),
        informed=_informed(offer.child_informed_on),
    )


def basis_stands(session: Session, consent_id: UUID | None, now: datetime) -> bool:
    """Whether what a hand-off shares may still be seen: without a consent it rests on a law."""
    if consent_id is None:
        return True
    found = session.execute(with_child(select(Consent, Person)).where(Consent.id == consent_id)).one_or_none()
    return found is not None and consent_counts(found.Consent, found.Person, now)


def with_child(query: Any) -> Any:
    """From consents to the child of their case, by whose age it goes whether they count (`consent_counts`)."""
    return query.select_from(Consent).join(Case, Case.id == Consent.case_id).join(Person, Person.id == Case.child_id)


def _unit(session: Session, unit_id: str) -> UnitName:
    row = session.execute(select(Unit.id, Unit.name, Unit.name_en).where(Unit.id == unit_id)).one()
    return unit_name(row.id, row.name, row.name_en)


def _address_note(name: str) -> Message:
    return message("Addresses are protected. Reach the parents through {name}.", name=name)


def _basis(session: Session, offer: Offer) -> Message:
    if offer.consent_id:
        return consent_words(session.get_one(Consent, offer.consent_id))
    if offer.legal_basis == SAME_AUTHORITY:
        return message("Shared because the case changes hands within the same authority.")
    law = citation(offer.legal_basis)
    return message("Shared under {law}.", law=law) if law else message("It is not said yet what allows us to share.")


def consent_words(consent: Consent) -> Message:
    """Say a consent: whose, when, with whom, until when."""
    said = {"name": consent.person_name, "day": consent.given_at, "whom": consent.shared_with}
    if consent.valid_until is None:
        return message("Shared with the consent of {name}, {day:digits_year}, with {whom}.", **said)
    return message(
        "Shared with the consent of {name}, {day:digits_year}, with {whom}, valid until {end:digits_year}.",
        **said,
        end=consent.valid_until,
    )


def _informed(day: date | None) -> Message | None:
    return message("The child was told {day:digits_year}.", day=day) if day else None
