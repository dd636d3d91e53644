"""What the API says and hears, as pydantic models: `Out` reads the dataclasses of queries, `In` refuses what it does not know."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from api.language import reader_language
from casework.i18n import Message

T = TypeVar("T")

MAX_TEXT = 20_000


def _said(value: Any) -> Any:
    return value.text(reader_language()) if isinstance(value, Message) else value


#: A sentence or name in the reader's language (`Accept-Language`: da or en).
Text = Annotated[str, BeforeValidator(_said)]
Id = Annotated[str, Field(min_length=1, max_length=100)]
Reason = Annotated[str, Field(min_length=1, max_length=2_000)]


class Out(BaseModel):
    """Something answered."""

    model_config = ConfigDict(from_attributes=True)


class In(BaseModel):
    """Something asked; a field we do not know is an error, not a surprise."""

    model_config = ConfigDict(extra="forbid")


class Paging(In):
    """Where a list goes on, and how many rows of it."""

    cursor: Annotated[str, Field(max_length=500)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class UnitOut(Out):
    """A unit."""

    id: str
    name: Text


class EmployeeOut(Out):
    """An employee."""

    id: UUID
    name: str


class ChildOut(Out):
    """The child of a case. The CPR number is masked here and cannot be had over the API."""

    id: UUID
    name: str
    birth_date: date | None
    age: int | None
    is_protected: bool
    masked_cpr: str | None


class DueOut(Out):
    """When, how it stands, by which class and rule. `words` is how a person would say it."""

    at: datetime | None
    state: str
    due_class: str | None
    words: Text
    rule: Text | None


class TaskRowOut(Out):
    """One task of an inbox."""

    task_id: UUID
    case_id: UUID
    case_number: str
    name: Text
    child: ChildOut
    due: DueOut
    unit: UnitOut
    assignee: EmployeeOut | None
    process_id: str
    state: str
    version: int


class InboxOut(Out):
    """One page of tasks; `counts` by view are of the same moment."""

    items: list[TaskRowOut]
    counts: dict[str, int]
    next_cursor: str | None


class DeadlineOut(Out):
    """One deadline."""

    id: UUID
    case_id: UUID
    case_number: str
    key: str
    name: Text
    due: DueOut
    starts_at: datetime
    ended_at: datetime | None
    task_id: UUID | None
    unit: UnitOut
    assignee: EmployeeOut | None
    late_reason: str | None


class CaseTaskOut(Out):
    """A task on its case."""

    task_id: UUID
    name: Text
    due: DueOut
    unit: UnitOut
    assignee: EmployeeOut | None
    state: str


class InstanceOut(Out):
    """A process running on a case."""

    instance_id: UUID
    process_id: str
    name: Text
    version: int
    state: str
    started_at: datetime
    ended_at: datetime | None
    incidents: int


class HandoffOut(Out):
    """A hand-off. `responsible_unit` is who answers for it now."""

    id: UUID
    case_id: UUID
    case_number: str
    subject: str
    state: str
    from_unit: UnitOut
    to_unit: UnitOut
    responsible_unit: UnitOut
    offered_at: datetime
    due: DueOut
    reason: str | None
    version: int


class CaseOut(Out):
    """A case as the caller may see it; `is_whole` is false when only a part was handed over."""

    case_id: UUID
    number: str
    state: str
    is_whole: bool
    child: ChildOut
    responsible_unit: UnitOut
    responsible: EmployeeOut | None
    opened_at: datetime
    closed_at: datetime | None
    tasks: list[CaseTaskOut]
    deadlines: list[DeadlineOut]
    instances: list[InstanceOut]
    handoffs: list[HandoffOut]


class CaseRowOut(Out):
    """A case in a list."""

    case_id: UUID
    number: str
    state: str
    is_whole: bool
    child: ChildOut
    responsible_unit: UnitOut
    responsible: EmployeeOut | None
    opened_at: datetime
    open_tasks: int
    next_due: DueOut


class JournalEntryOut(Out):
    """One entry of the journal; `hash` chains it to the one before."""

    number: int
    kind: str
    at: datetime
    actor: str
    sentence: Text
    quote: str | None
    details: dict[str, Any]
    hash: str


class PageOut(Out, Generic[T]):
    """One page of a list; `next_cursor` is null on the last."""

    items: list[T]
    next_cursor: str | None


class ProblemOut(Out):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    errors: dict[str, list[str]] | None = None
    changed: dict[str, Any] | None = None


Instant = AwareDatetime
