"""Fills in any form, also one that a process owner changes tomorrow: asks a writer for each field, and mends what is wrong.

1. What is known is kept. Then every field is asked for, choices before texts, because texts depend on what was chosen.
2. `casework.forms.settle` drops what is hidden and names what is wrong; the writer says something else there, until nothing is.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Protocol

from casework import forms
from casework.forms import ComponentType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casework.forms import Component, Context, Form

#: Each round mends every field that is wrong.
ROUNDS = 6
_TEXTS = frozenset({ComponentType.TEXTFIELD, ComponentType.TEXTAREA})
_CHOICES = frozenset(
    {
        ComponentType.RADIO,
        ComponentType.SELECT,
        ComponentType.CHECKLIST,
        ComponentType.TAGLIST,
        ComponentType.CHECKBOX,
        ComponentType.NUMBER,
        ComponentType.DATETIME,
        ComponentType.FILEPICKER,
    }
)


class Writer(Protocol):
    """Who fills in. Answers are JSON-safe, as `casework.forms` keeps them; None leaves a field empty."""

    def answer(self, component: Component, answers: Mapping[str, Any]) -> Any:
        """What to say; `answers` are those already given beside it."""

    def rows(self, component: Component) -> list[dict[str, Any]]:
        """The rows of a list, as far as they are known."""

    def otherwise(self, component: Component, attempt: int) -> Any:
        """Something else, after `attempt` (from 0) wrong answers."""


class UnfillableError(Exception):
    """The writer found no answers that the form takes."""


def fill_in(form: Form, known: Mapping[str, Any], context: Context, writer: Writer) -> dict[str, Any]:
    """Give answers that the form takes, beginning with what is `known`."""
    answers = deepcopy(dict(known))
    for kinds in (_CHOICES, _TEXTS):
        _fill(form.components, answers, kinds, writer)
    by_path = dict(form.fields)
    for attempt in range(ROUNDS):
        settled = forms.settle(form, answers, context)
        if not settled.errors:
            return settled.answers
        for path in settled.errors:
            _say_otherwise(answers, path, by_path, writer, attempt)
    raise UnfillableError(f"{form.id}: {sorted(settled.errors)}")


def _fill(
    components: Iterable[Component], answers: dict[str, Any], kinds: frozenset[ComponentType], writer: Writer
) -> None:
    for component in components:
        if component.is_list:
            _fill_rows(component, answers, kinds, writer)
        elif component.components:
            inner = answers.setdefault(component.key, {}) if component.key else answers
            _fill(component.components, inner, kinds, writer)
        elif component.type in kinds and answers.get(component.key) is None and not component.is_readonly:
            answer = writer.answer(component, answers)
            if answer is not None:
                answers[component.key] = answer


def _fill_rows(component: Component, answers: dict[str, Any], kinds: frozenset[ComponentType], writer: Writer) -> None:
    if not answers.get(component.key):
        answers[component.key] = writer.rows(component)
    for row in answers[component.key]:
        _fill(component.components, row, kinds, writer)


def _say_otherwise(
    answers: dict[str, Any], path: str, by_path: Mapping[str, Component], writer: Writer, attempt: int
) -> None:
    holder, key = _holder(answers, path)
    component = by_path.get(re.sub(r"\.\d+(?=\.|$)", ".*", path))
    if component is None:
        holder.pop(key, None)  # known, but the form does not ask for it
    elif component.is_list:
        holder[key] = [*(holder.get(key) or []), *(writer.rows(component) or [{}])]
        for kinds in (_CHOICES, _TEXTS):
            _fill_rows(component, holder, kinds, writer)
    else:
        holder[key] = writer.otherwise(component, attempt)


def _holder(answers: dict[str, Any], path: str) -> tuple[Any, str]:
    *parents, key = path.split(".")
    holder: Any = answers
    for part in parents:
        holder = holder[int(part)] if isinstance(holder, list) else holder.setdefault(part, {})
    return holder, key
