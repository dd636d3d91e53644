"""A repeating group as a page draws it: rows with a button to remove each, and one to add another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.forms.conditions import limits, required
from casework.forms.rules import as_number
from casework.forms.survey import MAX_ROWS
from casework.forms.text_view import row_name
from casework.forms.view_clash import draw_clash
from casework.forms.view_model import ListView, RowView
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.forms.drawing import Drawing
    from casework.forms.survey import Place
    from casework.forms.view_model import NodeView


def draw_list(place: Place, rows: Sequence[tuple[Place, tuple[NodeView, ...]]], drawing: Drawing) -> ListView:
    """Draw the list at `place` with `rows` (each with what was drawn inside of it)."""
    component, path = place.component, place.path
    id_, hint, error = drawing.id(path), drawing.text(component.hint), drawing.error(path)
    described = " ".join(f"{id_}--{name}" for name, text in (("hint", hint), ("error", error)) if text)
    prefilled = drawing.known.get(path)
    return ListView(
        path=path,
        id=id_,
        name=path,
        label=drawing.text(component.label),
        target=id_,
        hint=hint,
        error=error,
        described_by=described,
        is_required=required(place) or (as_number(limits(place)[0]) or 0) > 0,
        rows=tuple(_row(row, nodes, drawing) for row, nodes in rows),
        add="" if drawing.is_readonly or len(rows) >= _most(place) else f"add:{path}",
        add_label=_add_label(place, drawing),
        source=drawing.text(prefilled.source) if prefilled and prefilled.value == place.answer else "",
        clash=draw_clash(component, path, drawing),
    )


def _most(place: Place) -> int:
    most = as_number(limits(place)[1])
    return MAX_ROWS if most is None else min(MAX_ROWS, int(most))


def _row(row: Place, nodes: tuple[NodeView, ...], drawing: Drawing) -> RowView:
    legend = row_name(row.parent.component, row.path, drawing.language) if row.parent else ""
    remove = "" if drawing.is_readonly else f"remove:{row.path}"
    removed = message("Remove {item}", item=_inside_a_sentence(legend))
    return RowView(drawing.id(row.path), legend, remove, drawing.text(removed), nodes)


def _add_label(place: Place, drawing: Drawing) -> str:
    item = drawing.text(place.component.words("item"))
    added = message("Add {item}", item=_inside_a_sentence(item)) if item else message("Add a row")
    return drawing.text(added)


def _inside_a_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]
