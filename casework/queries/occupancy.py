"""What report R5 counts: places and who has them, who waits, and what packages cost in a period, own and external.

Numbers of days count both ends of the period. A stay occupies its first day and not the day on which the child leaves.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from casework.model import Case, Package, PackageState, PlaceCapacity, PlaceStay, StayState, Unit
from casework.queries.names import UnitName, unit_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

_DAY = timedelta(days=1)
_COUNTED = (PackageState.APPROVED, PackageState.RUNNING, PackageState.ENDED)


@dataclass(frozen=True)
class OccupancyRow:
    """One provider. `place_days` and `occupied_days` in the period; `waiting`: how many wait now. `places` on its last day."""

    unit: UnitName
    is_external: bool
    places: int
    place_days: int
    occupied_days: int
    waiting: int

    @property
    def percent(self) -> int | None:
        """How much of the places was occupied; more than 100 when there were more children than places."""
        return round(100 * self.occupied_days / self.place_days) if self.place_days else None


@dataclass(frozen=True)
class StayLine:
    """One stay, or one wait, of a case in the period."""

    case_id: UUID
    unit_id: str
    is_waiting: bool
    days: int


@dataclass(frozen=True)
class CostLine:
    """One package of a case: what it costs from start to end, and in the period, in øre; own and external are the period's."""

    package_id: UUID
    case_id: UUID
    unit_id: str
    state: str
    total: int
    own: int
    external: int

    @property
    def cost(self) -> int:
        """What falls into the period."""
        return self.own + self.external


def occupancy(
    session: Session, first: date, last: date, *, units: Collection[str] | None = None
) -> tuple[OccupancyRow, ...]:
    """Give a row for each unit that has told how many places it has, by name; `units` limits them."""
    capacities: dict[str, list[PlaceCapacity]] = defaultdict(list)
    for row in session.scalars(select(PlaceCapacity).order_by(PlaceCapacity.since)):
        capacities[row.unit_id].append(row)
    lines = stay_lines(session, first, last)
    wanted = [unit_id for unit_id in capacities if units is None or unit_id in units]
    found = session.scalars(select(Unit).where(Unit.id.in_(wanted)).order_by(Unit.name))
    return tuple(_row(unit, capacities[unit.id], lines, first, last) for unit in found)


def stay_lines(session: Session, first: date, last: date) -> tuple[StayLine, ...]:
    """Give the stays that touch the period, and who waits now."""
    touches = (
        (PlaceStay.starts_on <= last)
        & PlaceStay.state.in_((StayState.STAYING, StayState.LEFT))
        & or_(PlaceStay.ends_on.is_(None), PlaceStay.ends_on > first)
    )
    rows = session.scalars(select(PlaceStay).where(or_(touches, PlaceStay.state == StayState.WAITING)))
    return tuple(
        StayLine(stay.case_id, stay.unit_id, stay.state is StayState.WAITING, _days(stay, first, last)) for stay in rows
    )


def cost_lines(session: Session, first: date, last: date) -> tuple[CostLine, ...]:
    """Give the packages that were approved and run in the period. An element's price is spread evenly over its days."""
    rows = session.execute(
        select(Package, Case.responsible_unit_id)
        .join(Case, Case.id == Package.case_id)
        .where(Package.state.in_(_COUNTED), Package.starts_on <= last, Package.ends_on >= first)
        .options(selectinload(Package.elements))
        .order_by(Package.starts_on, Package.id)
    )
    return tuple(_cost(package, unit_id, first, last) for package, unit_id in rows)


def _row(
    unit: Unit, capacities: list[PlaceCapacity], lines: Iterable[StayLine], first: date, last: date
) -> OccupancyRow:
    own = [line for line in lines if line.unit_id == unit.id]
    return OccupancyRow(
        unit=unit_name(unit.id, unit.name, unit.name_en),
        is_external=unit.is_external,
        places=next((one.places for one in reversed(capacities) if one.since <= last), 0),
        place_days=_place_days(capacities, first, last),
        occupied_days=sum(line.days for line in own),
        waiting=sum(line.is_waiting for line in own),
    )


def _place_days(capacities: list[PlaceCapacity], first: date, last: date) -> int:
    """Each number of places counts until the day before the next one."""
    ends = [later.since - _DAY for _, later in pairwise(capacities)]
    spans = zip(capacities, [*ends, last], strict=True)
    return sum(one.places * _overlap(one.since, until, first, last) for one, until in spans)


def _days(stay: PlaceStay, first: date, last: date) -> int:
    if stay.state is StayState.WAITING or stay.starts_on is None:
        return 0
    return _overlap(stay.starts_on, stay.ends_on - _DAY if stay.ends_on else last, first, last)


def _cost(package: Package, unit_id: str, first: date, last: date) -> CostLine:
    sums = {True: 0, False: 0}
    for one in package.elements:
        until = min(one.ends_on, package.ended_on) if package.ended_on else one.ends_on
        days = (one.ends_on - one.starts_on).days + 1
        sums[one.is_external] += round(one.total * _overlap(one.starts_on, until, first, last) / days)
    return CostLine(
        package.id, package.case_id, unit_id, package.state.value, package.total, own=sums[False], external=sums[True]
    )


def _overlap(begin: date, end: date, first: date, last: date) -> int:
    """How many days two spans share, ends included."""
    return max(0, (min(end, last) - max(begin, first)).days + 1)
