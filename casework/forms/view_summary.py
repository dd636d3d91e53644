"""What stands above a form that could not be handed in: each error with a link to its field, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.forms.view_model import FieldView, GroupView, LineView, ListView, NodeView, SectionView
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casework.forms.drawing import Drawing

_COUNTS = (
    *(message("two"), message("three"), message("four"), message("five"), message("six"), message("seven")),
    *(message("eight"), message("nine"), message("ten"), message("eleven"), message("twelve")),
)


def error_links(sections: Iterable[SectionView], drawing: Drawing) -> tuple[tuple[str, str], ...]:
    """(id to go to, "Label: sentence") in reading order; what belongs to no field on the page comes last, without an id."""
    fields = list(_fields(sections))
    links = [(f.target, _sentence(f"{row}, {f.label}" if row else f.label, f.error)) for f, row in fields if f.error]
    drawn = {f.path for f, _ in fields}
    rest = [("", _sentence(path, drawing.error(path))) for path in drawing.said if path not in drawn]
    return (*links, *rest)


def _sentence(label: str, error: str) -> str:
    between = "" if not label else " " if label[-1] in "?.!:" else ": "
    return f"{label}{between}{error}"


def mend(count: int, language: str) -> str:
    """How many fields must be mended, in words: "ret tre felter"; empty when none."""
    if count == 0:
        return ""
    if count == 1:
        return message("mend one field").text(language)
    return message("mend {count} fields", count=counted(count)).text(language)


def clash_sentence(count: int, drawing: Drawing) -> str:
    """Who saved what the reader was writing in, and when; empty when nobody did."""
    if count == 0 or drawing.rival is None:
        return ""
    rival = {"name": drawing.rival.name, "instant": drawing.rival.saved_at}
    one = message("{name} saved one field at {instant:time}, while you were writing in it.", **rival)
    many = message(
        "{name} saved {count} fields at {instant:time}, while you were writing in them.", count=counted(count), **rival
    )
    return drawing.text(one if count == 1 else many)


def counted(count: int) -> Message | int:
    """A small number in words."""
    return _COUNTS[count - 2] if 2 <= count < len(_COUNTS) + 2 else count  # noqa: PLR2004  the words begin at two


def clash_links(sections: Iterable[SectionView]) -> tuple[tuple[str, str], ...]:
    """(id to go to, label) of each field with two versions."""
    return tuple((f.target, f.label) for f, _ in _fields(sections) if f.clash)


def _fields(sections: Iterable[SectionView]) -> Iterator[tuple[FieldView | ListView, str]]:
    for section in sections:
        yield from _in_nodes(section.nodes, "")


def _in_nodes(nodes: Iterable[NodeView], row: str) -> Iterator[tuple[FieldView | ListView, str]]:
    """Every field with the name of the row it stands in."""
    for node in nodes:
        match node:
            case FieldView():
                yield node, row
            case LineView() | GroupView():
                yield from _in_nodes(node.nodes, row)
            case ListView():
                yield node, row
                for inner in node.rows:
                    yield from _in_nodes(inner.nodes, inner.legend)
