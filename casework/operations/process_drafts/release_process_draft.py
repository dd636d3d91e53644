"""Releases an approved process draft: new versions of every process that uses a file which it changes.

What takes long (lint, scenarios, compiling) is done before the transaction, which only makes sure that nothing has changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework import clock
from casework.calendar import day_of
from casework.database import read, transaction
from casework.errors import ConflictError, InvalidError, NotFoundError
from casework.i18n import message
from casework.model import ProcessDraft, ProcessDraftState
from casework.model.process_rights import require_owner
from casework.model.words import state_words
from casework.operations.process_drafts.locking import lock_draft
from casework.operations.process_drafts.submit_process_draft import refuse_another, refuse_stale
from casework.operations.process_history import lock_processes
from casework.operations.releasing import Releasing, released_version
from casework.studio import bundles, refuse_errors, workspace_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.model import Actor
    from casework.studio import Bundle, Workspace

    #: Runs the scenarios of a workspace; a sentence for each that does not come out as it says.
    ScenarioFailures = Callable[[Workspace], Sequence[Message]]


@dataclass(frozen=True)
class ReleasedVersion:
    """A version that is the released one now."""

    process_id: str
    version: int


def release_process_draft(
    actor: Actor, *, process_draft_id: UUID, scenario_failures: ScenarioFailures
) -> list[ReleasedVersion]:
    """Release it now: new instances start on the new versions, running ones stay where they are. Owners only.

    Refuses (InvalidError) errors and scenarios that fail, field by field; (ConflictError) a draft that is not approved, whose
    day is ahead, or under which something else was released.
    """
    require_owner(actor)
    with read() as session:
        draft = session.get(ProcessDraft, process_draft_id)
        if draft is None:
            raise NotFoundError(message("There is no such process draft."))
        _refuse_unready(draft)
        space = workspace_of(session, process_draft_id)
    refuse_stale(space)
    refuse_errors(space)
    _refuse_failures(scenario_failures(space))
    return _release(actor, process_draft_id, space, bundles(space.folder, space.used_by))


def _release(actor: Actor, process_draft_id: UUID, space: Workspace, made: list[Bundle]) -> list[ReleasedVersion]:
    at = clock.now()
    with transaction() as session:
        draft = lock_draft(session, process_draft_id)
        lock_processes(session)
        _refuse_unready(draft)
        refuse_another(space, workspace_of(session, process_draft_id))
        details = {
            "draft_of": draft.process_id,
            "reason": draft.reason,
            "legal_basis": draft.legal_basis,
            "approved_by": list(dict.fromkeys(one["name"] for one in draft.approvals)),
        }
        releasing = Releasing(session, actor, at, draft.id, details)
        versions = [version for bundle in made for version, is_new in [releasing.release(bundle)] if is_new]
        draft.release(_main(session, draft), at)
        return [ReleasedVersion(version.process_id, version.version) for version in versions]


def _main(session: Session, draft: ProcessDraft) -> UUID:
    version = released_version(session, draft.process_id)
    if version is None:
        raise ConflictError(message("The process draft holds no diagram of its own process."))
    return version.id


def _refuse_unready(draft: ProcessDraft) -> None:
    if draft.state is not ProcessDraftState.APPROVED:
        raise ConflictError(message("The process draft is {state}, not approved.", state=state_words(draft.state)))
    if draft.effective_on is not None and draft.effective_on > day_of(clock.now()):
        raise ConflictError(message("It is released by itself on {day}.", day=draft.effective_on))


def _refuse_failures(failures: Sequence[Message]) -> None:
    if failures:
        sentence = message("The draft was not released, because of its scenarios.")
        raise InvalidError(sentence, {"scenarios": list(failures)})
