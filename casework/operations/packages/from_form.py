"""What form F13 says a package consists of. The form has been accepted, so each answer is there and of its kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from casework.model import ElementKind, PriceUnit
from casework.operations.packages.planned import PlannedElement, in_oere

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM = "F13"
#: The form in which a leader says yes or no to the price.
APPROVAL_FORM = "F13g"
_EXTERNAL = "ekstern"


def planned_elements(answers: Mapping[str, Any]) -> list[PlannedElement]:
    """The rows of `elementer`."""
    return [_element(row) for row in answers["elementer"]]


def traits(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says of the package as a whole, as columns."""
    return {
        "ramp_step": str(answers["indsatsrampeTrin"]),
        "budget_account": str(answers["budgetkonto"]),
        "breakdown_risk": int(answers["risikoSammenbrud"]),
    }


def _element(row: Mapping[str, Any]) -> PlannedElement:
    return PlannedElement(
        kind=ElementKind(row["type"]),
        starts_on=date.fromisoformat(row["start"]),
        ends_on=date.fromisoformat(row["slut"]),
        price=in_oere(Decimal(str(row["enhedspris"]))),
        per=PriceUnit(row["prisPer"]),
        unit_id=row.get("enhed"),
        provider=row.get("leverandoer") or "",
        is_external=row["egenEkstern"] == _EXTERNAL,
        external_reason=row.get("eksternGrund"),
    )
