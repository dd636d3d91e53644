"""Two versions of a process beside each other: in words, in colours on both diagrams, and table by table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template, request

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from casework.compare import Kind, Part
from casework.errors import NotFoundError
from casework.i18n import message
from casework.queries.compare_versions import compare_versions

if TYPE_CHECKING:
    from casework.compare import Change, Grid
    from casework.i18n import Message
    from casework.queries.compare_versions import VersionsCompared


@dataclass(frozen=True)
class FileChanges:
    """What differs in one file; `grids` are those of its decision tables that differ."""

    key: str
    name: Message
    changes: tuple[Change, ...]
    grids: tuple[Grid, ...]


@blueprint.get("/processes/<process_id>/compare")
@needs_sign_in
def compare_page(process_id: str) -> str:
    """`?old=` and `?new=` are numbers of versions; `?process=` chooses the diagram to look at."""
    found = compare_versions(actor(), process_id, old=_number("old"), new=_number("new"))
    files = {part: _files(found, part) for part in Part}
    shown = _shown(found, files[Part.DIAGRAM])
    return render_template(
        "process/compare.html",
        found=found,
        diagrams=files[Part.DIAGRAM],
        forms=files[Part.FORM],
        decisions=files[Part.DECISION],
        shown=shown,
        marks={kind.value: " ".join(ids) for kind, ids in found.comparison.marks(shown).items()},
        Kind=Kind,
    )


def _files(found: VersionsCompared, part: Part) -> list[FileChanges]:
    comparison = found.comparison
    return [
        FileChanges(
            key,
            name,
            tuple(change for change in comparison.changes if (change.part, change.file) == (one, key)),
            tuple(grid for grid in comparison.grids if grid.file == key and one is Part.DECISION),
        )
        for (one, key), name in comparison.names.items()
        if one is part
    ]


def _shown(found: VersionsCompared, diagrams: list[FileChanges]) -> str:
    """The diagram asked for; else the process itself unless only others differ."""
    asked = request.args.get("process")
    if asked:
        if asked not in found.has_old | found.has_new:
            raise NotFoundError(message("There is no such process."))
        return asked
    differ = [file.key for file in diagrams if file.changes]
    return differ[0] if differ and found.new.process_id not in differ else found.new.process_id


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 9):  # noqa: PLR2004  no version has as many digits
        raise NotFoundError(message("There is no such process."))
    return int(text)
