"""The findings of a workspace: of what the draft changes while it is drawn, of everything before it is released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.errors import InvalidError
from casework.i18n import message
from casework.studio.checking import faults
from casework.studio.statutory import statutory_faults

if TYPE_CHECKING:
    from casework.i18n import Message
    from casework.model import ArtifactKind
    from casework.studio.fault import Fault
    from casework.studio.workspace import Workspace

_ORDER = ("error", "approval", "warning")


def changed_findings(space: Workspace, kind: ArtifactKind | None = None, key: str | None = None) -> list[Fault]:
    """In one file, or in all that the draft has changed; errors first. Cheap: the other files are not linted anew."""
    only = space.changed if kind is None or key is None else frozenset({(kind, key)})
    return _sorted([*faults(space.folder, space.known, only), *statutory_faults(space.released, space.folder, only)])


def all_findings(space: Workspace) -> list[Fault]:
    """In every file, also in those that break because another one has changed; so releasing asks. Takes some seconds."""
    everywhere = faults(space.folder, space.known)
    mine = [fault for fault in everywhere if fault.severity == "error" or (fault.kind, fault.key) in space.changed]
    return _sorted([*mine, *statutory_faults(space.released, space.folder, space.changed)])


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
