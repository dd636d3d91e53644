"""A process owner begins a process that was not there before: a draft with a skeleton that can be tried at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, InvalidError
from casework.i18n import message
from casework.model import ProcessDraft
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.reasons import said
from casework.operations.process_drafts.skeleton_files import is_known, keep_skeleton
from casework.operations.process_history import lock_processes, note

if TYPE_CHECKING:
    from uuid import UUID

    from casework.i18n import Message
    from casework.model import Actor

#: As ids of processes are: they stand in addresses, in other diagrams and in file names.
_ID = re.compile(r"[a-z][a-z0-9_]{2,59}")
_LONGEST_NAME = 100


def start_new_process(actor: Actor, *, process_id: str, name: str, name_en: str = "", lane: str = "") -> UUID:
    """Give the id of the draft: a start, a task with a form of its own, an end. Owners only.

    `lane` is the one of a unit; without it the first that there is. Refuses (InvalidError) a bad id, name or lane, and
    (ConflictError) an id that a process or an open draft has already.
    """
    require_owner(actor)
    if not _ID.fullmatch(process_id):
        raise _wrong(
            "process_id", message("An id has 3 to 60 small letters a–z, digits and underscores, a letter first.")
        )
    names = said(name=name)["name"][:_LONGEST_NAME], name_en.strip()[:_LONGEST_NAME]
    at = clock.now()
    with transaction() as session:
        lock_processes(session)
        if is_known(session, process_id):
            raise ConflictError(message("There is already a process with the id {id}.", id=process_id))
        draft = ProcessDraft(
            process_id=process_id,
            name=names[0],
            name_en=names[1] or names[0],
            created_at=at,
            created_by_id=actor.id,
            created_by=actor.name,
            authors=[],
        )
        session.add(draft)
        session.flush()
        note(session, process_id, "process_draft_started", actor, at, process_draft_id=draft.id, version=None)
        keep_skeleton(session, draft, process_id, names, lane, by=(actor, at))
        return draft.id


def _wrong(name: str, sentence: Message) -> InvalidError:
    return InvalidError(sentence, {name: [sentence]})
