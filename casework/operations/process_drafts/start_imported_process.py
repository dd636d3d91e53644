"""A process owner begins with files from elsewhere: a draft of the process that is in them, whatever tool has drawn it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.engine.drawing import drawn
from casework.errors import InvalidError
from casework.forms.words import words
from casework.i18n import message
from casework.model import ArtifactKind, ProcessDraft, ProcessVersion
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.import_draft_files import lay_into
from casework.operations.process_drafts.start_process_draft import open_draft, start_process_draft
from casework.operations.process_history import lock_processes, note
from casework.studio.incoming import read_upload

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.studio.incoming import Incoming


def start_imported_process(actor: Actor, *, files: Sequence[tuple[str, bytes]]) -> UUID:
    """Give the id of the draft: of the process that no other diagram of the upload calls; a known one is changed. Owners only.

    Refuses (InvalidError, LimitError) with one sentence what is no diagram, decision, form or scenario, and an upload without a
    diagram. What is wrong inside of the files is told by the findings of the draft.
    """
    require_owner(actor)
    incoming = read_upload(files, "import")
    main = _main([one for one in incoming if one.kind is ArtifactKind.DIAGRAM])
    draft = _draft(actor, main)
    lay_into(actor, draft, [one.beside(main.key) for one in incoming])
    return draft


def _main(diagrams: list[Incoming]) -> Incoming:
    if not diagrams:
        wrong = message("There is no diagram among the files.")
        raise InvalidError(wrong, {"files": [wrong]})
    called = {e.called_element for one in diagrams for e in drawn(one.key, one.content).elements.values()}
    return next((one for one in diagrams if one.key not in called), diagrams[0])


def _draft(actor: Actor, main: Incoming) -> UUID:
    """A transaction of its own: whoever saves in a draft locks the draft first, and the processes after it."""
    with transaction() as session:
        lock_processes(session)
        if (known := open_draft(session, main.key)) is not None:
            return known
        version = select(ProcessVersion.id).where(ProcessVersion.process_id == main.key).limit(1)
        if session.scalar(version) is None:
            return _begin(session, actor, main)
    return start_process_draft(actor, process_id=main.key)


def _begin(session: Session, actor: Actor, main: Incoming) -> UUID:
    process = drawn(main.key, main.content).processes.get(main.key)
    name = words(process.name if process else main.key, process.name_en if process else "")
    at = clock.now()
    draft = ProcessDraft(
        process_id=main.key,
        name=name.text("da") or main.key,
        name_en=name.text("en") or main.key,
        created_at=at,
        created_by_id=actor.id,
        created_by=actor.name,
        authors=[],
    )
    session.add(draft)
    session.flush()
    note(session, main.key, "process_draft_started", actor, at, process_draft_id=draft.id, version=None)
    return draft.id
