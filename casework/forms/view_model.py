"""What a page draws of a form: plain texts, ids and names, worked out, so that the templates need no more than if and for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal[
    "text", "longtext", "scale", "yesno", "radios", "select", "checks", "date", "datetime", "files", "output"
]


@dataclass(frozen=True)
class ChoiceView:
    """One option; `is_chosen` is never true unless somebody chose it or the case knew it."""

    id: str
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class PartView:
    """One input of a date; `part` is `day`, `month`, `year` or `time`."""

    part: str
    id: str
    name: str
    label: str
    value: str
    length: int


@dataclass(frozen=True)
class ClashSide:
    """One of two versions of a field: the words in order, marked where they are new against what both began with."""

    heading: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class ClashView:
    """Two versions of one field. `choices` are (name, value, label) of the buttons, the first one primary.

    `base` is (name, value) of the hidden input that remembers what both began with, see `merge.choose`.
    """

    id: str
    sides: tuple[ClashSide, ClashSide]
    choices: tuple[tuple[str, str, str], ...]
    base: tuple[str, str]


@dataclass(frozen=True)
class FieldView:
    """One question. `described_by` is ready for `aria-describedby`; `target` is the id a link to it must name."""

    kind: FieldKind
    path: str
    id: str
    name: str
    label: str
    target: str
    hint: str = ""
    error: str = ""
    described_by: str = ""
    is_required: bool = False
    value: str = ""
    choices: tuple[ChoiceView, ...] = ()
    #: Takes a choice back: a browser lets nobody un-choose a radio. None where an answer is needed.
    clear: ChoiceView | None = None
    parts: tuple[PartView, ...] = ()
    lines: int = 0
    size: Literal["short", "normal"] = "normal"
    input_mode: str = ""
    ends: tuple[str, str] = ("", "")
    placeholder: str = ""
    source: str = ""
    law: str = ""
    words: bool = False
    steers: bool = False
    clash: ClashView | None = None


@dataclass(frozen=True)
class TextView:
    """Plain words between fields; `paragraphs` are (is a list item, text)."""

    paragraphs: tuple[tuple[bool, str], ...]
    kind: Literal["words"] = "words"


@dataclass(frozen=True)
class LineView:
    """Short fields that stand beside each other."""

    nodes: tuple[NodeView, ...]
    kind: Literal["line"] = "line"


@dataclass(frozen=True)
class GroupView:
    """A heading inside of a section and what stands under it."""

    heading: str
    hint: str
    nodes: tuple[NodeView, ...]
    kind: Literal["group"] = "group"


@dataclass(frozen=True)
class RowView:
    """One row of a list; `remove` is the name of the button that takes it away, empty when nobody may."""

    id: str
    legend: str
    remove: str
    remove_label: str
    nodes: tuple[NodeView, ...]


@dataclass(frozen=True)
class ListView:
    """Rows of the same fields; `add` is the name of the button that adds one, empty when no more may be added."""

    path: str
    id: str
    name: str
    label: str
    target: str
    hint: str
    error: str
    described_by: str
    is_required: bool
    rows: tuple[RowView, ...]
    add: str
    add_label: str
    source: str = ""
    clash: ClashView | None = None
    kind: Literal["list"] = "list"


@dataclass(frozen=True)
class RuleView:
    """A line between two parts."""

    kind: Literal["rule"] = "rule"


NodeView = FieldView | TextView | LineView | GroupView | ListView | RuleView


@dataclass(frozen=True)
class SectionView:
    """A heading (empty for what stands outside of groups) and what is under it."""

    heading: str
    hint: str
    nodes: tuple[NodeView, ...]


@dataclass(frozen=True)
class FormView:
    """The whole form. `errors` are (id of the field, sentence with its name) for the list above the form.

    `mend` says how many must be mended ("ret tre felter"); `clashes` are (id, label) of fields with two versions, and
    `clash_sentence` says who saved them.
    """

    id: str
    title: str
    sections: tuple[SectionView, ...]
    errors: tuple[tuple[str, str], ...] = ()
    mend: str = ""
    clashes: tuple[tuple[str, str], ...] = ()
    clash_sentence: str = ""
