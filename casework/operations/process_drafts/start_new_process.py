"""A process owner begins a process that was not there before: a draft with a skeleton that can be tried at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError, InvalidError
from casework.i18n import message
from casework.layout import layout
from casework.model import ArtifactKind, ProcessDraft, ProcessDraftFile, ProcessVersion, Unit
from casework.model.process_draft import OPEN
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.reasons import said
from casework.operations.process_drafts.save_draft_file import keep_file
from casework.operations.process_history import lock_processes, note
from casework.studio import released_folder
from casework.studio.lanes import drawn_lanes
from casework.studio.skeleton import next_form_key, skeleton_diagram, skeleton_form

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

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
        _refuse_known(session, process_id)
        form = next_form_key(_form_keys(session))
        diagram = layout(skeleton_diagram(process_id, names, _lane(session, lane), form))
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
        files = (ArtifactKind.DIAGRAM, process_id, diagram), (ArtifactKind.FORM, form, skeleton_form(form, names))
        for file in files:
            keep_file(session, draft, file, 0, by=(actor, at))
        return draft.id


def _refuse_known(session: Session, process_id: str) -> None:
    known = session.scalar(select(ProcessVersion.id).where(ProcessVersion.process_id == process_id).limit(1))
    drafted = session.scalar(
        select(ProcessDraft.id).where(ProcessDraft.process_id == process_id, ProcessDraft.state.in_(OPEN)).limit(1)
    )
    if known or drafted:
        raise ConflictError(message("There is already a process with the id {id}.", id=process_id))


def _form_keys(session: Session) -> set[str]:
    """Those that are released, and those of open drafts."""
    of_open = ProcessDraft.id == ProcessDraftFile.process_draft_id, ProcessDraft.state.in_(OPEN)
    drafted = session.scalars(
        select(ProcessDraftFile.key)
        .join(ProcessDraft, of_open[0])
        .where(of_open[1], ProcessDraftFile.kind == ArtifactKind.FORM)
    )
    return {*released_folder(session).forms, *drafted}


def _lane(session: Session, lane: str) -> tuple[str, str, str]:
    """Key and names of the lane: as it is drawn elsewhere, else those of the unit that answers for it."""
    lanes = select(Unit.lane, Unit.name, Unit.name_en).where(Unit.lane.is_not(None), Unit.is_active)
    rows = session.execute(lanes.order_by(Unit.lane, Unit.id)).all()
    found = next((row for row in rows if row.lane == lane or not lane), None)
    if found is None:
        raise _wrong("lane", message("No unit answers for this lane."))
    return found.lane, *drawn_lanes(released_folder(session)).get(found.lane, (found.name, found.name_en))


def _wrong(name: str, sentence: Message) -> InvalidError:
    return InvalidError(sentence, {name: [sentence]})
