"""What stands above every page of a process draft: its name, where it stands, who has it open, and what it holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from casework import clock
from casework.database import read
from casework.errors import NotFoundError
from casework.forms.words import words
from casework.i18n import message
from casework.model import (
    Deadline,
    DeadlineState,
    InstanceState,
    ProcessDraft,
    ProcessDraftState,
    ProcessInstance,
    ProcessVersion,
    ProcessVersionState,
)
from casework.model.process_rights import owns_processes, require_sight
from casework.queries.process_drafts.draft_files import file_rows
from casework.studio import workspace_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms.words import Words
    from casework.model import Actor
    from casework.queries.process_drafts.draft_files import DraftFileRow
    from casework.studio import Workspace


@dataclass(frozen=True)
class InOperation:
    """The released version: since when, by whom, how many instances of the process run, and how many deadlines are late."""

    version_id: UUID
    version: int
    since: datetime
    running: int
    overdue: int


@dataclass(frozen=True)
class DraftHead:
    """`next_version` is the one that it would become; `based_on` the one that it was made from (None: the process is new).

    `held_by` is the name of somebody else who has it open; `saved_at` and `saved_by` tell of the last saved file.
    """

    id: UUID
    process_id: str
    name: Words
    state: str
    next_version: int
    based_on: int | None
    is_stale: bool
    may_change: bool
    owns: bool
    held_by: str | None
    saved_at: datetime | None
    saved_by: str
    changed: int
    #: How many files of each kind the process uses: diagram, decision, form, scenario.
    counts: dict[str, int]
    #: The files of scenarios that it concerns.
    scenarios: dict[str, bytes]
    in_operation: InOperation | None


def draft_head(actor: Actor, process_draft_id: UUID) -> DraftHead:
    """Refuses who may not see drafts, and what is not there."""
    require_sight(actor)
    with read() as session:
        draft = draft_of(session, process_draft_id)
        space = workspace_of(session, process_draft_id)
        return head_of(session, actor, draft, space, file_rows(space))


def draft_of(session: Session, process_draft_id: UUID) -> ProcessDraft:
    """The row (NotFoundError when there is none)."""
    draft = session.get(ProcessDraft, process_draft_id)
    if draft is None:
        raise NotFoundError(message("There is no such process draft."))
    return draft


def head_of(
    session: Session, actor: Actor, draft: ProcessDraft, space: Workspace, files: list[DraftFileRow]
) -> DraftHead:
    """The same from what has been read."""
    last = max((file for file in files if file.saved_at), key=lambda file: str(file.saved_at), default=None)
    based_on = session.get(ProcessVersion, draft.based_on_id) if draft.based_on_id else None
    newest = select(func.max(ProcessVersion.version)).where(ProcessVersion.process_id == draft.process_id)
    is_open = draft.state is ProcessDraftState.DRAFT
    held = draft.is_held_by_another(actor.id, clock.now())
    return DraftHead(
        id=draft.id,
        process_id=draft.process_id,
        name=words(draft.name, draft.name_en),
        state=draft.state.value,
        next_version=(session.scalar(newest) or 0) + 1,
        based_on=based_on.version if based_on else None,
        is_stale=space.is_stale and draft.state not in (ProcessDraftState.RELEASED, ProcessDraftState.DISCARDED),
        may_change=is_open and owns_processes(actor),
        owns=owns_processes(actor),
        held_by=draft.held_by if held else None,
        saved_at=last.saved_at if last else None,
        saved_by=last.saved_by if last else "",
        changed=len(space.changed),
        counts={kind.value: count for kind, count in Counter(file.kind for file in files).items()},
        scenarios={key: space.folder.scenarios[key] for key in space.scenario_keys()},
        in_operation=in_operation(session, draft.process_id),
    )


def in_operation(session: Session, process_id: str) -> InOperation | None:
    """None: no version of the process is released."""
    is_released = ProcessVersion.state == ProcessVersionState.RELEASED
    version = session.scalars(
        select(ProcessVersion).where(ProcessVersion.process_id == process_id, is_released)
    ).first()
    if version is None:
        return None
    of_process = ProcessVersion.process_id == process_id
    running = (
        select(func.count())
        .select_from(ProcessInstance)
        .join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
        .where(of_process, ProcessInstance.state == InstanceState.RUNNING)
    )
    late = select(func.count()).where(
        Deadline.process_id == process_id, Deadline.state == DeadlineState.RUNNING, Deadline.due_at < clock.now()
    )
    return InOperation(
        version.id, version.version, version.released_at, session.scalar(running) or 0, session.scalar(late) or 0
    )
