"""A process is not started any more. What runs goes on to its end; going back to a version starts it again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from casework import clock
from casework.database import read, transaction
from casework.errors import InvalidError, NotFoundError
from casework.i18n import message
from casework.model import ProcessRequest, ProcessRequestKind
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.asking import ask
from casework.operations.process_drafts.reasons import said
from casework.operations.process_drafts.submit_process_draft import refuse_another
from casework.operations.process_history import lock_processes, note
from casework.operations.releasing import released_version
from casework.studio import faults, workspace_of
from casework.studio.statutory import has_statutory

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.studio import Folder, Workspace


def retire_process(actor: Actor, *, process_id: str, reason: str) -> str:
    """Ask for it: gives who must agree, `owner` or (where deadlines of the law stand in it) `leader`. Owners only.

    Refuses (NotFoundError) what is not released; (InvalidError) a process that another released one calls or sends messages to;
    (ConflictError) a second request.
    """
    require_owner(actor)
    texts = said(reason=reason)
    with read() as session:
        space = retirable(session, process_id)
    needs = "leader" if has_statutory(space.folder, process_id) else "owner"
    with transaction() as session:
        lock_processes(session)
        words = {"process_id": process_id, "needs": needs, **texts}
        ask(session, actor, clock.now(), ProcessRequest(kind=ProcessRequestKind.RETIRE, **words))
    return needs


def retirable(session: Session, process_id: str) -> Workspace:
    """What is released; refuses where the process is not, and where another needs it."""
    space = workspace_of(session, None)
    if released_version(session, process_id) is None:
        raise NotFoundError(message("There is no such process."))
    _refuse_needed(space, process_id)
    return space


def retire(session: Session, by: tuple[Actor, datetime], request: ProcessRequest, space: Workspace) -> None:
    """Do it, where all processes are locked. Refuses (ConflictError) where something was released since it was looked at."""
    refuse_another(space, workspace_of(session, None))
    version = released_version(session, request.process_id)
    if version is not None:
        version.retire()
        actor, at = by
        words: dict[str, Any] = {"version": version.version, "reason": request.reason, "asked_by": request.asked_by}
        note(session, request.process_id, "process_retired", actor, at, **words)


def _refuse_needed(space: Workspace, process_id: str) -> None:
    """What was fine before and is an error without it needs it."""
    without = _without(space.folder, process_id)
    before = {(fault.kind, fault.key, fault.element, fault.rule) for fault in faults(space.folder, space.known)}
    found = [
        fault
        for fault in faults(without, replace(space.known, processes=frozenset()))
        if fault.severity == "error" and (fault.kind, fault.key, fault.element, fault.rule) not in before
    ]
    if found:
        wrong = {f"{fault.key}:{fault.element}": [fault.message] for fault in found}
        raise InvalidError(message("Other processes need it: {why}", why=found[0].message), wrong)


def _without(folder: Folder, process_id: str) -> Folder:
    gone = folder.processes[process_id]
    return replace(
        folder,
        diagrams={name: content for name, content in folder.diagrams.items() if name != gone},
        processes={one: name for one, name in folder.processes.items() if name != gone},
    )
