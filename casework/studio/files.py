"""Files of processes in memory, wherever they came from: a folder, the released versions, or those with a draft over them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from casework.model import ArtifactKind

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A file by its kind and key.
FileKey = tuple[ArtifactKind, str]


@dataclass(frozen=True)
class File:
    """One file as it is kept; `key` is the id of the process or form, or the name of the decision or scenario file."""

    kind: ArtifactKind
    key: str
    content: bytes
    #: Where it lies below the folder of processes, or of forms.
    path: str = ""

    @property
    def checksum(self) -> bytes:
        """SHA-256 of the content."""
        return hashlib.sha256(self.content).digest()


@dataclass(frozen=True)
class Folder:
    """All files by kind and name (forms by id), and in which diagram each process stands.

    A name is a path like `reusable/klage.bpmn`; form files lie elsewhere, under the names in `form_names`.
    """

    diagrams: dict[str, bytes]
    decisions: dict[str, bytes]
    forms: dict[str, bytes]
    processes: dict[str, str]
    scenarios: dict[str, bytes] = field(default_factory=dict)
    form_names: dict[str, str] = field(default_factory=dict)

    def content(self, kind: ArtifactKind, key: str) -> bytes | None:
        """What a file holds; None where there is none."""
        return self._of(kind).get(self.name(kind, key))

    def name(self, kind: ArtifactKind, key: str) -> str:
        """Under which name a file stands here, or would stand."""
        return self.processes.get(key, f"{key}/{key}.bpmn") if kind is ArtifactKind.DIAGRAM else key

    def path(self, kind: ArtifactKind, key: str) -> str:
        """Where a file lies below the folder of processes, or of forms."""
        return self.form_names.get(key, f"{key}.form") if kind is ArtifactKind.FORM else self.name(kind, key)

    def scenarios_beside(self, process_id: str) -> list[str]:
        """The keys of the files of scenarios beside the diagram of a process."""
        name = self.processes.get(process_id)
        place = PurePosixPath(name).parent if name else PurePosixPath(process_id)
        return [key for key in self.scenarios if PurePosixPath(key).parent == place]

    def keys(self) -> dict[str, str]:
        """Each diagram's name with the process that it is kept under: the first that stands in it."""
        found: dict[str, str] = {}
        for process_id, name in self.processes.items():
            found.setdefault(name, process_id)
        return found

    def files(self) -> Iterator[File]:
        """Every file once."""
        keys = self.keys()
        for name, content in self.diagrams.items():
            yield File(ArtifactKind.DIAGRAM, keys.get(name, name), content, name)
        for kind in (ArtifactKind.DECISION, ArtifactKind.FORM, ArtifactKind.SCENARIO):
            for key, content in self._of(kind).items():
                yield File(kind, key, content, self.path(kind, key))

    def with_file(self, kind: ArtifactKind, key: str, content: bytes, processes: tuple[str, ...] = ()) -> Folder:
        """The same with one file changed or added; `processes` are those that a diagram holds."""
        name = self.name(kind, key)
        changed = {**self._of(kind), name: content}
        match kind:
            case ArtifactKind.DECISION:
                return replace(self, decisions=changed)
            case ArtifactKind.FORM:
                return replace(self, forms=changed)
            case ArtifactKind.SCENARIO:
                return replace(self, scenarios=changed)
        others = {one: place for one, place in self.processes.items() if place != name and one not in processes}
        here = dict.fromkeys((key, *processes), name)
        return replace(self, diagrams=changed, processes={**others, **here})

    def _of(self, kind: ArtifactKind) -> dict[str, bytes]:
        return {
            ArtifactKind.DIAGRAM: self.diagrams,
            ArtifactKind.DECISION: self.decisions,
            ArtifactKind.FORM: self.forms,
            ArtifactKind.SCENARIO: self.scenarios,
        }[kind]
