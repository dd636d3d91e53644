"""What the API says and hears, as pydantic models: `Out` reads the dataclasses of queries, `In` refuses what it does not know.

Here is what several modules share; the rest stands beside its endpoints. The texts under fields are their descriptions.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from api.language import reader_language
from api.v1.free_json import within_years
from casework.i18n import Message

MAX_TEXT = 20_000
#: What no database keeps as text.
NO_NUL = r"^[^\x00]*$"


def _said(value: Any) -> Any:
    return value.text(reader_language()) if isinstance(value, Message) else value


#: A sentence or name in the reader's language (`Accept-Language`: da or en).
Text = Annotated[str, BeforeValidator(_said)]
Id = Annotated[str, Field(min_length=1, max_length=100, pattern=NO_NUL)]
Reason = Annotated[str, Field(min_length=1, max_length=2_000, pattern=NO_NUL)]
Words = Annotated[str, Field(max_length=2_000, pattern=NO_NUL)]
Search = Annotated[str, Field(max_length=100, pattern=NO_NUL)]
Instant = Annotated[AwareDatetime, AfterValidator(within_years)]
Day = Annotated[date, AfterValidator(within_years)]


class Out(BaseModel):
    """Something answered."""

    model_config = ConfigDict(from_attributes=True, use_attribute_docstrings=True)


class In(BaseModel):
    """Something asked; a field we do not know is an error, not a surprise."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Paging(In):
    """Where a list goes on, and how many rows of it."""

    cursor: Annotated[str, Field(max_length=500, pattern=NO_NUL)] | None = None
    """`next_cursor` of the page before; the first page without it."""
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    """Rows of a page."""


class PageOut(Out):
    """One page of a list."""

    next_cursor: str | None
    """Where the list goes on; null on the last page."""


class UnitOut(Out):
    """A unit."""

    id: str
    name: Text


class EmployeeOut(Out):
    """An employee."""

    id: UUID
    name: str


class ChildOut(Out):
    """The child of a case. The CPR number is masked and cannot be had over the API."""

    id: UUID
    name: str
    birth_date: date | None
    age: int | None
    """Whole years today."""
    is_protected: bool
    """The address must not be seen by everybody."""
    masked_cpr: str | None
    """As `140314-••••`; null when no number is known."""


class DueOut(Out):
    """When something is due, and how that stands at this moment."""

    at: datetime | None
    """Null: there is no deadline."""
    state: str
    """overdue, soon, waiting (another unit has it), neutral or done."""
    due_class: str | None
    """LOV (the law), LOKAL (the municipality's goal) or INTERN (a reminder)."""
    words: Text
    """As a person would say it."""
    rule: Text | None
    """As `24 timer, Barnets lov § 136`."""


class TaskRowOut(Out):
    """A task in a list."""

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
    """open or claimed."""
    version: int
    is_covered: bool
    """The caller stands in for the assignee."""
    follow_up_on: date | None
    """Until then the caller has put it aside; nobody else is told."""


class DeadlineOut(Out):
    """A deadline."""

    id: UUID
    case_id: UUID
    case_number: str
    child: ChildOut
    key: str
    """As `vurdering24`."""
    name: Text
    due: DueOut
    state: str
    """running, met or withdrawn."""
    starts_at: datetime
    ended_at: datetime | None
    task_id: UUID | None
    """The open task that meets it, if one stands."""
    unit: UnitOut
    assignee: EmployeeOut | None
    late_reason: str | None
    paused_at: datetime | None
    """Since when its clock stands still; never of the law's."""
    moved: Text | None
    """From when to when its date has moved last, and why."""


class HandoffOut(Out):
    """A hand-off between two units."""

    id: UUID
    case_id: UUID
    case_number: str
    subject: str
    state: str
    """offered, more_asked, accepted, declined, returned, completed or withdrawn."""
    from_unit: UnitOut
    to_unit: UnitOut
    responsible_unit: UnitOut
    """Who answers for it now: the sender, until the receiver accepts."""
    moves_responsibility: bool
    """Acceptance moves the responsibility for the whole case."""
    offered_at: datetime
    due: DueOut
    reason: str | None
    """Why it was declined, returned or withdrawn."""
    version: int
