"""The files of all released processes, or of a draft, as they would lie in a repository: `casework deploy` reads them again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.config import settings
from casework.database import read
from casework.model import ArtifactKind
from casework.model.process_rights import require_sight
from casework.studio import workspace_of
from casework.studio.bundles import uses

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from casework.model import Actor
    from casework.studio import File

#: The day of every file in an archive, so that the same files make the same archive.
_DAY = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class ExportedFile:
    """`path` begins with `processes/` or `forms/`."""

    path: str
    content: bytes


def exported_files(actor: Actor, process_draft_id: UUID | None = None) -> list[ExportedFile]:
    """Of one draft what its process uses and it has changed; else everything that is released, with laws and letters.

    Refuses who may not see drafts; service accounts need the scope `processes:read`.
    """
    require_sight(actor)
    with read() as session:
        space = workspace_of(session, process_draft_id)
    if process_draft_id is None:
        return sorted([*map(_exported, space.folder.files()), *_beside()], key=lambda file: file.path)
    wanted = space.changed | (
        uses(space.folder, space.process_id) if space.process_id in space.folder.processes else set()
    )
    chosen = (file for file in space.folder.files() if (file.kind, file.key) in wanted)
    return sorted(map(_exported, chosen), key=lambda file: file.path)


def zipped(files: Iterable[ExportedFile]) -> bytes:
    """One archive of them."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.path, _DAY), file.content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _exported(file: File) -> ExportedFile:
    folder = "forms" if file.kind is ArtifactKind.FORM else "processes"
    return ExportedFile(f"{folder}/{file.path}", file.content)


def _beside() -> list[ExportedFile]:
    """What diagrams name and only lies on the disk: the legal basis, and the letters."""
    place = settings().processes
    found = [place / "law.toml", *sorted((place / "letters").glob("*.toml"))]
    return [
        ExportedFile(f"processes/{path.relative_to(place).as_posix()}", path.read_bytes())
        for path in found
        if path.exists()
    ]
