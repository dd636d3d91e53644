"""The files of a process draft: those that its process uses, as drafted or as released, and whatever else it has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from casework import decisions, forms
from casework.database import read
from casework.engine.drawing import drawn
from casework.errors import CaseworkError, NotFoundError
from casework.forms.words import words
from casework.i18n import message
from casework.model import ArtifactKind
from casework.model.process_rights import require_sight
from casework.studio import workspace_of
from casework.studio.bundles import all_uses

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from casework.forms.words import Words
    from casework.model import Actor
    from casework.studio import Folder, Workspace


@dataclass(frozen=True)
class DraftFileRow:
    """`used_by` are the ids of all processes that would get a new version with it; `saved_at` is None where it is as released."""

    kind: ArtifactKind
    key: str
    name: Words
    path: str
    is_changed: bool
    is_new: bool
    is_stale: bool
    revision: int
    saved_at: datetime | None
    saved_by: str
    used_by: tuple[str, ...]


class DraftFileContent(NamedTuple):
    """What an editor opens; `revision` is 0 where the draft has not changed it."""

    content: bytes
    revision: int
    is_changed: bool


def draft_files(actor: Actor, process_draft_id: UUID) -> list[DraftFileRow]:
    """All of them: the process's own diagram first, then by kind and key. Refuses who may not see drafts."""
    require_sight(actor)
    with read() as session:
        space = workspace_of(session, process_draft_id)
    return file_rows(space)


def draft_file(actor: Actor, process_draft_id: UUID, kind: ArtifactKind, key: str) -> DraftFileContent:
    """One file as the draft has it, else as it is released. Refuses (NotFoundError) what is neither."""
    require_sight(actor)
    with read() as session:
        space = workspace_of(session, process_draft_id)
    kept = next((file for file in space.files if (file.kind, file.key) == (kind, key)), None)
    content = kept.content if kept else space.folder.content(kind, key)
    if content is None:
        raise NotFoundError(message("There is no such file."))
    return DraftFileContent(content, kept.revision if kept else 0, (kind, key) in space.changed)


def file_rows(space: Workspace) -> list[DraftFileRow]:
    """The rows of a workspace that has been read."""
    using = all_uses(space.folder)
    kept = {(file.kind, file.key): file for file in space.files}
    shown = using.get(space.process_id, set()) | kept.keys()
    own = (ArtifactKind.DIAGRAM, space.process_id)
    order = list(ArtifactKind)
    rows = []
    for kind, key in sorted(shown, key=lambda one: (one != own, order.index(one[0]), one[1])):
        if space.folder.content(kind, key) is None:
            continue  # a diagram may name a form that is not there: that is a finding
        file = kept.get((kind, key))
        rows.append(
            DraftFileRow(
                kind=kind,
                key=key,
                name=file_name(space.folder, kind, key),
                path=space.folder.path(kind, key),
                is_changed=(kind, key) in space.changed,
                is_new=space.released.content(kind, key) is None,
                is_stale=file is not None and file.is_stale,
                revision=file.revision if file else 0,
                saved_at=file.saved_at if file else None,
                saved_by=file.saved_by if file else "",
                used_by=tuple(sorted(process_id for process_id, used in using.items() if (kind, key) in used)),
            )
        )
    return rows


def file_name(folder: Folder, kind: ArtifactKind, key: str) -> Words:
    """What people call the file; its key where it says nothing or cannot be read."""
    content = folder.content(kind, key) or b""
    try:
        match kind:
            case ArtifactKind.DIAGRAM:
                process = drawn(folder.name(kind, key), content).processes.get(key)
                return words(process.name or key, process.name_en) if process else words(key, key)
            case ArtifactKind.FORM:
                return forms.parse(content).title or words(key, key)
            case ArtifactKind.DECISION:
                found = decisions.parse(content)
                name = found.name or next(iter(found.decisions.values())).name
                return words(name, name)
    except (CaseworkError, StopIteration):
        pass
    return words(key, key)
