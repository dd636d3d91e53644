"""Lays files from elsewhere into a process draft: from another municipality, another modelling tool, or version control."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import transaction
from casework.errors import ConflictError
from casework.i18n import message
from casework.model import ArtifactKind, ProcessDraftFile
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.locking import lock_changeable
from casework.operations.process_drafts.save_draft_file import keep_file
from casework.studio import workspace_of
from casework.studio.incoming import read_upload

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from casework.model import Actor
    from casework.studio import FileKey, Folder
    from casework.studio.incoming import Incoming


def import_draft_files(
    actor: Actor, *, process_draft_id: UUID, process_id: str, files: Iterable[tuple[str, bytes]]
) -> list[FileKey]:
    """Keep each file of an upload (name and content; a zip counts as what is in it), over what the draft had. Owners only.

    All or none: refuses (InvalidError, LimitError) with one sentence the first that is no diagram, decision, form or scenario.
    """
    require_owner(actor)
    return lay_into(actor, process_draft_id, read_upload(files, process_id))


def lay_into(actor: Actor, process_draft_id: UUID, incoming: Iterable[Incoming]) -> list[FileKey]:
    """Keep what was read of an upload; all or none."""
    at = clock.now()
    with transaction() as session:
        draft = lock_changeable(session, process_draft_id)
        if draft.is_held_by_another(actor.id, at):
            raise ConflictError(message("{name} is changing this process draft just now.", name=draft.held_by))
        space = workspace_of(session, process_draft_id)
        kept = [_in_its_place(one, space.folder, draft.process_id) for one in incoming]
        of_draft = ProcessDraftFile.process_draft_id == draft.id
        for one in kept:
            same = ProcessDraftFile.kind == one.kind, ProcessDraftFile.key == one.key
            revision = session.scalar(select(ProcessDraftFile.revision).where(of_draft, *same)) or 0
            file = one.kind, one.key, one.content
            keep_file(session, draft, file, revision, by=(actor, at), released=space.released)
        return [(one.kind, one.key) for one in kept]


def _in_its_place(one: Incoming, folder: Folder, process_id: str) -> Incoming:
    """A decision file over the one of that name, scenarios beside the diagram of the process."""
    if one.kind is ArtifactKind.SCENARIO:
        beside = PurePosixPath(folder.name(ArtifactKind.DIAGRAM, process_id)).parent
        return replace(one, key=str(beside / "scenarios.yaml"))
    if one.kind is ArtifactKind.DECISION:
        name = PurePosixPath(one.key).name
        same = [key for key in folder.decisions if PurePosixPath(key).name == name]
        return replace(one, key=same[0]) if len(same) == 1 else one
    return one
