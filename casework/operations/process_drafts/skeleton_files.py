"""The files of a process that was not there before, whether it gets a draft of its own or is called from one that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.errors import InvalidError
from casework.i18n import message
from casework.layout import layout
from casework.model import ArtifactKind, ProcessDraft, ProcessDraftFile, ProcessVersion, Unit
from casework.model.process_draft import OPEN
from casework.operations.process_drafts.save_draft_file import keep_file
from casework.studio import released_folder
from casework.studio.lanes import drawn_lanes
from casework.studio.skeleton import next_form_key, skeleton_diagram, skeleton_form

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from casework.model import Actor


def keep_skeleton(
    session: Session,
    draft: ProcessDraft,
    process_id: str,
    names: tuple[str, str],
    lane: str,
    *,
    by: tuple[Actor, datetime],
) -> str:
    """Keep a diagram and its form in a draft that is locked, with processes locked; gives the key of the form.

    `names` in Danish and English; `lane` is the one of a unit, without it the first that there is (InvalidError: none).
    """
    form = next_form_key(_form_keys(session))
    diagram = layout(skeleton_diagram(process_id, names, _lane(session, lane), form))
    for file in (ArtifactKind.DIAGRAM, process_id, diagram), (ArtifactKind.FORM, form, skeleton_form(form, names)):
        keep_file(session, draft, file, 0, by=by)
    return form


def is_known(session: Session, process_id: str) -> bool:
    """Whether a process has the id, or an open draft makes one with it."""
    of_version = select(ProcessVersion.id).where(ProcessVersion.process_id == process_id)
    of_draft = select(ProcessDraft.id).where(ProcessDraft.process_id == process_id, ProcessDraft.state.in_(OPEN))
    return any(session.scalar(query.limit(1)) for query in (of_version, of_draft)) or process_id in _drafted(
        session, ArtifactKind.DIAGRAM
    )


def _form_keys(session: Session) -> set[str]:
    return {*released_folder(session).forms, *_drafted(session, ArtifactKind.FORM)}


def _drafted(session: Session, kind: ArtifactKind) -> set[str]:
    """The keys of files in open drafts."""
    query = select(ProcessDraftFile.key).join(ProcessDraft, ProcessDraft.id == ProcessDraftFile.process_draft_id)
    return set(session.scalars(query.where(ProcessDraft.state.in_(OPEN), ProcessDraftFile.kind == kind)))


def _lane(session: Session, lane: str) -> tuple[str, str, str]:
    """Key and names of the lane: as it is drawn elsewhere, else those of the unit that answers for it."""
    lanes = select(Unit.lane, Unit.name, Unit.name_en).where(Unit.lane.is_not(None), Unit.is_active)
    rows = session.execute(lanes.order_by(Unit.lane, Unit.id)).all()
    found = next((row for row in rows if row.lane == lane or not lane), None)
    if found is None:
        sentence = message("No unit answers for this lane.")
        raise InvalidError(sentence, {"lane": [sentence]})
    return found.lane, *drawn_lanes(released_folder(session)).get(found.lane, (found.name, found.name_en))
