"""What decides about a process draft: what it changes and concerns, what is wrong with it, and who must approve it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from casework.database import read
from casework.i18n import message
from casework.model import (
    ArtifactKind,
    InstanceState,
    ProcessDraftState,
    ProcessInstance,
    ProcessVersion,
)
from casework.model.process_draft import OPEN
from casework.model.process_rights import approves_as, has_changed, owns_processes, require_sight
from casework.queries.process_drafts.compare_draft import compared
from casework.queries.process_drafts.draft_files import file_name, file_rows
from casework.queries.process_drafts.draft_head import draft_of, head_of
from casework.queries.process_drafts.process_history import history_rows
from casework.queries.process_drafts.scenario_run import scenario_run
from casework.studio import changed_findings, needs_leader, workspace_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms.words import Words
    from casework.i18n import Message
    from casework.model import Actor, ProcessDraft
    from casework.queries.process_drafts.compare_draft import DraftCompared
    from casework.queries.process_drafts.draft_files import DraftFileRow
    from casework.queries.process_drafts.draft_head import DraftHead
    from casework.queries.process_drafts.process_history import HistoryRow
    from casework.queries.process_drafts.scenario_run import RunSeen
    from casework.studio import Fault, Workspace

_PARTS = {"owner": message("another process owner"), "leader": message("a team leader")}


@dataclass(frozen=True)
class Concerned:
    """A process that gets a new version; `because` names the changed files that it uses."""

    process_id: str
    name: Words
    version: int | None
    next_version: int
    running: int
    because: tuple[Words, ...]


@dataclass(frozen=True)
class ApprovalPart:
    """An approval that is needed, and who has given it when."""

    part: str
    who: Message
    name: str
    at: str


@dataclass(frozen=True)
class Finding:
    """A fault with the name of the file that it is in."""

    fault: Fault
    file: Words


@dataclass(frozen=True)
class ReleasePage:
    """`may_…` say what the reader may do now; `why_not` why they may not approve it."""

    head: DraftHead
    files: tuple[DraftFileRow, ...]
    concerned: tuple[Concerned, ...]
    compared: DraftCompared
    findings: tuple[Finding, ...]
    errors: int
    approvals: tuple[ApprovalPart, ...]
    reason: str
    legal_basis: str
    effective_on: date | None
    submitted_at: datetime | None
    submitted_by: str
    returned: HistoryRow | None
    released_version: int | None
    #: The last run of its scenarios on these files; None: they have not been run since the last change.
    scenarios: RunSeen | None
    may_submit: bool
    may_approve: bool
    why_not: Message | None
    may_return: bool
    may_release: bool
    may_discard: bool
    history: tuple[HistoryRow, ...]


def release_page(actor: Actor, process_draft_id: UUID) -> ReleasePage:
    """Refuses who may not see drafts, and what is not there."""
    require_sight(actor)
    with read() as session:
        draft, space = draft_of(session, process_draft_id), workspace_of(session, process_draft_id)
        return _page(session, actor, draft, space)


def _page(session: Session, actor: Actor, draft: ProcessDraft, space: Workspace) -> ReleasePage:
    run = scenario_run(actor, draft.id, space.checksum) if draft.state in OPEN else None
    files = file_rows(space)
    findings = tuple(Finding(one, file_name(space.folder, one.kind, one.key)) for one in changed_findings(space))
    errors = sum(one.fault.severity == "error" for one in findings)
    approvals = _approvals(draft, space)
    is_open = draft.state in OPEN
    is_submitted = draft.state is ProcessDraftState.SUBMITTED
    owns, why_not = owns_processes(actor), _why_not(actor, draft, approvals)
    history = history_rows(session, draft.process_id, draft.id)
    last = next((row for row in history if row.kind in ("process_draft_returned", "process_draft_submitted")), None)
    return ReleasePage(
        head=head_of(session, actor, draft, space, files),
        files=tuple(file for file in files if file.is_changed),
        concerned=_concerned(session, space, files),
        compared=compared(space),
        findings=findings,
        errors=errors,
        approvals=approvals,
        reason=draft.reason,
        legal_basis=draft.legal_basis,
        effective_on=draft.effective_on,
        submitted_at=draft.submitted_at,
        submitted_by=draft.submitted_by,
        returned=last if last and last.kind == "process_draft_returned" and not is_submitted else None,
        released_version=_version(session, draft),
        scenarios=run,
        may_submit=owns and draft.state is ProcessDraftState.DRAFT and bool(space.changed) and not errors,
        may_approve=is_submitted and why_not is None,
        why_not=why_not if is_submitted else None,
        may_return=bool(approves_as(actor)) and is_open and draft.state is not ProcessDraftState.DRAFT,
        may_release=owns and draft.state is ProcessDraftState.APPROVED and draft.effective_on is None,
        may_discard=owns and is_open,
        history=history,
    )


def _version(session: Session, draft: ProcessDraft) -> int | None:
    """What it became."""
    version = session.get(ProcessVersion, draft.released_version_id) if draft.released_version_id else None
    return version.version if version else None


def _approvals(draft: ProcessDraft, space: Workspace) -> tuple[ApprovalPart, ...]:
    given = {one["as"]: one for one in draft.approvals}
    parts = dict.fromkeys(("owner", *(("leader",) if needs_leader(space) else ()), *given))
    nobody = {"name": "", "at": ""}
    return tuple(
        ApprovalPart(part, _PARTS[part], given.get(part, nobody)["name"], given.get(part, nobody)["at"])
        for part in parts
    )


def _why_not(actor: Actor, draft: ProcessDraft, approvals: tuple[ApprovalPart, ...]) -> Message | None:
    missing = {one.part for one in approvals if not one.name}
    if has_changed(actor, draft):
        return message("You have changed it or asked for it yourself: somebody else must approve it.")
    if not approves_as(actor) & missing:
        return message("It waits for {who}.", who=[_PARTS[part] for part in sorted(missing, reverse=True)])
    return None


def _concerned(session: Session, space: Workspace, files: list[DraftFileRow]) -> tuple[Concerned, ...]:
    """The process of the draft first, then by id. Scenarios may change without a new version."""
    changed = [row for row in files if row.is_changed and row.kind is not ArtifactKind.SCENARIO]
    users = {(row.kind, row.key): row.used_by for row in changed}
    newest, running = _newest(session), _running(session)
    order = sorted({one for those in users.values() for one in those}, key=lambda one: (one != space.process_id, one))
    return tuple(
        Concerned(
            process_id=process_id,
            name=file_name(space.folder, ArtifactKind.DIAGRAM, process_id),
            version=space.versions.get(process_id),
            next_version=newest.get(process_id, 0) + 1,
            running=running.get(process_id, 0),
            because=tuple(
                file_name(space.folder, kind, key) for (kind, key), those in users.items() if process_id in those
            ),
        )
        for process_id in order
    )


def _newest(session: Session) -> dict[str, int]:
    rows = session.execute(
        select(ProcessVersion.process_id, func.max(ProcessVersion.version)).group_by(ProcessVersion.process_id)
    )
    return {row[0]: row[1] for row in rows}


def _running(session: Session) -> dict[str, int]:
    rows = session.execute(
        select(ProcessVersion.process_id, func.count())
        .join(ProcessInstance, ProcessInstance.process_version_id == ProcessVersion.id)
        .where(ProcessInstance.state == InstanceState.RUNNING)
        .group_by(ProcessVersion.process_id)
    )
    return {row[0]: row[1] for row in rows}
