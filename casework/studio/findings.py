"""The findings of a workspace: of what the draft changes while it is drawn, of everything before it is released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.errors import InvalidError
from casework.i18n import message
from casework.model import ArtifactKind
from casework.studio.bundles import all_uses
from casework.studio.checking import faults
from casework.studio.fault import Fault
from casework.studio.statutory import statutory_faults

if TYPE_CHECKING:
    from casework.i18n import Message
    from casework.studio.files import FileKey
    from casework.studio.workspace import Workspace

_ORDER = ("error", "approval", "warning")


def changed_findings(space: Workspace, kind: ArtifactKind | None = None, key: str | None = None) -> list[Fault]:
    """In one file, or in all that the draft has changed; errors first. Cheap: the other files are not linted anew."""
    only = space.changed if kind is None or key is None else frozenset({(kind, key)})
    of_law = statutory_faults(space.released, space.folder, only)
    return _sorted([*faults(space.folder, space.known, only), *of_law, *_unused(space, only)])


def all_findings(space: Workspace) -> list[Fault]:
    """In every file, also in those that break because another one has changed; so releasing asks. Takes some seconds."""
    everywhere = faults(space.folder, space.known)
    mine = [fault for fault in everywhere if fault.severity == "error" or (fault.kind, fault.key) in space.changed]
    of_law = statutory_faults(space.released, space.folder, space.changed)
    return _sorted([*mine, *of_law, *_unused(space, space.changed)])


def _unused(space: Workspace, only: frozenset[FileKey]) -> list[Fault]:
    """A form or decision that no step uses is not released."""
    kinds = {ArtifactKind.FORM: message("form file"), ArtifactKind.DECISION: message("decision file")}
    looked_at = {file for file in only & space.changed if file[0] in kinds}
    used = {file for files in all_uses(space.folder).values() for file in files} if looked_at else set()
    mend = message("Choose it at a step, or take it back.")
    return [
        Fault(
            kind,
            key,
            "",
            "unused",
            "warning",
            message("No step uses this {kind}, so it is not released.", kind=kinds[kind]),
            mend,
        )
        for kind, key in sorted(looked_at - used)
    ]


def needs_leader(space: Workspace) -> bool:
    """Whether a deadline of the law is lost or counts longer."""
    return bool(statutory_faults(space.released, space.folder, space.changed))


def refuse_errors(space: Workspace) -> None:
    """Refuse (InvalidError; `fields` maps `file:element` to what is wrong) what must be mended first."""
    found: dict[str, list[Message]] = {}
    for fault in all_findings(space):
        if fault.severity == "error":
            found.setdefault(f"{space.folder.path(fault.kind, fault.key)}:{fault.element}", []).append(fault.message)
    if found:
        said = message("1 error must be mended first.") if len(found) == 1 else None
        raise InvalidError(said or message("{count} errors must be mended first.", count=len(found)), found)


def _sorted(found: list[Fault]) -> list[Fault]:
    return sorted(found, key=lambda fault: _ORDER.index(fault.severity))
