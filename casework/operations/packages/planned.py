"""What a package is to consist of, before it is a row; and whether that can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.errors import InvalidError
from casework.i18n import message
from casework.model import ElementKind, PackageElement, PriceUnit, Unit
from casework.model.package import KRONE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from casework.i18n import Message

#: In øre; a slip of the finger costs less than this.
HIGHEST = 100_000_000 * KRONE
MOST_ELEMENTS = 50


@dataclass(frozen=True)
class PlannedElement:
    """`price` in øre for each `per`. A provider that is no unit here is named; an external one needs a reason."""

    kind: ElementKind
    starts_on: date
    ends_on: date
    price: int
    per: PriceUnit
    unit_id: str | None = None
    provider: str = ""
    is_external: bool = False
    external_reason: str | None = None

    @property
    def total(self) -> int:
        """The whole price in øre."""
        return self.price * self.per.number_of(self.starts_on, self.ends_on)


def told_element(*, kind: str, per: str, price: Decimal, **rest: Any) -> PlannedElement:
    """What another system says: kind and unit of price by their values, the price in kroner; the rest as it is."""
    return PlannedElement(kind=ElementKind(kind), per=PriceUnit(per), price=in_oere(price), **rest)


def in_oere(kroner: Decimal) -> int:
    """An amount as it is kept."""
    return int((kroner * KRONE).to_integral_value())


def elements_of(session: Session, planned: Sequence[PlannedElement]) -> list[PackageElement]:
    """The rows; refused by field (InvalidError, `elements.0.ends_on`) when something in them cannot be."""
    names = {row.id: row.name for row in session.execute(select(Unit.id, Unit.name).where(Unit.is_active))}
    wrong = {f"elements.{i}.{field}": [said] for i, one in enumerate(planned) for field, said in _wrong(one, names)}
    if not planned:
        wrong["elements"] = [message("A package has at least one element.")]
    if len(planned) > MOST_ELEMENTS:
        wrong["elements"] = [message("There may be at most {limit}.", limit=MOST_ELEMENTS)]
    if wrong:
        raise InvalidError(message("Something is missing or wrong. Nothing was saved."), wrong)
    return [_row(number, one, names) for number, one in enumerate(planned, 1)]


def _wrong(one: PlannedElement, names: dict[str, str]) -> list[tuple[str, Message]]:
    checks = (
        ("ends_on", one.ends_on < one.starts_on, message("The last day lies before the first.")),
        ("price", not 0 <= one.price <= HIGHEST, message("The price must be from 0 to {most}.", most=HIGHEST // KRONE)),
        ("unit_id", one.unit_id is not None and one.unit_id not in names, message("There is no such unit.")),
        ("provider", one.unit_id is None and not one.provider.strip(), message("Say who the provider is.")),
        ("external_reason", one.is_external and not one.external_reason, message("Say why it is not one of our own.")),
    )
    return [(field, said) for field, is_wrong, said in checks if is_wrong]


def _row(number: int, one: PlannedElement, names: dict[str, str]) -> PackageElement:
    return PackageElement(
        number=number,
        kind=one.kind,
        unit_id=one.unit_id,
        provider=names[one.unit_id] if one.unit_id else one.provider.strip(),
        is_external=one.is_external,
        external_reason=one.external_reason if one.is_external else None,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        price=one.price,
        per=one.per,
        total=one.total,
    )
