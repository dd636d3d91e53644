"""What the API says and hears of process drafts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.v1.shapes import NO_NUL, Day, In, Out, Reason, Text, Words

Kind = Literal["diagram", "decision", "form", "scenario"]
Key = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]


class FileChoice(In):
    """Which file."""

    kind: Kind
    key: Key
    """The id of the process or form, or the path of the decision or scenario file."""


class FileIn(In):
    """A file as it shall be in the draft."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"kind": "form", "key": "F32", "content": '{"id": "F32", "components": []}', "revision": 0}]
        }
    )

    kind: Kind
    key: Key
    content: Annotated[str, Field(max_length=2_000_000)]
    """BPMN, DMN, form-js JSON or YAML, as text."""
    revision: Annotated[int, Field(ge=0, le=1_000_000_000)]
    """The revision that it was changed from; 0: the released file, or none."""


class SubmissionIn(In):
    """Why it is wanted, and by what."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"reason": "Kortere svartid.", "legal_basis": "Lokal praksis", "effective_on": "2027-01-01"}]
        }
    )

    reason: Reason
    legal_basis: Reason
    """A paragraph, or the local practice."""
    effective_on: Day | None = None
    """It is released by itself at midnight of this day; without it when somebody releases it."""


class CommentIn(In):
    """What the approver wants to say."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"comment": "Aftalt med teamlederne."}]})

    comment: Words = ""


class ReasonIn(In):
    """Why."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Den gamle var bedre."}]})

    reason: Reason


class DraftRowOut(Out):
    """A draft that is open."""

    id: UUID
    process_id: str
    name: Text
    state: str
    """draft, submitted or approved."""
    created_at: datetime
    created_by: str
    submitted_at: datetime | None
    submitted_by: str
    effective_on: date | None
    is_new_process: bool


class DraftsOut(Out):
    """All open drafts, by name."""

    items: list[DraftRowOut]


class DraftStartedOut(Out):
    """The draft of the process."""

    id: UUID


class ApprovalOut(Out):
    """An approval that is needed; `name` and `at` are empty until it is given."""

    part: str
    """owner or leader."""
    name: str
    at: str


class ConcernedOut(Out):
    """A process that gets a new version."""

    process_id: str
    name: Text
    version: int | None
    """Released now; null for a new process."""
    next_version: int
    running: int


class DraftOut(Out):
    """A draft with what decides about it."""

    id: UUID
    process_id: str
    name: Text
    state: str
    """draft, submitted, approved, released or discarded."""
    based_on: int | None
    """The version that it was made from; null for a new process."""
    is_stale: bool
    """Something that it builds on was released since: look at it (`rebase`) before it can be released."""
    errors: int
    """Findings that must be mended first."""
    concerned: list[ConcernedOut]
    approvals: list[ApprovalOut]
    reason: str
    legal_basis: str
    effective_on: date | None
    changes: list[Text]
    """What differs from the released version, in sentences."""


class FileRowOut(Out):
    """A file that the process uses, or that the draft has changed."""

    kind: str
    key: str
    name: Text
    path: str
    is_changed: bool
    is_new: bool
    is_stale: bool
    revision: int
    used_by: list[str]
    """Processes that get a new version when it is changed."""


class FilesOut(Out):
    """The files of a draft, the diagram of the process first."""

    items: list[FileRowOut]


class FileOut(Out):
    """A file as the draft has it."""

    kind: str
    key: str
    content: str
    revision: int
    is_changed: bool


class RevisionOut(Out):
    """What was saved."""

    revision: int


class FaultOut(Out):
    """What is wrong with a file, and how to mend it."""

    kind: str
    key: str
    element: str
    rule: str
    severity: str
    """error (keeps it from being released), approval (a team leader must approve it) or warning."""
    message: Text
    mend: Text


class FaultsOut(Out):
    """Of all files that the draft has changed; errors first."""

    items: list[FaultOut]


class ReleasedOut(Out):
    """A version that is the released one now."""

    process_id: str
    version: int


class ReleasesOut(Out):
    """What new instances start on from now on; nothing yet where somebody else must agree first."""

    items: list[ReleasedOut]
    waits_for: str | None = None
    """owner or leader: whose approval the request waits for."""


class ApprovedOut(Out):
    """Whether it may be released now."""

    is_enough: bool
    """False: another approval is needed too."""


class HistoryRowOut(Out):
    """Something that somebody did."""

    number: int
    at: datetime
    actor: str
    kind: str
    said: Text
    why: str
    legal_basis: str
    process_draft_id: UUID | None


class HistoryOut(Out):
    """The last hundred entries, newest first."""

    items: list[HistoryRowOut]
