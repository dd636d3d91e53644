"""The packages of a case with their elements, and where its child has or awaits a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from casework import clock
from casework.calendar import day_of
from casework.database import read
from casework.errors import NotFoundError
from casework.forms.words import words
from casework.i18n import Message, message
from casework.model import Case, ElementKind, Package, PackageState, PlaceStay, PriceUnit, StayState, Unit
from casework.model.approval import may_approve
from casework.model.package import END_REASONS, KRONE
from casework.model.visibility import sees_whole_case
from casework.queries.money import money
from casework.queries.names import UnitName, unit_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor, EndReason, PackageElement

_STATES = {
    PackageState.PLANNED: message("Awaits approval"),
    PackageState.APPROVED: message("Approved"),
    PackageState.RUNNING: message("Runs"),
    PackageState.ENDED: message("Ended"),
    PackageState.DROPPED: message("Given up"),
}
_PAST_ITS_PLAN = message("Runs past its plan")
_KINDS = {
    ElementKind.DAY: message("Day measure"),
    ElementKind.RESIDENTIAL: message("Residential"),
    ElementKind.FAMILY: message("Family treatment"),
    ElementKind.PARENTS: message("The parents' own"),
    ElementKind.SCHOOL: message("School"),
    ElementKind.VOLUNTEERS: message("Volunteers"),
}
_PRICES = {
    PriceUnit.DAY: message("{price} a day"),
    PriceUnit.WEEK: message("{price} a week"),
    PriceUnit.MONTH: message("{price} a month"),
    PriceUnit.TOTAL: message("{price} for all of it"),
}
_STAYS = {
    StayState.WAITING: message("Awaits a place since {since:digits_year}"),
    StayState.STAYING: message("Has a place since {since:digits_year}"),
    StayState.LEFT: message("Had a place from {since:digits_year} to {until:digits_year}"),
}

_OF_PACKAGES = (
    select(Package)
    .where(Package.case_id == bindparam("of_case"))
    .options(selectinload(Package.elements))
    .order_by(Package.planned_at.desc(), Package.id.desc())
)
_OF_STAYS = (
    select(PlaceStay, Unit)
    .join(Unit, Unit.id == PlaceStay.unit_id)
    .where(PlaceStay.case_id == bindparam("of_case"), PlaceStay.state.in_(tuple(_STAYS)))
    .order_by(PlaceStay.id.desc())
)

#: Why a package may end, as a page offers it.
END_CHOICES: tuple[tuple[str, Message], ...] = tuple((reason.value, said) for reason, said in END_REASONS.items())


@dataclass(frozen=True)
class ElementRow:
    """One measure. `total` in kroner, rounded; `price_words` as `1,500 a week`."""

    kind: str
    kind_words: Message
    unit: UnitName | None
    provider: Message
    is_external: bool
    external_reason: str | None
    starts_on: date
    ends_on: date
    total: int
    price_words: Message


@dataclass(frozen=True)
class PackageRow:
    """A package. Sums are in kroner, rounded; `unapproved` is what nobody has approved of `total`."""

    id: UUID
    version: int
    state: str
    state_words: Message
    occasion: str
    ramp_step: str
    budget_account: str
    breakdown_risk: int | None
    total: int
    own: int
    external: int
    unapproved: int
    starts_on: date
    ends_on: date
    approved_by: str | None
    approved_at: datetime | None
    ended_on: date | None
    end_words: Message | None
    elements: tuple[ElementRow, ...]
    can_approve: bool
    can_end: bool


@dataclass(frozen=True)
class StayRow:
    """Where the child has, had or awaits a place."""

    id: UUID
    unit: UnitName
    state: str
    words: Message


def packages(actor: Actor, case_id: UUID) -> tuple[PackageRow, ...]:
    """Give them, the newest first, to who sees the case whole; NotFoundError otherwise."""
    with read() as session:
        unit_id = session.scalar(select(Case.responsible_unit_id).where(Case.id == case_id, sees_whole_case(actor)))
        if unit_id is None:
            raise NotFoundError(message("There is no such case."))
        return package_rows(session, actor, case_id, unit_id)


def package_rows(session: Session, actor: Actor, case_id: UUID, responsible_unit_id: str) -> tuple[PackageRow, ...]:
    """The packages of a case that the reader sees whole."""
    found = session.scalars(_OF_PACKAGES, {"of_case": case_id}).all()
    if not found:
        return ()
    units = {unit.id: unit for unit in session.scalars(select(Unit))}
    is_ours = actor.sees_all_cases or responsible_unit_id in actor.all_units
    return tuple(_package(one, units, is_ours, _can_approve(session, actor, responsible_unit_id, one)) for one in found)


def stay_rows(session: Session, case_id: UUID) -> tuple[StayRow, ...]:
    """Where the child has, had or awaits a place, the newest first; what it waits for no longer is left out."""
    rows = session.execute(_OF_STAYS, {"of_case": case_id})
    return tuple(
        StayRow(stay.id, unit_name(unit.id, unit.name, unit.name_en), stay.state.value, _stay_words(stay))
        for stay, unit in rows
    )


def _stay_words(stay: PlaceStay) -> Message:
    since = stay.starts_on or stay.waiting_since
    return Message(_STAYS[stay.state].id, {"since": since, "until": stay.ends_on})


def _state_words(package: Package) -> Message:
    """A measure that nobody has ended goes on, and costs: it is not over because the plan says so."""
    is_past = package.state is PackageState.RUNNING and package.ends_on < day_of(clock.now())
    return _PAST_ITS_PLAN if is_past else _STATES[package.state]


def _can_approve(session: Session, actor: Actor, unit_id: str, package: Package) -> bool:
    is_over = package.state in (PackageState.ENDED, PackageState.DROPPED)
    return not is_over and bool(package.unapproved) and may_approve(session, actor, unit_id, package.total)


def _package(one: Package, units: Mapping[str, Unit], is_ours: bool, can_approve: bool) -> PackageRow:  # noqa: FBT001
    external = sum(element.total for element in one.elements if element.is_external)
    return PackageRow(
        id=one.id,
        version=one.version,
        state=one.state.value,
        state_words=_state_words(one),
        occasion=one.occasion,
        ramp_step=one.ramp_step,
        budget_account=one.budget_account,
        breakdown_risk=one.breakdown_risk,
        total=_kroner(one.total),
        own=_kroner(one.total - external),
        external=_kroner(external),
        unapproved=_kroner(one.unapproved),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        approved_by=one.approved_by,
        approved_at=one.approved_at,
        ended_on=one.ended_on,
        end_words=_end_words(one.end_reason),
        elements=tuple(_element(element, units) for element in one.elements),
        can_approve=can_approve,
        can_end=is_ours and one.state not in (PackageState.ENDED, PackageState.DROPPED),
    )


def _end_words(reason: EndReason | None) -> Message | None:
    return END_REASONS[reason] if reason else None


def _element(one: PackageElement, units: Mapping[str, Unit]) -> ElementRow:
    unit = units.get(one.unit_id) if one.unit_id else None
    return ElementRow(
        kind=one.kind.value,
        kind_words=_KINDS[one.kind],
        unit=unit_name(unit.id, unit.name, unit.name_en) if unit else None,
        provider=words(unit.name, unit.name_en) if unit else words(one.provider, one.provider),
        is_external=one.is_external,
        external_reason=one.external_reason,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        total=_kroner(one.total),
        price_words=Message(_PRICES[one.per].id, {"price": money(_kroner(one.price))}),
    )


def _kroner(amount: int) -> int:
    return round(amount / KRONE)
