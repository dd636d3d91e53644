"""The rules that a step rests on, in a sentence each, with where they were read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.forms.words import words
from casework.queries.deadline_detail import law_source
from casework.queries.rule_words import citation, known_law

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casework.engine import Element
    from casework.forms import Form
    from casework.forms.words import Words
    from casework.i18n import Message


@dataclass(frozen=True)
class LawNote:
    """One rule; `title` has no number where nobody has confirmed it. `is_of_step`: of the step itself, not of a question."""

    key: str
    title: Message
    text: Words
    source: Message | None
    is_of_step: bool = True


def law_notes(element: Element | None, form: Form | None) -> tuple[LawNote, ...]:
    """Give the rules of a task's element, of its deadlines, and of the fields of its form, each once."""
    step = [*element.laws, *(deadline.law or "" for deadline in element.deadlines)] if element else []
    questions = [component.properties.get("law", "") for _, component in form.walk()] if form else []
    return tuple(_notes(dict.fromkeys(filter(None, [*step, *questions])), set(step)))


def _notes(keys: Iterable[str], step: set[str]) -> Iterator[LawNote]:
    for key in keys:
        law, title = known_law(key), citation(key)
        if law and title:
            yield LawNote(key, title, words(law.text_da, law.text_en), law_source(key), key in step)
