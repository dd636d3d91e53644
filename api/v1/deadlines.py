"""Deadlines: what runs, is overdue, or was met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from api.v1.endpoint import endpoint
from api.v1.shapes import DeadlineOut, Id, PageOut, Paging
from casework.queries.deadlines import deadlines

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor


class DeadlineFilter(Paging):
    """Which deadlines."""

    case_id: UUID | None = None
    unit: Id | None = None
    key: Id | None = None
    """As `vurdering24`."""
    due_class: Literal["LOV", "LOKAL", "INTERN"] | None = None
    state: Literal["running", "overdue", "soon", "met", "all"] = "running"


class DeadlinesOut(PageOut):
    """One page of deadlines, the nearest first."""

    items: list[DeadlineOut]


@endpoint("GET /deadlines", scope="deadlines:read", chosen=DeadlineFilter, gives=DeadlinesOut)
def list_deadlines(who: Actor, chosen: DeadlineFilter) -> DeadlinesOut:
    """List the deadlines that the caller's units answer for, and those of cases that the caller sees."""
    page = deadlines(who, **chosen.model_dump())
    rows = [DeadlineOut.model_validate(row) for row in page.rows]
    return DeadlinesOut(items=rows, next_cursor=page.next_cursor)
