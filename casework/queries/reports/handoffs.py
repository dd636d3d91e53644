"""R4: hand-offs between departments: how many were sent, accepted, declined, waited too long for, by pair of units."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from casework.database import read
from casework.forms.words import words
from casework.i18n import message
from casework.model import Case, Handoff, HandoffState, Unit
from casework.queries.reports.report import Figure, Report, counting_row, figure_columns, median_days, name_column
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta
    from uuid import UUID

    from casework.i18n import Message
    from casework.queries.reports.report import Asked

_YES = frozenset({HandoffState.ACCEPTED, HandoffState.COMPLETED, HandoffState.RETURNED})
_WAITS = frozenset({HandoffState.OFFERED, HandoffState.MORE_ASKED})


@dataclass(frozen=True)
class Sent:
    """One hand-off that was offered in the period."""

    case_id: UUID
    pair: tuple[str, str]
    sender: Message
    receiver: Message
    state: HandoffState
    is_overdue: bool
    waited: timedelta | None


FIGURES = (
    Figure("sent", message("Sent"), lambda _: True),
    Figure("accepted", message("Accepted"), lambda one: one.state in _YES),
    Figure("declined", message("Declined"), lambda one: one.state is HandoffState.DECLINED),
    Figure("returned", message("Given back"), lambda one: one.state is HandoffState.RETURNED),
    Figure("withdrawn", message("Withdrawn"), lambda one: one.state is HandoffState.WITHDRAWN),
    Figure("waiting", message("Waits for an answer"), lambda one: one.state in _WAITS),
    Figure("overdue", message("Answered late or not at all"), lambda one: one.is_overdue),
)


def handoffs(ask: Asked) -> Report:
    """Count what was offered in the period; a leader sees what the led units have sent or received."""
    groups: dict[tuple[str, str], list[Sent]] = defaultdict(list)
    for line in _lines(ask):
        groups[line.pair].append(line)
    rows = [_row(ask, group) for _, group in sorted(groups.items())]
    columns = (
        name_column(message("From")),
        Column("receiver", message("To"), Kind.TEXT),
        *figure_columns(FIGURES),
        Column("median_days", message("Median wait, days"), Kind.DAYS),
    )
    table = Table("by_pair", message("Hand-offs by sender and receiver"), columns, tuple(rows))
    return Report("R4", message("Hand-offs"), ask.period, ask.now, (table,))


def _lines(ask: Asked) -> list[Sent]:
    sender, receiver = aliased(Unit), aliased(Unit)
    chosen = (
        select(
            Handoff.case_id,
            Handoff.state,
            Handoff.due_at,
            Handoff.offered_at,
            Handoff.answered_at,
            sender.id.label("from_id"),
            sender.name.label("from_name"),
            sender.name_en.label("from_name_en"),
            receiver.id.label("to_id"),
            receiver.name.label("to_name"),
            receiver.name_en.label("to_name_en"),
        )
        .join(Case, Case.id == Handoff.case_id)
        .join(sender, sender.id == Handoff.from_unit_id)
        .join(receiver, receiver.id == Handoff.to_unit_id)
        .where(Handoff.offered_at >= ask.period.start, Handoff.offered_at < ask.period.end)
        .order_by(Handoff.offered_at)
    )
    if ask.unit_ids is not None:
        units = sorted(ask.unit_ids)
        chosen = chosen.where(or_(Handoff.from_unit_id.in_(units), Handoff.to_unit_id.in_(units)))
    with read() as session:
        return [_line(row, ask) for row in session.execute(chosen)]


def _line(row: Any, ask: Asked) -> Sent:
    until = row.answered_at or (ask.now if row.state in _WAITS else None)
    return Sent(
        case_id=row.case_id,
        pair=(row.from_id, row.to_id),
        sender=words(row.from_name, row.from_name_en),
        receiver=words(row.to_name, row.to_name_en),
        state=row.state,
        is_overdue=until is not None and until > row.due_at,
        waited=row.answered_at - row.offered_at if row.answered_at else None,
    )


def _row(ask: Asked, group: Sequence[Sent]) -> Row:
    waited = median_days(one.waited for one in group if one.waited is not None)
    row = counting_row("-".join(group[0].pair), group[0].sender, group, FIGURES, ask, waited)
    return Row(row.key, (row.cells[0], group[0].receiver, *row.cells[1:]), row.cases)
