"""A hand-off before it is sent: what can be shared on which basis, and the sheet exactly as the receiver will see it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import calendar, clock
from casework.config import settings
from casework.database import read
from casework.errors import NotFoundError
from casework.forms.words import words
from casework.i18n import Message, message
from casework.model import Case, Consent, ConsentState, DataClass, Person, data_class
from casework.model.coming_of_age import consent_counts
from casework.model.visibility import sees_whole_case
from casework.queries.columns import CHILD
from casework.queries.handoff_page import units_to_ask
from casework.queries.names import Child, UnitName, child_of
from casework.queries.rule_words import citation, known_law
from casework.queries.shared_parts import hidden_words, shared_sections
from casework.queries.shared_sheet import SAME_AUTHORITY, Offer, SharedSheet, consent_words, shared_sheet, with_child

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor

#: Working days for an answer (domain reference, E.6: local).
USUAL_DAYS = "P3D"
#: Laws that allow sharing without consent, in the order offered.
LAWS = ("fvl28", "rsl11c")


@dataclass(frozen=True)
class DataClassChoice:
    """One kind of information; `hint` says what there is, or that there is nothing yet."""

    key: str
    label: Message
    hint: Message
    is_chosen: bool
    has_content: bool


@dataclass(frozen=True)
class BasisChoice:
    """What may allow the sharing: `kind` is consent (key: its id) or law (key of `law.toml`, or the same authority)."""

    kind: str
    key: str
    label: Message
    hint: Message
    is_chosen: bool


@dataclass(frozen=True)
class HandoffDraft:
    """Everything that the page for writing a hand-off shows. `due_words` explains the usual date of the answer."""

    case_id: UUID
    case_number: str
    case_version: int
    child: Child
    units: tuple[UnitName, ...]
    choices: tuple[DataClassChoice, ...]
    bases: tuple[BasisChoice, ...]
    usual_due_at: datetime
    due_words: Message
    sheet: SharedSheet
    hidden: tuple[Message, ...]


def handoff_draft(
    actor: Actor,
    case_id: UUID,
    *,
    to_unit_id: str | None = None,
    subject: str = "",
    purpose: str = "",
    wanted_answer: str = "",
    data_classes: Sequence[str] = (),
    legal_basis: str | None = None,
    consent_id: UUID | None = None,
    due_at: datetime | None = None,
    child_informed_on: date | None = None,
) -> HandoffDraft:
    """Give it to who sees the whole case; NotFoundError otherwise. Unknown data classes are refused (InvalidError)."""
    now = clock.now()
    with read() as session:
        case = _case(session, actor, case_id)
        offer = Offer(
            case_id=case_id,
            from_unit_id=case.responsible_unit_id,
            to_unit_id=to_unit_id,
            offered_by_id=actor.id,
            offered_by=actor.name,
            subject=subject,
            purpose=purpose,
            wanted_answer=wanted_answer,
            data_classes=tuple(data_class.data_classes(data_classes)),
            legal_basis=legal_basis,
            consent_id=consent_id,
            child_informed_on=child_informed_on,
            due_at=due_at or _usual_due(now),
            until=now,
        )
        return _draft(session, case, offer, now)


def _draft(session: Session, case: Any, offer: Offer, now: datetime) -> HandoffDraft:
    """What was chosen but is no longer there (a unit, a consent) counts as not chosen."""
    units = units_to_ask(session, besides=(offer.from_unit_id,))
    consents = _consents(session, case.id, now)
    offer = replace(
        offer,
        to_unit_id=offer.to_unit_id if offer.to_unit_id in {unit.id for unit in units} else None,
        consent_id=offer.consent_id if offer.consent_id in {consent.id for consent in consents} else None,
    )
    return HandoffDraft(
        case_id=case.id,
        case_number=case.number,
        case_version=case.version,
        child=child_of(case, now),
        units=units,
        choices=_choices(session, offer, now),
        bases=_bases(consents, offer),
        usual_due_at=_usual_due(now),
        due_words=_due_words(now),
        sheet=shared_sheet(session, offer, now),
        hidden=hidden_words(offer.data_classes),
    )


def _usual_due(now: datetime) -> datetime:
    closed = settings().closed_days
    return calendar.due(USUAL_DAYS, calendar.CalendarKind.WORKING_DAYS, now, closed_days=closed).instant


def _due_words(now: datetime) -> Message:
    return message(
        "Local deadline: 3 working days from today, {today}, is {day}.",
        today=calendar.day_of(now),
        day=calendar.day_of(_usual_due(now)),
    )


def _case(session: Session, actor: Actor, case_id: UUID) -> Any:
    case = session.execute(
        select(Case.id, Case.number, Case.version, Case.responsible_unit_id, *CHILD)
        .join(Person, Person.id == Case.child_id)
        .where(Case.id == case_id, sees_whole_case(actor))
    ).one_or_none()
    if case is None:
        raise NotFoundError(message("There is no such case."))
    return case


def _consents(session: Session, case_id: UUID, now: datetime) -> list[Consent]:
    given = Consent.case_id == case_id, Consent.state == ConsentState.GIVEN
    query = with_child(select(Consent, Person)).where(*given).order_by(Consent.given_at.desc())
    return [consent for consent, child in session.execute(query) if consent_counts(consent, child, now)]


def _choices(session: Session, offer: Offer, now: datetime) -> tuple[DataClassChoice, ...]:
    return tuple(
        DataClassChoice(
            key=section.data_class,
            label=data_class.data_class_words(section.data_class),
            hint=section.parts[0].source if section.parts else message("Nothing has been recorded yet."),
            is_chosen=section.data_class in offer.data_classes,
            has_content=bool(section.parts),
        )
        for section in shared_sections(session, offer.case_id, [one.value for one in DataClass], now)
    )


def _bases(consents: list[Consent], offer: Offer) -> tuple[BasisChoice, ...]:
    of_consents = [
        BasisChoice("consent", str(one.id), message("Consent"), consent_words(one), one.id == offer.consent_id)
        for one in consents
    ]
    of_laws = [
        BasisChoice("law", key, citation(key) or words(key), words(law.text_da, law.text_en), key == offer.legal_basis)
        for key in LAWS
        if (law := known_law(key))
    ]
    same = BasisChoice(
        "law",
        SAME_AUTHORITY,
        message("Within the same authority"),
        message("The case changes hands; the receiver takes the responsibility over."),
        offer.legal_basis == SAME_AUTHORITY,
    )
    return (*of_consents, *of_laws, same)
