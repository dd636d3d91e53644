"""Deadlines: what runs, is overdue, or was met."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from api.v1 import blueprint
from api.v1.guard import caller
from api.v1.shapes import DeadlineOut, Id, PageOut, Paging
from casework.queries.deadlines import deadlines


class DeadlineFilter(Paging):
    """Which deadlines."""

    case_id: UUID | None = None
    unit: Id | None = None
    key: Id | None = None
    due_class: Literal["LOV", "LOKAL", "INTERN"] | None = None
    state: Literal["running", "overdue", "soon", "met", "all"] = "running"


@blueprint.get("/deadlines")
@blueprint.input(DeadlineFilter, location="query", arg_name="chosen")
@blueprint.output(PageOut[DeadlineOut])
def list_deadlines(chosen: DeadlineFilter) -> PageOut[DeadlineOut]:
    """List deadlines of cases that the caller sees, the nearest first. Needs scope deadlines:read."""
    page = deadlines(caller("deadlines:read"), **chosen.model_dump())
    rows = [DeadlineOut.model_validate(row) for row in page.rows]
    return PageOut[DeadlineOut](items=rows, next_cursor=page.next_cursor)
