"""R8: placements. How many began and ended, planned or by breakdown, how long against the plan, and with a step-down plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select

from casework.calendar import day_of
from casework.database import read
from casework.i18n import message
from casework.model import Case, PlaceStay, StayState, Submission, Unit
from casework.model.package import END_REASONS, EndReason
from casework.queries.names import unit_name
from casework.queries.reports.options import option_names
from casework.queries.reports.report import (
    Figure,
    Report,
    counting_row,
    figure_columns,
    in_form,
    median_days,
    name_column,
    share,
)
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import timedelta
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.queries.reports.report import Asked, Period
    from casework.tables import Cell

#: The step-down plan, the choice of a place with its kind, and the kind that is a placement in the network.
STEP_DOWN, PLACE, KIND_OF_PLACE = "F23", "F16c", "stedtype"
NETWORK = frozenset({"netvaerk", "slaegt"})
#: The fact that says when the placement was planned to end.
PLANNED_END = "planlagtOphoer"
UNKNOWN = message("Not said")


@dataclass(frozen=True)
class Stay:
    """One child at one place, in the period."""

    case_id: UUID
    unit_id: str
    unit: Message
    kind: str | None
    began: bool
    ended: bool
    reason: EndReason | None
    has_step_down_plan: bool
    length: timedelta | None
    beyond_plan: timedelta | None


FIGURES = (
    Figure("stays", message("Placed in the period"), lambda _: True),
    Figure("began", message("Began"), lambda one: one.began),
    Figure("ended", message("Ended"), lambda one: one.ended),
    Figure("planned", message("Ended as planned"), lambda one: one.ended and one.reason is not EndReason.BREAKDOWN),
    Figure("breakdowns", message("Broke down"), lambda one: one.ended and one.reason is EndReason.BREAKDOWN),
    Figure("with_plan", message("With a step-down plan"), lambda one: one.has_step_down_plan),
    Figure("network", message("In the family or network"), lambda one: one.kind in NETWORK),
)


def placements(ask: Asked) -> Report:
    """Count the stays that touch the period."""
    with read() as session:
        lines, kinds = _lines(session, ask), option_names(session, PLACE, KIND_OF_PLACE)
    by_place = _table(ask, "by_place", message("By place"), lines, lambda one: (one.unit_id, one.unit))
    by_kind = _table(
        ask,
        "by_kind",
        message("By kind of place"),
        lines,
        lambda one: (one.kind or "", kinds.get(one.kind or "", UNKNOWN)),
    )
    return Report("R8", message("Placements"), ask.period, ask.now, (by_place, by_kind, _reasons(ask, lines)))


def _lines(session: Session, ask: Asked) -> list[Stay]:
    period = ask.period
    touches = (PlaceStay.starts_on <= period.last) & (PlaceStay.ends_on.is_(None) | (PlaceStay.ends_on > period.first))
    has_plan = exists().where(Submission.case_id == Case.id, in_form(STEP_DOWN))
    rows = session.execute(
        select(
            PlaceStay.case_id,
            PlaceStay.unit_id,
            PlaceStay.starts_on,
            PlaceStay.ends_on,
            PlaceStay.end_reason,
            Case.facts,
            Unit.name,
            Unit.name_en,
            has_plan.label("has_plan"),
        )
        .join(Case, Case.id == PlaceStay.case_id)
        .join(Unit, Unit.id == PlaceStay.unit_id)
        .where(touches, PlaceStay.state.in_((StayState.STAYING, StayState.LEFT)), ask.counts())
        .order_by(PlaceStay.starts_on, PlaceStay.id)
    ).all()
    kinds = _kinds(session, ask)
    return [_line(row, kinds.get(row.case_id), period) for row in rows]


def _kinds(session: Session, ask: Asked) -> dict[UUID, str]:
    """What kind of place was chosen last for each case."""
    rows = session.execute(
        select(Submission.case_id, Submission.answers)
        .join(Case, Case.id == Submission.case_id)
        .where(in_form(PLACE), ask.counts())
        .order_by(Submission.submitted_at)
    )
    return {row.case_id: str(row.answers.get(KIND_OF_PLACE) or "") for row in rows}


def _line(row: Any, kind: str | None, period: Period) -> Stay:
    has_ended = row.ends_on is not None and row.ends_on <= period.last
    planned = row.facts.get(PLANNED_END)
    return Stay(
        case_id=row.case_id,
        unit_id=row.unit_id,
        unit=unit_name(row.unit_id, row.name, row.name_en).name,
        kind=kind or None,
        began=row.starts_on >= period.first,
        ended=has_ended,
        reason=row.end_reason if has_ended else None,
        has_step_down_plan=row.has_plan,
        length=row.ends_on - row.starts_on if has_ended else None,
        beyond_plan=row.ends_on - day_of(planned) if has_ended and planned else None,
    )


def _table(
    ask: Asked, key: str, title: Message, lines: Iterable[Stay], group_of: Callable[[Stay], tuple[str, Cell]]
) -> Table:
    groups: dict[str, list[Stay]] = defaultdict(list)
    names: dict[str, Cell] = {}
    for line in lines:
        group, names[group] = group_of(line)
        groups[group].append(line)
    rows = [_row(ask, group, names[group], found) for group, found in sorted(groups.items())]
    total = _row(ask, "total", message("All"), [line for found in groups.values() for line in found])
    columns = (
        name_column(title),
        *figure_columns(FIGURES),
        Column("percent_breakdown", message("Broke down, % of the ended"), Kind.PERCENT),
        Column("median_days", message("Median length, days"), Kind.DAYS),
        Column("median_beyond", message("Longer than planned, median days"), Kind.DAYS),
    )
    return Table(key, title, columns, (*rows, total))


def _row(ask: Asked, key: str, name: Cell, group: Sequence[Stay]) -> Row:
    ended = [one for one in group if one.ended]
    broken = share(sum(one.reason is EndReason.BREAKDOWN for one in ended), len(ended))
    length = median_days(one.length for one in group if one.length is not None)
    beyond = median_days(one.beyond_plan for one in group if one.beyond_plan is not None)
    return counting_row(key or "unknown", name, group, FIGURES, ask, broken, length, beyond)


def _reasons(ask: Asked, lines: Sequence[Stay]) -> Table:
    title = message("Why placements ended")
    wanted = (Figure("ended", message("Ended"), lambda one: one.ended),)
    rows = [
        counting_row(reason.value, END_REASONS[reason], [one for one in lines if one.reason is reason], wanted, ask)
        for reason in EndReason
    ]
    return Table("reasons", title, (name_column(title), *figure_columns(wanted)), tuple(rows))
