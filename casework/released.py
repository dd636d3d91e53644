"""Released processes and forms as engine and pages read them: compiled once, kept by id, because a version never changes.

The one place that turns rows (`casework.model`) into what `casework.engine` and `casework.forms` work with; operations and
queries both start here. Deploying stands in `casework.operations.deploy_processes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy import select

from casework import engine, forms
from casework.model import Artifact, ArtifactKind, PinnedArtifact, ProcessVersion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

Made = TypeVar("Made")

#: A municipality has tens of processes; versions that still run add up to some hundreds.
KEPT = 512


@dataclass(frozen=True)
class Release:
    """A process version with everything it pins. `forms` gives the artifact of a form key, as `F02`."""

    id: UUID
    process_id: str
    version: int
    name: str
    name_en: str
    definition: engine.Definition
    forms: Mapping[str, UUID]


class _Shelf(Generic[Made]):
    """The last `KEPT` things made, by id. Two threads may make the same thing twice; both are equal."""

    def __init__(self) -> None:
        self._things: dict[UUID, Made] = {}
        self._lock = Lock()

    def take(self, id: UUID, make: Callable[[], Made]) -> Made:  # noqa: A002  it is an id
        """Give what is kept under `id`, or make it."""
        found = self._things.get(id)
        return found if found is not None else self._keep(id, make())

    def _keep(self, id: UUID, made: Made) -> Made:  # noqa: A002  it is an id
        with self._lock:
            while len(self._things) >= KEPT:
                self._things.pop(next(iter(self._things)))
            self._things[id] = made
        return made


_releases: _Shelf[Release] = _Shelf()
_forms: _Shelf[forms.Form] = _Shelf()


def release_of(session: Session, process_version_id: UUID) -> Release:
    """Give a process version, compiled, with all diagrams, decisions and forms that it pins. Shared by all threads."""
    return _releases.take(process_version_id, lambda: _read(session, process_version_id))


def definition_of(session: Session, process_version_id: UUID) -> engine.Definition:
    """Give the compiled definition of a process version."""
    return release_of(session, process_version_id).definition


def form_of(session: Session, artifact_id: UUID) -> forms.Form:
    """Give the form that a task or submission points at, as it was then. Shared by all threads."""
    return _forms.take(artifact_id, lambda: forms.parse(_content(session, artifact_id)))


def _read(session: Session, process_version_id: UUID) -> Release:
    pinned = session.execute(
        select(ProcessVersion, Artifact.id, Artifact.kind, Artifact.key, Artifact.content)
        .join(PinnedArtifact, PinnedArtifact.process_version_id == ProcessVersion.id)
        .join(Artifact, Artifact.id == PinnedArtifact.artifact_id)
        .where(ProcessVersion.id == process_version_id, Artifact.kind != ArtifactKind.SCENARIO)
        .order_by(PinnedArtifact.is_main.desc(), Artifact.key)
    ).all()
    version = pinned[0].ProcessVersion
    definition = engine.compile_definition(
        version.process_id,
        [row.content for row in pinned if row.kind == ArtifactKind.DIAGRAM],
        [row.content for row in pinned if row.kind == ArtifactKind.DECISION],
    )
    keys = {row.key: row.id for row in pinned if row.kind == ArtifactKind.FORM}
    return Release(version.id, version.process_id, version.version, version.name, version.name_en, definition, keys)


def _content(session: Session, artifact_id: UUID) -> bytes:
    return session.scalars(select(Artifact.content).where(Artifact.id == artifact_id)).one()
