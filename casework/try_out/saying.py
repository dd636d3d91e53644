"""Elements by name and values as FEEL writes them, for the lines of a try-out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.forms.words import Words, words
from casework.released import definition_of, release_of

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.engine import Element

LONGEST_VALUE = 120


def name_of(element: Element | None, otherwise: str = "?") -> Words:
    """As it is drawn; by its id where it has no name."""
    if element is None:
        return words(otherwise, otherwise)
    return words(element.name or element.id, element.name_en or element.name or element.id)


def shown(value: Any) -> str:
    """As FEEL writes it, shortened."""
    text = feel_text(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def feel_text(value: Any) -> str:
    """A value as it stands in an expression."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value}"'
        case dict():
            return "{" + ", ".join(f"{name}: {feel_text(inner)}" for name, inner in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(feel_text, value)) + "]"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def element_words(session: Session, version_id: UUID, process_id: str, element_id: str) -> Words:
    """An element of a version as it is drawn."""
    element = definition_of(session, version_id).elements.get((process_id, element_id))
    return words(element.name or element.id, element.name_en) if element else words(element_id, element_id)


def process_words(session: Session, version_id: UUID) -> Words:
    """A version by the name of its process."""
    release = release_of(session, version_id)
    return words(release.name, release.name_en)
