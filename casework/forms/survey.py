"""Walks a form beside some answers: each component at each place where it stands, in rows too, with the value found there."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from types import NoneType
from typing import TYPE_CHECKING, Any

from casework.forms.component import ASKED, Component, ComponentType, Form
from casework.forms.paths import get, is_blank, joined
from casework.forms.shape import shaped
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from casework.forms.context import Context

MAX_ROWS = 100
MAX_PLACES = 20_000
MAX_UNKNOWN = 50


@dataclass(eq=False)
class Place:
    """A component where it stands. `path` is that of its answer; for what holds none, that of what surrounds it.

    `parent` is what surrounds it, `row` the innermost row of a list it stands in. `value` is typed; None while the answer
    is blank or has the wrong shape (`wrong`). `is_idle` marks what stands in a row without a single answer.
    """

    component: Component
    path: str
    parent: Place | None = None
    row: Place | None = None
    answer: Any = None
    value: Any = None
    wrong: Message | None = None
    is_idle: bool = False
    is_hidden: bool = False
    worked_out: dict[str, Any] = field(default_factory=dict)

    @property
    def is_shown(self) -> bool:
        """Whether neither it nor anything around it is hidden."""
        return not self.is_hidden and (self.parent is None or self.parent.is_shown)

    @property
    def holds_answer(self) -> bool:
        """Whether an answer of its own can stand at its path."""
        return self.component.type in ASKED or self.component.type is ComponentType.EXPRESSION


@dataclass(frozen=True)
class Survey:
    """All places in reading order, and the paths of answers that no component asks for."""

    places: list[Place]
    unknown: list[str]


def survey(form: Form, answers: Mapping[str, Any], context: Context) -> Survey:
    """Walk `form` over `answers` (raw, of any shape). Nothing is hidden yet; that is for `conditions`."""
    surveyor = _Surveyor(context)
    surveyor.visit(form.components, answers, "", None)
    return Survey(surveyor.places, list(_unknown(form, answers)))


class _Surveyor:
    def __init__(self, context: Context) -> None:
        self.places: list[Place] = []
        self._context = context

    def visit(self, components: Iterable[Component], answers: Any, prefix: str, parent: Place | None) -> None:
        row = parent if parent and parent.component is ROW else parent and parent.row
        for component in components:
            self._visit_one(Place(component, joined(prefix, component.key), parent, row), answers)

    def _visit_one(self, place: Place, answers: Any) -> None:
        self.places.append(place)
        place.is_idle = place.parent is not None and place.parent.is_idle
        if place.component.type in ASKED:
            self._read(place, get(answers, place.path))
        elif place.component.is_list:
            self._visit_rows(place, answers)
        elif place.component.components:
            self._visit_group(place, answers)

    def _visit_group(self, place: Place, answers: Any) -> None:
        if place.component.key and not isinstance(get(answers, place.path), (dict, NoneType)):
            place.wrong = message("A group of answers is needed here.")
        self.visit(place.component.components, answers, place.path, place)

    def _read(self, place: Place, answer: Any) -> None:
        place.answer = answer
        if not is_blank(answer):
            place.value, place.wrong = shaped(place.component, answer, self._context.options(place.component))

    def _visit_rows(self, place: Place, answers: Any) -> None:
        rows = get(answers, place.path)
        place.answer = rows
        if is_blank(rows) and not isinstance(rows, list):
            return
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows[: MAX_ROWS + 1]):
            place.wrong = message("A list of rows is needed here.")
        elif len(rows) > MAX_ROWS or len(self.places) > MAX_PLACES:
            place.wrong = message("There are too many rows: at most {limit}.", limit=MAX_ROWS)
        else:
            place.value = len([row for row in rows if not is_blank(row)])
            for index, row in enumerate(rows):
                self._visit_row(place, answers, index, is_idle=is_blank(row))

    def _visit_row(self, place: Place, answers: Any, index: int, *, is_idle: bool) -> None:
        path = f"{place.path}.{index}"
        row = Place(ROW, path, place, place.row, is_idle=is_idle or place.is_idle)
        self.places.append(row)
        self.visit(place.component.components, answers, path, row)


#: One row of a list, seen as a group without a name.
ROW = Component(ComponentType.GROUP)


def _unknown(form: Form, answers: Mapping[str, Any]) -> Iterator[str]:
    return islice(_strays(answers, "", "", form), MAX_UNKNOWN)


def _strays(answers: Mapping[str, Any], path: str, pattern: str, form: Form) -> Iterator[str]:
    for key, value in answers.items():
        here, kind = joined(path, str(key)), joined(pattern, str(key))
        is_container = kind in form.containers and "." not in str(key)
        if is_container and isinstance(value, dict):
            yield from _strays(value, here, kind, form)
        elif is_container and isinstance(value, list):
            for index, row in enumerate(value[:MAX_ROWS]):
                if isinstance(row, dict):
                    yield from _strays(row, f"{here}.{index}", f"{kind}.*", form)
        elif not is_container and (kind not in form.paths or "." in str(key)):
            yield here
