"""Lines counted into a table, and found again behind a figure of it: both by the same two questions, so that they agree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.errors import NotFoundError
from casework.i18n import Message, message
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casework.queries.reports.report import Figure
    from casework.tables import Cell

TOTAL = "total"


@dataclass(frozen=True)
class Grouping:
    """One table of a board. Lines have a `case_id`; `key_of` puts each into a row, `name_of` names the row.

    `more` are columns after the figures: title and kind by key, and what they say of the lines of a row.
    """

    key: str
    title: Message
    name: Message
    figures: Sequence[Figure]
    key_of: Callable[[Any], str]
    name_of: Callable[[Any], Message | str]
    more: Sequence[Column] = ()
    say_more: Callable[[Sequence[Any]], Sequence[Cell]] = lambda _: ()
    note: Message | None = None
    has_total: bool = True


@dataclass(frozen=True)
class Counted:
    """A figure that was opened: which, and its lines."""

    title: Message
    row: Message | str
    column: Message
    lines: tuple[Any, ...]


def counted(grouping: Grouping, lines: Sequence[Any], *, rank: Callable[[Sequence[Any]], Any] | None = None) -> Table:
    """Count. Rows come by the `rank` of their lines, else the fullest first."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for line in lines:
        groups[grouping.key_of(line)].append(line)
    ranked = sorted(groups.items(), key=lambda one: rank(one[1]) if rank else -len(one[1]))
    rows = [_row(grouping, key, grouping.name_of(group[0]), group) for key, group in ranked]
    if grouping.has_total and len(rows) > 1:
        rows.append(_row(grouping, TOTAL, message("In all"), lines))
    columns = (
        Column("name", grouping.name, Kind.TEXT),
        *(Column(figure.key, figure.title) for figure in grouping.figures),
        *grouping.more,
    )
    return Table(grouping.key, grouping.title, columns, tuple(rows), grouping.note)


def behind(groupings: Sequence[Grouping], lines: Sequence[Any], table: str, row: str, column: str) -> Counted:
    """Open one figure. NotFoundError where there is none."""
    grouping = next((one for one in groupings if one.key == table), None)
    figure = next((one for one in grouping.figures if one.key == column), None) if grouping else None
    if grouping is None or figure is None:
        raise NotFoundError(message("There is no such figure, or it opens into no cases."))
    of_row = [one for one in lines if row == TOTAL or grouping.key_of(one) == row]
    if not of_row:
        raise NotFoundError(message("There is no such figure, or it opens into no cases."))
    name = message("In all") if row == TOTAL else grouping.name_of(of_row[0])
    found = tuple(one for one in of_row if figure.is_counted(one))
    return Counted(grouping.title, name, figure.title, found)


def _row(grouping: Grouping, key: str, name: Message | str, group: Sequence[Any]) -> Row:
    found = {figure.key: [line for line in group if figure.is_counted(line)] for figure in grouping.figures}
    cases = {name: tuple(line.case_id for line in some) for name, some in found.items() if some}
    return Row(key, (name, *map(len, found.values()), *grouping.say_more(group)), cases)
