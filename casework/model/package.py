"""Packages of measures (indsatspakker): all that a child and its family get, planned, coordinated and priced from start to end.

Words stand in form F13. Here stands what is counted: dates, providers, prices. Amounts are øre, so that sums are exact.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from math import ceil
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from casework.database import Base, new_row_id
from casework.errors import ConflictError
from casework.i18n import Message, message

#: An amount of money in øre.
KRONE = 100


class PackageState(StrEnum):
    """Where a package stands."""

    PLANNED = "planned"  #: Put together and priced; nobody has approved the price.
    APPROVED = "approved"  #: The price is approved; no provider has said yes.
    RUNNING = "running"  #: A provider has said yes; it runs from its first day.
    ENDED = "ended"  #: It came to an end, with a reason. Final.
    DROPPED = "dropped"  #: Given up before it began. Final.


TRANSITIONS = {
    PackageState.PLANNED: {PackageState.APPROVED, PackageState.DROPPED},
    PackageState.APPROVED: {PackageState.RUNNING, PackageState.PLANNED, PackageState.DROPPED},
    PackageState.RUNNING: {PackageState.ENDED, PackageState.DROPPED},
    PackageState.ENDED: set(),
    PackageState.DROPPED: set(),
}


class ElementKind(StrEnum):
    """What an element of a package is; the values are those of form F13."""

    DAY = "dag"  #: A day measure.
    RESIDENTIAL = "doegn"  #: A place to live.
    FAMILY = "familie"  #: Treatment of the family together.
    PARENTS = "foraeldre"  #: The parents' own treatment or training.
    SCHOOL = "skole"  #: School and day-care.
    VOLUNTEERS = "frivillig"  #: Volunteers; usually without a price.


class PriceUnit(StrEnum):
    """What the price of an element is for; the values are those of form F13."""

    DAY = "dag"  #: Each day, first and last included.
    WEEK = "uge"  #: Each begun week.
    MONTH = "maaned"  #: Each begun month.
    TOTAL = "ialt"  #: All of it.

    def number_of(self, first: date, last: date) -> int:
        """How many of them there are from `first` to `last`, both included. Form F13 counts in the same way."""
        days = (last - first).days + 1
        match self:
            case PriceUnit.DAY:
                return days
            case PriceUnit.WEEK:
                return ceil(days / 7)
            case PriceUnit.MONTH:
                months = (last.year - first.year) * 12 + last.month - first.month
                return months + (last.day >= first.day)
        return 1


class EndReason(StrEnum):
    """Why a package or a stay came to an end (domain reference, option lists)."""

    AIMS_MET = "maal_naaet"  #: The aims were met.
    PLANNED = "planlagt_overgang"  #: The planned transition to something else.
    BREAKDOWN = "sammenbrud"  #: It broke down.
    MOVED = "flyttet"  #: The child moved away.
    OF_AGE = "18_aar"  #: The child turned 18.


END_REASONS: dict[EndReason, Message] = {
    EndReason.AIMS_MET: message("The aims were met"),
    EndReason.PLANNED: message("Planned transition"),
    EndReason.BREAKDOWN: message("Breakdown"),
    EndReason.MOVED: message("Moved"),
    EndReason.OF_AGE: message("18 years"),
}


class Package(Base):
    """One package of a case. Whoever changes it holds the lock of the case."""

    __tablename__ = "package"
    __table_args__ = (Index(None, "case_id"), Index("ix_package_period", "starts_on", "ends_on"))

    id: Mapped[UUID] = new_row_id()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"))
    #: The form F13 that it was made from; the same form again makes nothing new.
    submission_id: Mapped[UUID | None] = mapped_column(ForeignKey("submission.id"), unique=True)
    state: Mapped[PackageState] = mapped_column(default=PackageState.PLANNED)
    #: anbringelse, indsats, hjemgivelse
    occasion: Mapped[str]
    #: Step of the municipality's ladder of measures (indsatsrampen), as form F13 names it.
    ramp_step: Mapped[str]
    budget_account: Mapped[str]
    #: How likely it is to break down, 1 (hardly) to 5.
    breakdown_risk: Mapped[int | None]
    #: The sum of its elements, and the sum that was approved last.
    total: Mapped[int] = mapped_column(BigInteger)
    approved_total: Mapped[int | None] = mapped_column(BigInteger)
    #: From the first element's first day to the last element's last day.
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    planned_at: Mapped[datetime]
    planned_by: Mapped[str]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str | None]
    #: The last day on which it ran; it may differ from the plan.
    ended_on: Mapped[date | None]
    end_reason: Mapped[EndReason | None]
    version: Mapped[int] = mapped_column(default=1)

    elements: Mapped[list[PackageElement]] = relationship(
        order_by="PackageElement.number", lazy="raise", cascade="all, delete-orphan"
    )

    @property
    def unapproved(self) -> int:
        """How much of the sum nobody has approved."""
        return max(0, self.total - (self.approved_total or 0))

    def approve(self, by: str, at: datetime) -> None:
        """The sum is approved, for the first time or anew after it has risen."""
        if self.state is not PackageState.RUNNING:
            self._move_to(PackageState.APPROVED)
        self.approved_total, self.approved_by, self.approved_at = self.total, by, at
        self.version += 1

    def start(self) -> None:
        """A provider has said yes."""
        self._move_to(PackageState.RUNNING)

    def price(self, elements: list[PackageElement]) -> None:
        """Consist of these. What was approved and costs more now must be approved anew."""
        if self.state in (PackageState.ENDED, PackageState.DROPPED):
            self._refuse()
        self.elements = elements
        self.total = sum(element.total for element in elements)
        self.starts_on = min(element.starts_on for element in elements)
        self.ends_on = max(element.ends_on for element in elements)
        self.version = (self.version or 0) + 1
        if self.state is PackageState.APPROVED and self.unapproved:
            self._move_to(PackageState.PLANNED)

    def end(self, on: date, reason: EndReason) -> None:
        """It ran until `on`."""
        self._move_to(PackageState.ENDED)
        self.ended_on, self.end_reason = on, reason

    def drop(self) -> None:
        """It never begins."""
        self._move_to(PackageState.DROPPED)

    def require_planned(self) -> None:
        """Refuse (ConflictError) what is approved already: that is changed, not planned anew."""
        if self.state is not PackageState.PLANNED:
            self._refuse()

    def _move_to(self, state: PackageState) -> None:
        if state not in TRANSITIONS[self.state]:
            self._refuse()
        self.state = state
        self.version += 1

    def _refuse(self) -> None:
        raise ConflictError(message("The package is no longer as you saw it."), changed={"state": self.state.value})


class PackageElement(Base):
    """One measure in a package: who gives it, when, and what it costs."""

    __tablename__ = "package_element"
    __table_args__ = (Index(None, "unit_id"),)

    package_id: Mapped[UUID] = mapped_column(ForeignKey("package.id"), primary_key=True)
    #: Its place in the package, from 1.
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ElementKind]
    #: The unit that gives it, or the name of a provider that is no unit here.
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    provider: Mapped[str]
    #: Bought from somebody else than the municipality, and why (a code of form F13).
    is_external: Mapped[bool]
    external_reason: Mapped[str | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    price: Mapped[int] = mapped_column(BigInteger)
    per: Mapped[PriceUnit]
    total: Mapped[int] = mapped_column(BigInteger)
