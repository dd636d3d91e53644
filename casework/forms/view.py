"""A form with its answers as a page draws it: what is hidden is left out, every text is said, every id is given."""

from __future__ import annotations

from copy import deepcopy
from itertools import groupby
from typing import TYPE_CHECKING, Any

from casework.forms.component import ASKED, ComponentType, Form
from casework.forms.conditions import resolve, steering
from casework.forms.context import Context
from casework.forms.drawing import Drawing, Rival
from casework.forms.paths import is_blank, put
from casework.forms.rules import as_number
from casework.forms.survey import Place, survey
from casework.forms.view_fields import draw_field
from casework.forms.view_list import draw_list
from casework.forms.view_model import FormView, GroupView, LineView, NodeView, RuleView, SectionView, TextView
from casework.forms.view_summary import clash_links, clash_sentence, error_links, mend
from casework.i18n import DEFAULT_LANGUAGE, Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casework.forms.merge import Clash
    from casework.forms.prefill import Prefilled


def view(
    form: Form,
    answers: Mapping[str, Any],
    errors: Mapping[str, list[Message]] | None = None,
    language: str = DEFAULT_LANGUAGE,
    *,
    context: Context | None = None,
    known: Mapping[str, Prefilled] | None = None,
    clashes: Sequence[Clash] = (),
    rival: Rival | None = None,
    laws: Mapping[str, str] | None = None,
    prefix: str = "f-",
    is_readonly: bool = False,
) -> FormView:
    """Draw `form` filled with typed `answers` (of `clean`, `fill` or a draft).

    `errors` are those of `validate`, with whatever the operation adds by path. `known` marks what came from the case.
    `clashes` (of `merge`) are drawn with what this person wrote in the field, `rival` says whose the other version is.
    `laws` are texts by key of law.toml; a key without a text is not shown. `prefix` keeps ids apart from the page's own.
    """
    world = context or Context()
    drawing = Drawing(
        language=language,
        context=world,
        prefix=prefix,
        is_readonly=is_readonly,
        said=errors or {},
        known=known or {},
        laws=laws or {},
        clashes={clash.path: clash for clash in clashes},
        rival=rival,
        steering=steering(form),
    )
    looked_at = survey(form, _shown(form, answers, clashes, is_readonly=is_readonly), world)
    resolve(form, looked_at, world)
    sections = _Drawer(looked_at.places, drawing).sections()
    links, two_versions = error_links(sections, drawing), clash_links(sections)
    return FormView(
        id=form.id,
        title=form.title.text(language),
        sections=sections,
        errors=links,
        mend=mend(len(links), language),
        clashes=two_versions,
        clash_sentence=clash_sentence(len(two_versions), drawing),
    )


def _shown(form: Form, answers: Mapping[str, Any], clashes: Sequence[Clash], *, is_readonly: bool) -> dict[str, Any]:
    """The answers with what this person wrote where two clash, and a first row in lists that need one."""
    shown = deepcopy(dict(answers))
    for clash in clashes:
        put(shown, clash.path, deepcopy(clash.mine))
    for path, component in form.fields:
        needs_row = component.rules.required is True or (as_number(component.rules.minimum) or 0) > 0
        if component.is_list and needs_row and "*" not in path and path not in answers and not is_readonly:
            put(shown, path, [{}])
    return shown


class _Drawer:
    def __init__(self, places: Sequence[Place], drawing: Drawing) -> None:
        self._drawing = drawing
        self._inside: dict[Place | None, list[Place]] = {}
        for place in places:
            if not place.is_hidden:
                self._inside.setdefault(place.parent, []).append(place)

    def sections(self) -> tuple[SectionView, ...]:
        """Each group at the top is a section; what stands between them makes sections without a heading."""
        drawn: list[SectionView] = []
        for is_group, places in groupby(self._inside.get(None, []), key=_is_group):
            if is_group:
                drawn += [self._section(place) for place in places]
            else:
                drawn.append(SectionView("", "", self.nodes(places)))
        return tuple(section for section in drawn if section.nodes)

    def _section(self, place: Place) -> SectionView:
        text = self._drawing.text
        return SectionView(text(place.component.label), text(place.component.hint), self.nodes_in(place))

    def nodes_in(self, place: Place) -> tuple[NodeView, ...]:
        """What stands inside of a group or a row."""
        return self.nodes(self._inside.get(place, []))

    def nodes(self, places: Any) -> tuple[NodeView, ...]:
        """Draw places one after the other; short fields of the same layout row beside each other."""
        drawn: list[NodeView] = []
        for (row, _), group in groupby(enumerate(places), key=_beside):
            nodes = [node for _, place in group if (node := self._node(place)) is not None]
            drawn += [LineView(tuple(nodes))] if row and len(nodes) > 1 else nodes
        return tuple(drawn)

    def _node(self, place: Place) -> NodeView | None:
        component = place.component
        if component.is_silent:
            return None
        if component.is_list:
            rows = [(row, self.nodes_in(row)) for row in self._inside.get(place, [])]
            return draw_list(place, rows, self._drawing)
        if component.type in ASKED or component.type is ComponentType.EXPRESSION:
            return draw_field(place, self._drawing)
        if component.type is ComponentType.GROUP:
            nodes = self.nodes_in(place)
            text = self._drawing.text
            return GroupView(text(component.label), text(component.hint), nodes) if nodes else None
        if component.type is ComponentType.TEXT:
            return TextView(_paragraphs(self._drawing.text(component.text)))
        return RuleView() if component.type is ComponentType.SEPARATOR else None


def _is_group(place: Place) -> bool:
    return place.component.type is ComponentType.GROUP


_STANDS_BESIDE = ASKED - {
    ComponentType.TEXTAREA,
    ComponentType.FILEPICKER,
    ComponentType.CHECKLIST,
    ComponentType.TAGLIST,
}


def _beside(numbered: tuple[int, Place]) -> tuple[str, int]:
    """What is equal for places in one line; its own number for what fills the whole width."""
    number, place = numbered
    row = place.component.row if place.component.type in _STANDS_BESIDE else ""
    return (row, 0) if row else ("", number)


def _paragraphs(text: str) -> tuple[tuple[bool, str], ...]:
    """Lines of plain text; `- ` begins a list item, leading `#` of headings are left out."""
    lines = (line.strip() for line in text.split("\n"))
    return tuple(
        (line.startswith(("- ", "* ")), line[2:] if line.startswith(("- ", "* ")) else line.lstrip("# "))
        for line in lines
        if line and not is_blank(line)
    )
