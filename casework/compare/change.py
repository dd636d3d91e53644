"""What a comparison says: one `Change` for each thing that differs, and how much is only drawn otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.compare.grid import Grid
    from casework.i18n import Message


class Kind(StrEnum):
    """What has happened to it."""

    ADDED = "added"  #: It is new.
    REMOVED = "removed"  #: It is no more.
    CHANGED = "changed"  #: Something about it is another.
    MOVED = "moved"  #: It stands elsewhere in its list.


class Part(StrEnum):
    """The kind of file in which it stands."""

    DIAGRAM = "diagram"  #: BPMN.
    FORM = "form"  #: form-js.
    DECISION = "decision"  #: DMN.


@dataclass(frozen=True)
class Files:
    """One version of a process: contents by process id, by form id, and by the name of the decision file."""

    diagrams: Mapping[str, bytes] = field(default_factory=dict)
    forms: Mapping[str, bytes] = field(default_factory=dict)
    decisions: Mapping[str, bytes] = field(default_factory=dict)

    def of(self, part: Part) -> Mapping[str, bytes]:
        """The files of one kind."""
        return {Part.DIAGRAM: self.diagrams, Part.FORM: self.forms, Part.DECISION: self.decisions}[part]


@dataclass(frozen=True)
class Change:
    """`element` is what the picture shows of it, `what` says its kind and name, `facet` what about it is another.

    `affects_execution`: what happens, when, by whom or with which answers; not wording, legal basis or order of fields.
    """

    part: Part
    file: str
    kind: Kind
    element: str
    what: Message
    facet: Message | None
    before: Message | None
    after: Message | None
    sentence: Message
    affects_execution: bool
    #: The element itself came or went, not something about it.
    is_whole: bool = False

    def to_json(self, language: str) -> dict[str, Any]:
        """For programs; texts in `language`."""
        said = {name: getattr(self, name) for name in ("what", "facet", "before", "after", "sentence")}
        return {
            "part": self.part.value,
            "file": self.file,
            "kind": self.kind.value,
            "element": self.element,
            "affects_execution": self.affects_execution,
            **{name: None if text is None else text.text(language) for name, text in said.items()},
        }


@dataclass(frozen=True)
class Comparison:
    """`layout` counts what is only drawn otherwise; `grids` are the decision tables of which something differs."""

    changes: tuple[Change, ...]
    layout: int
    grids: tuple[Grid, ...]
    #: Names of the files that differ, by kind and key.
    names: Mapping[tuple[Part, str], Message]

    @property
    def is_same(self) -> bool:
        """Whether nothing but the drawing differs."""
        return not self.changes

    @property
    def summary(self) -> Message:
        """How much differs, in a sentence."""
        if self.is_same:
            return message("Nothing differs but the drawing.") if self.layout else message("Nothing differs.")
        count = len(self.changes)
        return message(
            "{changes}, of which {affecting} affect what happens; {layout} drawn otherwise.",
            changes=message("1 change") if count == 1 else message("{count} changes", count=count),
            affecting=sum(change.affects_execution for change in self.changes),
            layout=self.layout,
        )

    def marks(self, file: str) -> dict[Kind, list[str]]:
        """The elements of a diagram by what has happened to them; added and removed ones are not changed too."""
        found: dict[str, Kind] = {}
        for change in self.changes:
            if change.part is Part.DIAGRAM and change.file == file and change.element:
                kind = change.kind if change.is_whole else Kind.CHANGED
                if found.get(change.element) in (None, Kind.CHANGED):
                    found[change.element] = kind
        return {kind: [key for key, one in found.items() if one is kind] for kind in Kind}
