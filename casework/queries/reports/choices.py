"""What somebody may choose from before a report is made: units, and years whose key figures were kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.calendar import day_of
from casework.database import read
from casework.model import AnnualReport, Unit
from casework.queries.names import UnitName, unit_name
from casework.queries.reports.report import units_counted

if TYPE_CHECKING:
    from datetime import date

    from casework.model import Actor


@dataclass(frozen=True)
class ReportChoices:
    """`units` are those that do work, of those that are counted; `kept_years` are those whose figures are final, newest first."""

    today: date
    units: tuple[UnitName, ...]
    kept_years: tuple[int, ...]


def report_choices(actor: Actor) -> ReportChoices:
    """Give the choices. Refuses (ForbiddenError) whom reports are not for."""
    counted = units_counted(actor)
    chosen = select(Unit.id, Unit.name, Unit.name_en).where(Unit.lane.is_not(None)).order_by(Unit.name)
    if counted is not None:
        chosen = chosen.where(Unit.id.in_(sorted(counted)))
    with read() as session:
        return ReportChoices(
            today=day_of(clock.now()),
            units=tuple(unit_name(row.id, row.name, row.name_en) for row in session.execute(chosen)),
            kept_years=tuple(
                session.scalars(
                    select(AnnualReport.year).where(AnnualReport.is_final).order_by(AnnualReport.year.desc())
                )
            ),
        )
