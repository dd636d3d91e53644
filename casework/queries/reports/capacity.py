"""R5: places and money. How much of the providers' places was used, who waits, what packages cost, own against external."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.i18n import message
from casework.model import Unit
from casework.model.package import KRONE
from casework.queries.names import unit_name
from casework.queries.occupancy import cost_lines, occupancy, stay_lines
from casework.queries.reports.report import Figure, Report, counting_row, figure_columns, name_column, share
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from casework.forms.words import Words
    from casework.queries.occupancy import CostLine, OccupancyRow, StayLine
    from casework.queries.reports.report import Asked

OWN, EXTERNAL = message("Own"), message("External")
STAYS = (
    Figure("stays", message("Children who had a place"), lambda one: not one.is_waiting),
    Figure("waiting", message("Waiting now"), lambda one: one.is_waiting),
)
PACKAGES = (Figure("packages", message("Packages"), lambda _: True),)


def capacity(ask: Asked) -> Report:
    """Places by provider for everybody who may see reports; packages of the cases that are counted."""
    first, last = ask.period.first, ask.period.last
    with read() as session:
        providers, stays = occupancy(session, first, last), stay_lines(session, first, last)
        costs = [one for one in cost_lines(session, first, last) if ask.unit_ids is None or one.unit_id in ask.unit_ids]
        names = _names(session)
    tables = (_places(ask, providers, stays), _costs(ask, costs, names))
    return Report("R5", message("Places and money"), ask.period, ask.now, tables)


def _names(session: Session) -> dict[str, Words]:
    return {row.id: unit_name(row.id, row.name, row.name_en).name for row in session.scalars(select(Unit))}


def _places(ask: Asked, providers: Sequence[OccupancyRow], stays: Sequence[StayLine]) -> Table:
    columns = (
        name_column(message("Provider")),
        Column("owner", message("Own or external"), Kind.TEXT),
        Column("places", message("Places")),
        *figure_columns(STAYS),
        Column("percent", message("Occupied, %"), Kind.PERCENT),
    )
    rows = []
    for provider in providers:
        group = [line for line in stays if line.unit_id == provider.unit.id]
        used = share(provider.occupied_days, provider.place_days)
        row = counting_row(provider.unit.id, provider.unit.name, group, STAYS, ask, used)
        owner = EXTERNAL if provider.is_external else OWN
        rows.append(Row(row.key, (row.cells[0], owner, provider.places, *row.cells[1:]), row.cases))
    note = message("Occupied: days with a child in the place, of all days of all places in the period.")
    return Table("places", message("Places by provider"), columns, tuple(rows), note)


def _costs(ask: Asked, costs: Sequence[CostLine], names: dict[str, Words]) -> Table:
    columns = (
        name_column(message("Unit")),
        *figure_columns(PACKAGES),
        Column("own", message("Own, kr."), Kind.MONEY),
        Column("external", message("External, kr."), Kind.MONEY),
        Column("cost", message("In the period, kr."), Kind.MONEY),
        Column("mean", message("A package from start to end, kr."), Kind.MONEY),
    )
    groups: dict[str, list[CostLine]] = defaultdict(list)
    for line in costs:
        groups[line.unit_id].append(line)
    rows = [_cost_row(ask, unit, group, names) for unit, group in sorted(groups.items())]
    note = message("The price of each element is spread evenly over its days.")
    return Table("costs", message("Cost of packages"), columns, tuple(rows), note)


def _cost_row(ask: Asked, unit_id: str, group: Sequence[CostLine], names: dict[str, Words]) -> Row:
    own, external = sum(one.own for one in group), sum(one.external for one in group)
    mean = sum(one.total for one in group) // len(group)
    amounts = [_kroner(amount) for amount in (own, external, own + external, mean)]
    return counting_row(unit_id, names[unit_id], group, PACKAGES, ask, *amounts)


def _kroner(amount: int) -> Decimal:
    return Decimal(amount) / KRONE
