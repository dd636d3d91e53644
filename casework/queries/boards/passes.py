"""How often each element of a diagram was passed: which ways are gone, and how often."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from casework.forms.words import words
from casework.i18n import message
from casework.model import Case, Passage, ProcessInstance
from casework.queries.boards.heat_versions import ran_on
from casework.released import definition_of
from casework.tables import Column, Kind, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from casework.queries.boards.heat_versions import Versions
    from casework.queries.reports.report import Asked

#: Of a hundred times that the diagram was begun: from these on an element is hotter.
SHARES = (0, 25, 50, 90)
_COLUMNS = (
    Column("step", message("Step"), Kind.TEXT),
    Column("passed", message("Passed, times"), Kind.COUNT),
    Column("share", message("Of a hundred begun"), Kind.PERCENT),
)


def passes(session: Session, ask: Asked, process_id: str, versions: Versions, order: Sequence[str]) -> Table:
    """A row for each element of the shown diagram that was passed in the period, in its order.

    With a unit: on cases for which it is responsible now.
    """
    counts: dict[str, int] = {row[0]: row[1] for row in session.execute(_counted(ask, process_id, versions))}
    elements = definition_of(session, versions.version_id).elements
    known = [name for name in order if counts.get(name) and (process_id, name) in elements]
    starts = [name for name in known if elements[process_id, name].type == "startEvent"]
    begun = sum(counts[name] for name in starts if not elements[process_id, name].scope)
    rows = []
    for name in known:
        element = elements[process_id, name]
        called = element.name or element.id
        share = Decimal(100 * counts[name]) / begun if begun else None
        said = None if share is None else share.quantize(Decimal("0.1"))
        rows.append(Row(name, (words(called, element.name_en or called), counts[name], said)))
    return Table("passes", message("Ways that were gone"), _COLUMNS, tuple(rows))


def levels(table: Table) -> dict[str, tuple[int, Decimal]]:
    """By element how hot it is (0 to 4), and the share."""
    shares = {row.key: row.cells[2] for row in table.rows}
    return {
        name: (sum(share > step for step in SHARES), share)
        for name, share in shares.items()
        if isinstance(share, Decimal)
    }


def _counted(ask: Asked, process_id: str, versions: Versions) -> Any:
    query: Any = select(Passage.element_id, func.count()).where(
        Passage.process_id == process_id,
        Passage.how == "completed",
        Passage.element_type != "loop",
        Passage.at >= ask.period.start,
        Passage.at < ask.period.end,
        *ran_on(Passage.instance_id, Passage.at, versions.ran_on),
    )
    if ask.unit_ids is not None:
        query = query.join(ProcessInstance, ProcessInstance.id == Passage.instance_id)
        query = query.join(Case, Case.id == ProcessInstance.case_id)
        query = query.where(Case.responsible_unit_id.in_(sorted(ask.unit_ids)))
    return query.group_by(Passage.element_id)
