"""Cases: the list, one case, its journal, notes, starting a process, correcting a fact."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from api.v1 import blueprint
from api.v1.guard import caller
from api.v1.shapes import (
    MAX_TEXT,
    CaseOut,
    CaseRowOut,
    Id,
    In,
    JournalEntryOut,
    Out,
    PageOut,
    Paging,
    Reason,
)
from casework import values
from casework.operations.add_note import add_note
from casework.operations.correct_fact import correct_fact
from casework.operations.log_access import log_access
from casework.operations.start_process import start_process
from casework.queries.case_page import case_page
from casework.queries.cases import cases
from casework.queries.journal import journal


class CaseFilter(Paging):
    """Which cases."""

    text: Annotated[str, Field(max_length=100)] | None = None
    state: Literal["open", "closed", "all"] = "open"
    unit: Id | None = None


class NoteIn(In):
    """A journal note."""

    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]


class NoteOut(Out):
    """Its number in the journal."""

    number: int


class InstanceIn(In):
    """Which process to start."""

    process_id: Id


class StartedOut(Out):
    """What was started."""

    instance_id: UUID
    task_ids: list[UUID]


class FactIn(In):
    """The right value, tagged as in the journal: `{"$date": "2014-03-14"}` for a day; and why."""

    value: Any
    reason: Reason


@blueprint.get("/cases")
@blueprint.input(CaseFilter, location="query", arg_name="chosen")
@blueprint.output(PageOut[CaseRowOut])
def list_cases(chosen: CaseFilter) -> PageOut[CaseRowOut]:
    """List the cases that the caller may see. Needs scope cases:read; a search is on record."""
    who = caller("cases:read")
    page = cases(who, **chosen.model_dump())
    if chosen.text:
        log_access(who, kind="search", subject="cases", detail=page.text or "")
    rows = [CaseRowOut.model_validate(row) for row in page.rows]
    return PageOut[CaseRowOut](items=rows, next_cursor=page.next_cursor)


@blueprint.get("/cases/<uuid:case_id>")
@blueprint.output(CaseOut)
def get_case(case_id: UUID) -> CaseOut:
    """Read one case. Needs scope cases:read; the look is on record."""
    who = caller("cases:read")
    page = case_page(who, case_id)
    log_access(who, kind="read", subject="case", subject_id=case_id, case_id=case_id)
    return CaseOut.model_validate(page)


@blueprint.get("/cases/<uuid:case_id>/journal")
@blueprint.input(Paging, location="query", arg_name="chosen")
@blueprint.output(PageOut[JournalEntryOut])
def get_journal(case_id: UUID, chosen: Paging) -> PageOut[JournalEntryOut]:
    """Read the journal, newest first. Needs scope journal:read; the look is on record."""
    who = caller("journal:read")
    page = journal(who, case_id, cursor=chosen.cursor, limit=chosen.limit)
    log_access(who, kind="read", subject="journal", subject_id=case_id, case_id=case_id)
    rows = [JournalEntryOut.model_validate(row) for row in page.rows]
    return PageOut[JournalEntryOut](items=rows, next_cursor=page.next_cursor)


@blueprint.post("/cases/<uuid:case_id>/notes")
@blueprint.input(NoteIn, arg_name="body")
@blueprint.output(NoteOut, status_code=201)
def post_note(case_id: UUID, body: NoteIn) -> NoteOut:
    """Write a note in the journal. Needs scope journal:write."""
    return NoteOut(number=add_note(caller("journal:write"), case_id=case_id, text=body.text))


@blueprint.post("/cases/<uuid:case_id>/instances")
@blueprint.input(InstanceIn, arg_name="body")
@blueprint.output(StartedOut, status_code=201)
def post_instance(case_id: UUID, body: InstanceIn) -> StartedOut:
    """Start the released version of a process on the case. Needs scope instances:write."""
    started = start_process(caller("instances:write"), case_id=case_id, process_id=body.process_id)
    return StartedOut.model_validate(started)


@blueprint.put("/cases/<uuid:case_id>/facts/<string:name>")
@blueprint.input(FactIn, arg_name="body")
@blueprint.output({}, status_code=204)
def put_fact(case_id: UUID, name: str, body: FactIn) -> str:
    """Correct what the case knows; deadlines and timers that depend on it move. Needs scope facts:write."""
    value = values.from_json(body.value)
    correct_fact(caller("facts:write"), case_id=case_id, name=name, value=value, reason=body.reason)
    return ""
