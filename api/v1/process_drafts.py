"""Drafts of processes: begun, changed, submitted, approved by a person, released; and going back to an earlier version."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from api.v1.endpoint import endpoint
from api.v1.process_draft_shapes import (
    ApprovalOut,
    ApprovedOut,
    CommentIn,
    ConcernedOut,
    DraftOut,
    DraftRowOut,
    DraftsOut,
    DraftStartedOut,
    FaultOut,
    FaultsOut,
    FileChoice,
    FileIn,
    FileOut,
    FileRowOut,
    FilesOut,
    HistoryOut,
    HistoryRowOut,
    ReasonIn,
    ReleasedOut,
    ReleasesOut,
    RevisionOut,
    SubmissionIn,
)
from casework.errors import InvalidError
from casework.i18n import message
from casework.operations.process_drafts.approve_process_draft import approve_process_draft
from casework.operations.process_drafts.discard_process_draft import discard_process_draft
from casework.operations.process_drafts.go_back_to_version import go_back_to_version
from casework.operations.process_drafts.rebase_process_draft import rebase_process_draft
from casework.operations.process_drafts.release_process_draft import release_process_draft
from casework.operations.process_drafts.retire_process import retire_process
from casework.operations.process_drafts.return_process_draft import return_process_draft
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.operations.process_drafts.submit_process_draft import submit_process_draft
from casework.queries.process_drafts.draft_files import draft_file, draft_files
from casework.queries.process_drafts.draft_findings import draft_findings
from casework.queries.process_drafts.draft_list import draft_list
from casework.queries.process_drafts.file_kind import file_kind
from casework.queries.process_drafts.process_history import process_history
from casework.queries.process_drafts.release_page import release_page
from casework.studio.editable import in_utf8
from casework.try_out.scenario_failures import scenario_failures

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor

DRAFT = "/process-drafts/<uuid:draft_id>"
READ, WRITE = "processes:read", "processes:write"
Nothing = tuple[str, int]
NOTHING: Nothing = ("", 204)


@endpoint("GET /process-drafts", scope=READ, gives=DraftsOut)
def list_process_drafts(who: Actor) -> DraftsOut:
    """List the drafts that are open. Empty for who may not see drafts."""
    return DraftsOut(items=[DraftRowOut.model_validate(row) for row in draft_list(who)])


@endpoint("POST /processes/<process_id>/draft", scope=WRITE, gives=DraftStartedOut, status=201)
def start_draft_of_process(who: Actor, process_id: str) -> DraftStartedOut:
    """Begin the draft of a process, or give the one that is open."""
    return DraftStartedOut(id=start_process_draft(who, process_id=process_id))


@endpoint(f"GET {DRAFT}", scope=READ, gives=DraftOut)
def read_process_draft(who: Actor, draft_id: UUID) -> DraftOut:
    """Read where a draft stands, what it changes and concerns, and who must approve it."""
    page = release_page(who, draft_id)
    of_head = {name: getattr(page.head, name) for name in ("id", "process_id", "name", "state", "based_on", "is_stale")}
    of_page = {name: getattr(page, name) for name in ("errors", "reason", "legal_basis", "effective_on")}
    lists = {
        "concerned": [ConcernedOut.model_validate(one) for one in page.concerned],
        "approvals": [ApprovalOut.model_validate(one) for one in page.approvals],
        "changes": [change.sentence for change in page.compared.comparison.changes],
    }
    return DraftOut.model_validate({**of_head, **of_page, **lists})


@endpoint(f"GET {DRAFT}/contents", scope=READ, gives=FilesOut)
def list_process_draft_files(who: Actor, draft_id: UUID) -> FilesOut:
    """List the files that the process uses or the draft has changed."""
    return FilesOut(items=[FileRowOut.model_validate(row) for row in draft_files(who, draft_id)])


@endpoint(f"GET {DRAFT}/content", scope=READ, chosen=FileChoice, gives=FileOut)
def read_process_draft_file(who: Actor, draft_id: UUID, chosen: FileChoice) -> FileOut:
    """Read one file as the draft has it, else as it is released."""
    found = draft_file(who, draft_id, file_kind(chosen.kind), chosen.key)
    try:
        content = found.content.decode()
    except UnicodeDecodeError:
        wrong = message("The file is no text in UTF-8.")
        raise InvalidError(wrong, {"key": [wrong]}) from None
    return FileOut(
        kind=chosen.kind, key=chosen.key, content=content, revision=found.revision, is_changed=found.is_changed
    )


@endpoint(f"PUT {DRAFT}/content", scope=WRITE, body=FileIn, gives=RevisionOut)
def save_process_draft_file(who: Actor, draft_id: UUID, body: FileIn) -> RevisionOut:
    """Save one file, good or bad. What is wrong with it is told by the findings."""
    revision = save_draft_file(
        who,
        process_draft_id=draft_id,
        kind=file_kind(body.kind),
        key=body.key,
        content=in_utf8(body.content),
        revision=body.revision,
    )
    return RevisionOut(revision=revision)


@endpoint(f"GET {DRAFT}/findings", scope=READ, gives=FaultsOut)
def list_process_draft_findings(who: Actor, draft_id: UUID) -> FaultsOut:
    """Say what is wrong with what the draft has changed."""
    return FaultsOut(items=[FaultOut.model_validate(fault) for fault in draft_findings(who, draft_id)])


@endpoint(f"POST {DRAFT}/submission", scope=WRITE, body=SubmissionIn)
def submit_draft_of_process(who: Actor, draft_id: UUID, body: SubmissionIn) -> Nothing:
    """Ask somebody else to approve it. Nobody changes it until they have decided."""
    submit_process_draft(who, process_draft_id=draft_id, **body.model_dump())
    return NOTHING


@endpoint(f"POST {DRAFT}/approval", scope=WRITE, body=CommentIn, gives=ApprovedOut)
def approve_draft_of_process(who: Actor, draft_id: UUID, body: CommentIn) -> ApprovedOut:
    """Approve it. Only a person can, and nobody who has changed it (403)."""
    return ApprovedOut(is_enough=approve_process_draft(who, process_draft_id=draft_id, comment=body.comment))


@endpoint(f"POST {DRAFT}/return", scope=WRITE, body=ReasonIn)
def return_draft_of_process(who: Actor, draft_id: UUID, body: ReasonIn) -> Nothing:
    """Send it back to those who made it. Only a person can (403)."""
    return_process_draft(who, process_draft_id=draft_id, reason=body.reason)
    return NOTHING


@endpoint(f"POST {DRAFT}/rebase", scope=WRITE)
def rebase_draft_of_process(who: Actor, draft_id: UUID) -> Nothing:
    """Lay it over what was released meanwhile: its own changed files stay, all others are the new ones."""
    rebase_process_draft(who, process_draft_id=draft_id)
    return NOTHING


@endpoint(f"POST {DRAFT}/discarding", scope=WRITE, body=ReasonIn)
def discard_draft_of_process(who: Actor, draft_id: UUID, body: ReasonIn) -> Nothing:
    """Put it aside for good."""
    discard_process_draft(who, process_draft_id=draft_id, reason=body.reason)
    return NOTHING


@endpoint(f"POST {DRAFT}/release", scope=WRITE, gives=ReleasesOut)
def release_draft_of_process(who: Actor, draft_id: UUID) -> ReleasesOut:
    """Release what was approved. Its scenarios are run first, and one that fails keeps it from being released (422)."""
    done = release_process_draft(who, process_draft_id=draft_id, scenario_failures=scenario_failures)
    return ReleasesOut(items=[ReleasedOut.model_validate(one) for one in done])


@endpoint(
    "POST /processes/<process_id>/versions/<int:version>/reinstatement", scope=WRITE, body=ReasonIn, gives=ReleasesOut
)
def go_back_to_process_version(who: Actor, process_id: str, version: int, body: ReasonIn) -> ReleasesOut:
    """Go back to an earlier version, with everything that it used. Running instances stay where they are.

    Where a deadline of the law is lost or counts longer by it, a team leader must agree first.
    """
    done = go_back_to_version(who, process_id=process_id, version=version, reason=body.reason)
    return ReleasesOut(items=[ReleasedOut.model_validate(one) for one in done.versions], waits_for=done.waits_for)


@endpoint("POST /processes/<process_id>/retirement", scope=WRITE, body=ReasonIn, gives=ReleasesOut)
def retire_one_process(who: Actor, process_id: str, body: ReasonIn) -> ReleasesOut:
    """Ask that no new instance of a process is started. Somebody else must agree; what runs goes on to its end."""
    return ReleasesOut(items=[], waits_for=retire_process(who, process_id=process_id, reason=body.reason))


@endpoint("GET /processes/<process_id>/history", scope=READ, gives=HistoryOut)
def read_process_history(who: Actor, process_id: str) -> HistoryOut:
    """Read who did what with a process and its drafts, and why."""
    return HistoryOut(items=[HistoryRowOut.model_validate(row) for row in process_history(who, process_id)])
