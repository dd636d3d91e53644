"""Packages of measures: what a case has, changing what one consists of, approving its price, ending it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.v1.endpoint import endpoint
from api.v1.guard import expected_version
from api.v1.shapes import NO_NUL, Day, Id, In, Out, Reason, Text, UnitOut
from casework.operations.approve_package import approve_package
from casework.operations.change_package import change_package
from casework.operations.end_package import end_package
from casework.operations.packages.planned import told_element
from casework.queries.packages import packages

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor

PACKAGE = "/packages/<uuid:package_id>"
Kroner = Annotated[Decimal, Field(ge=0, le=100_000_000, decimal_places=2)]
Short = Annotated[str, Field(max_length=200, pattern=NO_NUL)]


class ElementOut(Out):
    """One measure in a package."""

    kind: str
    """dag, doegn, familie, foraeldre, skole or frivillig."""
    unit: UnitOut | None
    provider: Text
    is_external: bool
    external_reason: str | None
    starts_on: date
    ends_on: date
    total: int
    """In kroner, rounded."""


class PackageOut(Out):
    """A package of measures. Sums are in kroner, rounded."""

    id: UUID
    version: int
    """For `If-Match`, in quotation marks."""
    state: str
    """planned, approved, running, ended or dropped."""
    occasion: str
    ramp_step: str
    budget_account: str
    breakdown_risk: int | None
    total: int
    own: int
    external: int
    unapproved: int
    """What nobody has approved of `total`."""
    starts_on: date
    ends_on: date
    approved_by: str | None
    approved_at: datetime | None
    ended_on: date | None
    elements: list[ElementOut]


class PackagesOut(Out):
    """The packages of a case, the newest first."""

    items: list[PackageOut]


class ElementIn(In):
    """One measure: a unit or a named provider, days, and a price for each day, begun week, begun month, or all of it."""

    kind: Literal["dag", "doegn", "familie", "foraeldre", "skole", "frivillig"]
    unit_id: Id | None = None
    provider: Short = ""
    is_external: bool = False
    external_reason: Short | None = None
    """Needed when it is external."""
    starts_on: Day
    ends_on: Day
    """The last day."""
    price: Kroner
    per: Literal["dag", "uge", "maaned", "ialt"]


class ElementsIn(In):
    """What the package consists of from now on, and why it changes."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "reason": "Forlænget med en måned.",
                    "elements": [
                        {
                            "kind": "familie",
                            "unit_id": "familiebehandlingen",
                            "starts_on": "2027-01-04",
                            "ends_on": "2027-04-30",
                            "price": 1500,
                            "per": "uge",
                        }
                    ],
                }
            ]
        }
    )

    elements: Annotated[list[ElementIn], Field(min_length=1, max_length=50)]
    reason: Reason


class EndingIn(In):
    """Why a package ends, and its last day (today without one)."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "maal_naaet", "on": "2027-04-30"}]})

    reason: Literal["maal_naaet", "planlagt_overgang", "sammenbrud", "flyttet", "18_aar"] | None = None
    """Needed when it has begun; what has not is dropped."""
    on: Day | None = None


@endpoint("GET /cases/<uuid:case_id>/packages", scope="cases:read", gives=PackagesOut)
def list_packages(who: Actor, case_id: UUID) -> PackagesOut:
    """List the packages of a case that the caller sees whole."""
    return PackagesOut(items=[PackageOut.model_validate(row) for row in packages(who, case_id)])


@endpoint(f"PUT {PACKAGE}/elements", scope="packages:write", body=ElementsIn, if_match=True)
def put_elements(who: Actor, package_id: UUID, body: ElementsIn) -> tuple[str, int]:
    """Change what a package consists of; what was approved and costs more now awaits approval anew."""
    elements = [told_element(**one.model_dump()) for one in body.elements]
    change_package(who, package_id=package_id, elements=elements, reason=body.reason, version=expected_version())
    return "", 204


@endpoint(f"POST {PACKAGE}/approval", scope="packages:write", if_match=True)
def approve(who: Actor, package_id: UUID) -> tuple[str, int]:
    """Approve what a package costs. Only a leader whose limit is as high can (403)."""
    approve_package(who, package_id=package_id, version=expected_version())
    return "", 204


@endpoint(f"POST {PACKAGE}/ending", scope="packages:write", body=EndingIn, if_match=True)
def end(who: Actor, package_id: UUID, body: EndingIn) -> tuple[str, int]:
    """End what runs; drop what has not begun."""
    end_package(who, package_id=package_id, reason=body.reason, on=body.on, version=expected_version())
    return "", 204
