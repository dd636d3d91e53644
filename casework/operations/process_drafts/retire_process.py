"""A process is not started any more. What runs goes on to its end; going back to a version starts it again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casework import clock
from casework.database import read, transaction
from casework.errors import InvalidError, NotFoundError
from casework.i18n import message
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.reasons import said
from casework.operations.process_drafts.submit_process_draft import refuse_another
from casework.operations.process_history import lock_processes, note
from casework.operations.releasing import released_version
from casework.studio import faults, workspace_of

if TYPE_CHECKING:
    from casework.model import Actor
    from casework.studio import Folder, Workspace


def retire_process(actor: Actor, *, process_id: str, reason: str) -> None:
    """Owners only, with a reason. Refuses (InvalidError) a process that another released one calls or sends messages to."""
    require_owner(actor)
    texts = said(reason=reason)
    with read() as session:
        space = workspace_of(session, None)
        if released_version(session, process_id) is None:
            raise NotFoundError(message("There is no such process."))
    _refuse_needed(space, process_id)
    at = clock.now()
    with transaction() as session:
        lock_processes(session)
        refuse_another(space, workspace_of(session, None))
        version = released_version(session, process_id)
        if version is not None:
            version.retire()
            note(session, process_id, "process_retired", actor, at, version=version.version, reason=texts["reason"])


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
