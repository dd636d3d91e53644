"""The rules that a step rests on, in a sentence each, with where they were read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.forms.words import words
from casework.queries.deadline_detail import law_source
from casework.queries.rule_words import citation, known_law

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.engine import Element
    from casework.forms import Form
    from casework.forms.words import Words
    from casework.i18n import Message


@dataclass(frozen=True)
class LawNote:
    """One rule; `title` has no number where nobody has confirmed it."""

    key: str
    title: Message
    text: Words
    source: Message | None


def law_notes(element: Element | None, form: Form | None) -> tuple[LawNote, ...]:
    """Give the rules of a task's element, of its deadlines, and of the fields of its form, each once."""
    keys: list[str] = []
    if element:
        keys += [*element.laws, *(deadline.law for deadline in element.deadlines)]
    if form:
        keys += [component.properties.get("law", "") for _, component in form.walk()]
    return tuple(_notes(dict.fromkeys(key for key in keys if key)))


def _notes(keys: Iterable[str]) -> list[LawNote]:
    found = []
    for key in keys:
        law, title = known_law(key), citation(key)
        if law and title:
            found.append(LawNote(key, title, words(law.text_da, law.text_en), law_source(key)))
    return found
