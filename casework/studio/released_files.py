"""The released state as a folder: of each process the version that new instances start on, with everything that it pins."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from casework.engine.drawing import executable_in
from casework.model import Artifact, ArtifactKind, PinnedArtifact, ProcessVersion, ProcessVersionState, Unit
from casework.studio.files import Folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.studio.files import FileKey

#: Some hundred files of some ten kB: what is released now, and a little of what was.
KEPT = 600

_contents: OrderedDict[UUID, bytes] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class _Pin:
    """A file of released versions. Where several versions of a file are in use, the greatest rank counts."""

    artifact_id: UUID
    kind: ArtifactKind
    key: str
    path: str
    rank: tuple[int, int]


def released_folder(session: Session, *, first: str = "") -> Folder:
    """Every released file once. A process that lies in no folder any more may use an older one: the newest counts.

    What the process `first` uses counts before that.
    """
    chosen: dict[FileKey, _Pin] = {}
    for pin in _pins(session, first):
        known = chosen.get((pin.kind, pin.key))
        if known is None or pin.rank > known.rank:
            chosen[pin.kind, pin.key] = pin
    contents = _read(session, [pin.artifact_id for pin in chosen.values()])
    return _folder(chosen.values(), contents)


def active_lanes(session: Session) -> frozenset[str]:
    """Those that an active unit answers for: in any other lane, a task would lie in nobody's inbox."""
    found = session.scalars(select(Unit.lane).where(Unit.lane.is_not(None), Unit.is_active))
    return frozenset(lane for lane in found if lane)


def _pins(session: Session, first: str) -> list[_Pin]:
    """Each file once, however many versions pin it. The diagram of a released process is its own, whoever pins another."""
    is_first, is_main = (
        case((ProcessVersion.process_id == first, 2), else_=0),
        case((PinnedArtifact.is_main, 1), else_=0),
    )
    rows: Any = session.execute(
        select(
            Artifact.id,
            Artifact.kind,
            Artifact.key,
            Artifact.path,
            Artifact.version,
            func.max(is_first + is_main).label("weight"),
        )
        .join(PinnedArtifact, PinnedArtifact.artifact_id == Artifact.id)
        .join(ProcessVersion, ProcessVersion.id == PinnedArtifact.process_version_id)
        .where(ProcessVersion.state == ProcessVersionState.RELEASED)
        .group_by(Artifact.id)
    )
    return [_Pin(row.id, row.kind, row.key, row.path, (row.weight, row.version)) for row in rows]


def _folder(pins: Iterable[_Pin], contents: dict[UUID, bytes]) -> Folder:
    folder = Folder({}, {}, {}, {})
    for pin in sorted(pins, key=lambda pin: pin.path or pin.key):
        content = contents[pin.artifact_id]
        match pin.kind:
            case ArtifactKind.DIAGRAM:
                name = pin.path or folder.name(pin.kind, pin.key)
                folder.diagrams[name] = content
                folder.processes.update(dict.fromkeys((pin.key, *executable_in(name, content)), name))
            case ArtifactKind.DECISION:
                folder.decisions[pin.key] = content
            case ArtifactKind.FORM:
                folder.forms[pin.key] = content
                folder.form_names[pin.key] = pin.path or f"{pin.key}.form"
            case ArtifactKind.SCENARIO:
                folder.scenarios[pin.key] = content
    return folder


def _read(session: Session, ids: list[UUID]) -> dict[UUID, bytes]:
    """Contents never change, so they are kept."""
    with _lock:
        found = {one: _contents[one] for one in ids if one in _contents}
    missing = [one for one in ids if one not in found]
    if missing:
        rows = session.execute(select(Artifact.id, Artifact.content).where(Artifact.id.in_(missing)))
        found.update({row.id: row.content for row in rows})
        with _lock:
            _contents.update({one: found[one] for one in missing})
            while len(_contents) > KEPT:
                _contents.popitem(last=False)
    return found
