"""The filters of the inbox that somebody has saved, each with how much it shows now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import read
from casework.model import SavedFilter
from casework.queries.inbox_counts import inbox_counts
from casework.queries.inbox_scan import Filters
from casework.queries.inbox_views import Look, View

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor


@dataclass(frozen=True)
class SavedFilterRow:
    """`filters` are those that are set, by name; `count` is what the inbox would show, None where nobody asked."""

    id: UUID
    name: str
    view: str
    filters: dict[str, str]
    count: int | None


def saved_filters(actor: Actor, *, is_counted: bool = True) -> tuple[SavedFilterRow, ...]:
    """Give the actor's own, by name. Counted by the statement that counts the views, so that both say the same: one more for
    each choice of filters, and none for who has saved nothing.
    """
    now = clock.now()
    with read() as session:
        kept = session.scalars(
            select(SavedFilter).where(SavedFilter.employee_id == actor.id).order_by(SavedFilter.name)
        ).all()
        chosen = dict.fromkeys(_filters(one) for one in kept) if is_counted else {}
        counts = {one: inbox_counts(session, actor, one, Look(View.ALL, now))[0] for one in chosen}
    return tuple(
        SavedFilterRow(
            id=one.id,
            name=one.name,
            view=one.view,
            filters={name: value for name, value in vars(_filters(one)).items() if value},
            count=counts[_filters(one)].get(one.view, 0) if counts else None,
        )
        for one in kept
    )


def _filters(one: SavedFilter) -> Filters:
    return Filters(one.unit, one.process, one.due_class, one.text)
