"""What is said and heard of cases (`cases`)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.v1.free_json import FreeJson
from api.v1.shapes import (
    MAX_TEXT,
    NO_NUL,
    ChildOut,
    DeadlineOut,
    DueOut,
    EmployeeOut,
    HandoffOut,
    Id,
    In,
    Out,
    PageOut,
    Paging,
    Reason,
    Search,
    TaskRowOut,
    Text,
    UnitOut,
)


class CaseFilter(Paging):
    """Which cases."""

    text: Search | None = None
    """Part of the child's name or of the case number. CPR numbers do not belong into an address: see `POST /cases/search`."""
    state: Literal["open", "closed", "all"] = "open"
    unit: Id | None = None
    """The responsible one."""


class CaseRowOut(Out):
    """A case in a list."""

    case_id: UUID
    number: str
    state: str
    """open or closed."""
    is_whole: bool
    """False: only what was handed over may be seen."""
    child: ChildOut
    responsible_unit: UnitOut
    responsible: EmployeeOut | None
    opened_at: datetime
    open_tasks: int
    """As far as the caller sees them."""
    next_due: DueOut


class CasesOut(PageOut):
    """One page of cases, the newest first."""

    items: list[CaseRowOut]
    total: int


class SearchIn(CaseFilter):
    """What to look for."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Lauritsen"}]})

    text: Annotated[str, Field(min_length=1, max_length=100, pattern=NO_NUL)]
    """Part of the child's name or of the case number, or a whole CPR number; never a part of one."""


class InstanceOut(Out):
    """A process on a case."""

    instance_id: UUID
    process_id: str
    name: Text
    version: int
    state: str
    """running, completed or cancelled."""
    started_at: datetime
    ended_at: datetime | None
    outcome: Text | None
    incidents: int
    """Open ones."""


class PersonOut(Out):
    """Somebody around the child."""

    kind: str
    """mother, father, guardian, sibling, foster_parent, network, notifier or other."""
    name: str
    notes: list[Text]
    """Custody, must not know the address, and the like."""
    has_cpr: bool


class DocumentOut(Out):
    """A letter or another document."""

    id: UUID
    kind: str
    title: str
    recipient: str
    created_at: datetime
    delivered_at: datetime | None


class StartableOut(Out):
    """A process that can be started on the case by hand."""

    process_id: str
    name: Text
    version: int


class FactOut(Out):
    """A fact that may be corrected: `PUT …/facts/{name}`."""

    name: str
    words: Text
    kind: str
    """day, instant, yes_no, number or text."""
    value: Text | None
    """As it is said; null while nobody knows it."""
    options: list[str]
    """All that it may be; empty: anything of its kind."""


class UpcomingOut(Out):
    """A process that will begin by itself."""

    process: Text
    occasion: Text
    """As "12 years"."""
    at: datetime


class CaseOut(Out):
    """A case as the caller may see it. When `is_whole` is false there are only the child, own tasks and hand-offs."""

    case_id: UUID
    number: str
    version: int
    """Also the `ETag`."""
    state: str
    is_whole: bool
    child: ChildOut
    responsible_unit: UnitOut
    responsible: EmployeeOut | None
    opened_at: datetime
    closed_at: datetime | None
    tasks: list[TaskRowOut]
    """Open ones."""
    deadlines: list[DeadlineOut]
    """Running ones, and those met lately."""
    instances: list[InstanceOut]
    handoffs: list[HandoffOut]
    persons: list[PersonOut]
    documents: list[DocumentOut]
    startable: list[StartableOut]
    correctable: list[FactOut]
    upcoming: list[UpcomingOut]
    """The nearest first; they move with the facts that they follow from."""


class JournalEntryOut(Out):
    """One entry of the journal."""

    number: int
    kind: str
    """As `user_task_completed`."""
    at: datetime
    actor: str
    sentence: Text
    """What the actor did."""
    quote: str | None
    """What a person wrote."""
    task_id: UUID | None
    instance_id: UUID | None
    handoff_id: UUID | None
    details: dict[str, Any]
    hash: str
    """SHA-256 (hex) over the entry and the hash before it."""


class JournalOut(PageOut):
    """One page of the journal, the newest entry first."""

    items: list[JournalEntryOut]
    length: int
    """Entries of the whole journal."""
    head: str
    """The last hash: whoever keeps it can prove later that nothing was changed before."""


class NoteIn(In):
    """A journal note."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Talte med mor i telefon."}]})

    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT, pattern=NO_NUL)]


class NoteOut(Out):
    """The entry that it became."""

    number: int


class InstanceIn(In):
    """Which process to start."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"process_id": "intake_to_assessment"}]})

    process_id: Id


class StartedOut(Out):
    """What was started."""

    instance_id: UUID
    task_ids: list[UUID]
    """Tasks that stand now."""


class FactIn(In):
    """The right value, and why."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"value": {"$date": "2014-03-14"}, "reason": "Tastefejl ved registreringen."}]}
    )

    value: FreeJson
    """Of the same kind as before; a day as `{"$date": "2014-03-14"}`, an instant as `{"$instant": "…"}`."""
    reason: Reason
