"""Cases: the list, one case, its journal, notes, starting a process, correcting a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from api.v1.case_shapes import (
    CaseFilter,
    CaseOut,
    CaseRowOut,
    CasesOut,
    FactIn,
    InstanceIn,
    JournalEntryOut,
    JournalOut,
    NoteIn,
    NoteOut,
    SearchIn,
    StartedOut,
)
from api.v1.endpoint import endpoint
from api.v1.free_json import read_values
from api.v1.shapes import Paging
from casework.errors import InvalidError
from casework.i18n import message
from casework.operations.add_note import add_note
from casework.operations.correct_fact import correct_fact
from casework.operations.log_access import log_access
from casework.operations.start_process import start_process
from casework.queries.case_page import case_page
from casework.queries.case_search import whole_number
from casework.queries.cases import cases
from casework.queries.journal import journal

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor

CASE = "/cases/<uuid:case_id>"


@endpoint("GET /cases", scope="cases:read", chosen=CaseFilter, gives=CasesOut)
def list_cases(who: Actor, chosen: CaseFilter) -> CasesOut:
    """List the cases that the caller may see. A search is on record."""
    if chosen.text and whole_number(chosen.text):
        wrong = message("A CPR number must not stand in an address. Send it in the body of a search.")
        raise InvalidError(wrong, {"text": [wrong]})
    return _found(who, chosen)


@endpoint("POST /cases/search", scope="cases:read", body=SearchIn, gives=CasesOut, only_reads=True)
def search_cases(who: Actor, body: SearchIn) -> CasesOut:
    """Find cases by name, number or whole CPR number. The search is on record, a CPR number masked."""
    return _found(who, body)


@endpoint(f"GET {CASE}", scope="cases:read", gives=CaseOut, etag=True)
def get_case(who: Actor, case_id: UUID) -> CaseOut:
    """Read one case. The look is on record."""
    page = case_page(who, case_id)
    log_access(who, kind="read", subject="case", subject_id=case_id, case_id=case_id)
    return CaseOut.model_validate(page)


@endpoint(f"GET {CASE}/journal", scope="journal:read", chosen=Paging, gives=JournalOut)
def get_journal(who: Actor, case_id: UUID, chosen: Paging) -> JournalOut:
    """Read the journal. The look is on record."""
    page = journal(who, case_id, cursor=chosen.cursor, limit=chosen.limit)
    log_access(who, kind="read", subject="journal", subject_id=case_id, case_id=case_id)
    rows = [JournalEntryOut.model_validate(row) for row in page.rows]
    return JournalOut(items=rows, length=page.length, head=page.head, next_cursor=page.next_cursor)


@endpoint(f"POST {CASE}/notes", scope="journal:write", body=NoteIn, gives=NoteOut, status=201)
def post_note(who: Actor, case_id: UUID, body: NoteIn) -> NoteOut:
    """Write a note in the journal. Only people can: a service account is refused (403)."""
    return NoteOut(number=add_note(who, case_id=case_id, text=body.text))


@endpoint(f"POST {CASE}/instances", scope="instances:write", body=InstanceIn, gives=StartedOut, status=201)
def post_instance(who: Actor, case_id: UUID, body: InstanceIn) -> StartedOut:
    """Start the released version of a process on the case."""
    return StartedOut.model_validate(start_process(who, case_id=case_id, process_id=body.process_id))


@endpoint(f"PUT {CASE}/facts/<string:name>", scope="facts:write", body=FactIn)
def put_fact(who: Actor, case_id: UUID, name: str, body: FactIn) -> tuple[str, int]:
    """Correct what the case knows; deadlines and timers that depend on it move along."""
    value = read_values(body.value, "value")
    correct_fact(who, case_id=case_id, name=name, value=value, reason=body.reason)
    return "", 204


def _found(who: Actor, chosen: CaseFilter) -> CasesOut:
    page = cases(who, **chosen.model_dump())
    if chosen.text:
        log_access(who, kind="search", subject="cases", detail=page.text)
    rows = [CaseRowOut.model_validate(row) for row in page.rows]
    return CasesOut(items=rows, total=page.total, next_cursor=page.next_cursor)
