"""Two versions of a process beside each other: in words, in colours on both diagrams, and table by table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template, request

from api.signed_in import actor, needs_sign_in
from api.web import blueprint
from api.web.numbers import number_asked
from casework.compare import Kind, Part
from casework.errors import NotFoundError
from casework.i18n import message
from casework.queries.compare_versions import compare_versions

if TYPE_CHECKING:
    from collections.abc import Collection

    from casework.compare import Change, Comparison, Grid
    from casework.i18n import Message


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
    old, new = (number_asked(request.args.get(name)) for name in ("old", "new"))
    found = compare_versions(actor(), process_id, old=old, new=new)
    files = {part: changed_files(found.comparison, part) for part in Part}
    shown = shown_diagram(files[Part.DIAGRAM], found.has_old | found.has_new, found.new.process_id)
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


def changed_files(comparison: Comparison, part: Part) -> list[FileChanges]:
    """The files of one kind that differ."""
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


def shown_diagram(differ: list[FileChanges], known: Collection[str], own: str) -> str:
    """The diagram that `?process=` asks for; else the process itself unless only others differ."""
    asked = request.args.get("process")
    if asked:
        if asked not in known:
            raise NotFoundError(message("There is no such process."))
        return asked
    keys = [file.key for file in differ if file.changes]
    return keys[0] if keys and own not in keys else own
