"""Saves a file of a process draft, good or bad: what is wrong with it is said by its findings and keeps it from being released.

Nothing of it is executed, and nothing is read but the bytes themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casework import clock
from casework.database import transaction
from casework.engine import processes_in
from casework.errors import CaseworkError, ConflictError, InvalidError, LimitError
from casework.i18n import message
from casework.model import ArtifactKind, ProcessDraftFile
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.hold_process_draft import HELD_FOR
from casework.operations.process_drafts.locking import lock_changeable
from casework.operations.process_history import note
from casework.studio import released_folder
from casework.studio.limits import refuse_unreadably_large
from casework.studio.workspace import checksum_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor, ProcessDraft
    from casework.studio import FileKey, Folder

#: How many files one draft may change.
MOST_FILES = 200
#: What a key may be: an id, or below a folder the name of a decision or scenario file. Never a way out of the folder.
KEYS = {
    ArtifactKind.DIAGRAM: re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,79}"),
    ArtifactKind.FORM: re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,79}"),
    ArtifactKind.DECISION: re.compile(r"([A-Za-z0-9_][A-Za-z0-9_-]{0,79}/)?[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}\.dmn"),
    ArtifactKind.SCENARIO: re.compile(r"([A-Za-z0-9_][A-Za-z0-9_-]{0,79}/)?[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}\.yaml"),
}


def save_draft_file(
    actor: Actor, *, process_draft_id: UUID, kind: ArtifactKind, key: str, content: bytes, revision: int
) -> int:
    """Keep `content` as the next revision of the file and give its number. Owners only.

    `revision` is the one that was changed (0: the released file, or none). Refuses (ConflictError) when a newer one was
    saved, when somebody else has the draft open, and when it is not a draft any more; (LimitError) more than 2 MB.
    """
    require_owner(actor)
    _refuse_bad_name(kind, key)
    refuse_unreadably_large(kind, content)
    at = clock.now()
    with transaction() as session:
        draft = lock_changeable(session, process_draft_id)
        if draft.is_held_by_another(actor.id, at):
            raise ConflictError(message("{name} is changing this process draft just now.", name=draft.held_by))
        draft.hold(actor.id, actor.name, at + HELD_FOR)
        return keep_file(session, draft, (kind, key, content), revision, by=(actor, at))


def keep_file(
    session: Session,
    draft: ProcessDraft,
    file: tuple[ArtifactKind, str, bytes],
    revision: int,
    *,
    by: tuple[Actor, datetime],
    released: Folder | None = None,
) -> int:
    """The same, in a draft that is locked. `released`: what is released, where somebody has read it already."""
    kind, key, content = file
    actor, at = by
    kept = session.get(ProcessDraftFile, (draft.id, kind, key))
    if (kept.revision if kept else 0) != revision:
        raise ConflictError(
            message("Somebody has saved this file since you opened it."), {"revision": kept.revision if kept else 0}
        )
    if kept is None:
        kept = _first(session, draft, (kind, key), released or released_folder(session, first=draft.process_id), by=by)
    kept.content, kept.revision = content, revision + 1
    kept.saved_at, kept.saved_by_id, kept.saved_by = at, actor.id, actor.name
    session.add(kept)
    if str(actor.id) not in draft.authors:
        draft.authors = [*draft.authors, str(actor.id)]
    if (kind, key) == (ArtifactKind.DIAGRAM, draft.process_id):
        _take_name(draft, content)
    return kept.revision


def _first(
    session: Session, draft: ProcessDraft, file: FileKey, released: Folder, *, by: tuple[Actor, datetime]
) -> ProcessDraftFile:
    """A file that the draft had not changed before."""
    kind, key = file
    count = session.query(ProcessDraftFile).filter_by(process_draft_id=draft.id).count()
    if count >= MOST_FILES:
        raise LimitError(message("A process draft changes at most {most} files.", most=MOST_FILES))
    base = checksum_of(released.content(kind, key))
    actor, at = by
    words = {"file": key, "file_kind": kind.value}
    note(session, draft.process_id, "process_draft_file_changed", actor, at, process_draft_id=draft.id, **words)
    return ProcessDraftFile(process_draft_id=draft.id, kind=kind, key=key, base_checksum=base)


def _take_name(draft: ProcessDraft, content: bytes) -> None:
    try:
        process = processes_in(content).get(draft.process_id)
    except CaseworkError:
        return
    if process is not None:
        draft.name = process.name or draft.name
        draft.name_en = process.name_en or draft.name_en


def _refuse_bad_name(kind: ArtifactKind, key: str) -> None:
    if not KEYS[kind].fullmatch(key):
        sentence = message("»{name}« is no name for such a file.", name=key[:80])
        raise InvalidError(sentence, {"key": [sentence]})
