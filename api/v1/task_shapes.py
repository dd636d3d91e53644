"""What is said and heard of one task (`tasks`)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.v1.free_json import Answers
from api.v1.shapes import (
    ChildOut,
    DueOut,
    EmployeeOut,
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


class TaskFilter(Paging):
    """Which tasks of the caller's inboxes."""

    view: Literal["all", "overdue", "today", "soon", "unclaimed", "waiting", "mine", "aside", "covered"] = "all"
    """`soon`: within five working days; `waiting`: another unit does it, on a case of ours; `aside`: put aside until a later day;
    `covered`: given to colleagues for whom the caller stands in."""
    unit: Id | None = None
    process: Id | None = None
    due_class: Literal["LOV", "LOKAL", "INTERN"] | None = None
    text: Search | None = None
    """Part of the child's name or of the case number."""


class InboxOut(PageOut):
    """One page of tasks, the nearest deadline first."""

    items: list[TaskRowOut]
    counts: dict[str, int]
    """Tasks in each view, of the same moment as the page."""


class LawOut(Out):
    """A rule that the task rests on."""

    key: str
    title: Text
    """Without a number where nobody has confirmed it."""
    text: Text


class KnownOut(Out):
    """What the case knows already."""

    label: Text
    value: Text
    source: Text | None


class ChoiceOut(Out):
    """An option that does not stand in the form itself, as a unit."""

    value: str
    label: Text


class RightsOut(Out):
    """What the caller may do with the task now."""

    claim: bool
    complete: bool
    give_back: bool
    reassign: bool


class TaskOut(Out):
    """One task with all that is needed to do it; `…/schema` says what it asks."""

    task_id: UUID
    version: int
    """Also the `ETag`."""
    state: str
    """open, claimed, completed or withdrawn."""
    name: Text
    guidance: str
    """How it is done, in Danish, as the process owner wrote it."""
    case_id: UUID
    case_number: str
    child: ChildOut
    instance_id: UUID
    process_id: str
    process: Text
    process_version: int
    element_id: str
    """Its id in the diagram."""
    unit: UnitOut
    assignee: EmployeeOut | None
    form_key: str | None
    """As `F01`; null: it is completed without answers."""
    answers: dict[str, Any]
    """The draft over what the case knows, as the form would be opened; CPR numbers are masked."""
    sources: dict[str, Text]
    """By answer: where a filled-in one is from."""
    choices: dict[str, list[ChoiceOut]]
    """Options that the form leaves to the case, by the field's `valuesKey`: `unit.anbringelsessted` are the placements."""
    draft_version: int
    draft_at: datetime | None
    draft_by: str | None
    due: DueOut
    explanation: list[Text]
    """Why this date, step by step."""
    laws: list[LawOut]
    known: list[KnownOut]
    rights: RightsOut
    refusal: Text | None
    """Why the caller may not complete it."""
    needs_late_reason: bool
    """A deadline of the law or the municipality has passed: `late_reason` must be given."""
    colleagues: list[EmployeeOut]
    """Who works in the unit: for questions that ask for an employee, and for reassignment."""
    submission_id: UUID | None
    ended_at: datetime | None
    ended_by: str | None


class ChangedOut(Out):
    """The task after a change."""

    task_id: UUID
    version: int
    state: str
    assignee_id: UUID | None
    unit_id: str


class DraftIn(In):
    """Answers so far, and the draft they were written on."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"answers": {"bekymring": "Emil har fravær."}, "draft_version": 1}]}
    )

    answers: Answers
    """By key of the form's fields; those left out stay as they are."""
    draft_version: Annotated[int, Field(ge=0, le=2**31 - 1)]
    """Of the task, or of the draft that was saved last."""


class DraftOut(Out):
    """What is saved now: what two people wrote is brought together."""

    draft_version: int
    answers: dict[str, Any]


class ReassignmentIn(In):
    """To an employee or to a unit, and why."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"unit_id": "familiegruppe_nord", "reason": "Mette er på barsel."}]}
    )

    employee_id: UUID | None = None
    unit_id: Id | None = None
    reason: Reason


class CompletionIn(In):
    """The filled form."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"answers": {"tegn": ["ingen"]}, "late_reason": None}]})

    answers: Answers
    """By key of the form's fields, as `…/schema` says. What a condition of the form hides is dropped."""
    late_reason: Reason | None = None
    """Asked for when `needs_late_reason`."""


class CompletionOut(Out):
    """What was kept, and what the case asks next."""

    submission_id: UUID | None
    """The immutable record of the answers; null when there was no form."""
    next_task_ids: list[UUID]
    """Tasks of the case that stand because of it."""
    case_id: UUID
    instance_id: UUID
    incident_id: UUID | None
    """Not null: the answers are kept, but the process stands still until somebody looks."""
