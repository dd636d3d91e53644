"""What a section of a case file is made of, as `case_file.typ` draws it: headings, facts, tables, quotations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casework.i18n import Message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

#: A text, a sentence, or some of them below each other; in a table also the page of a heading (`target`).
Text = str | Message | Sequence[str | Message]
Cell = Text | dict[str, str]


class Parts:
    """Collects parts in the language of the file; `made` is what the template reads."""

    def __init__(self, language: str = "da") -> None:
        self.made: list[dict[str, Any]] = []
        self._language = language

    def heading(self, text: Text, *, level: int = 2, target: UUID | None = None) -> None:
        """A heading; `target` can be pointed at by `page_of`."""
        self._add("heading", text=self._said(text), level=level, target=f"t-{target}" if target else None)

    def facts(self, rows: Iterable[tuple[Text, Text]]) -> None:
        """Names and what they are; what is empty is left out."""
        said = [(self._said(name), self._said(value)) for name, value in rows]
        if kept := [row for row in said if row[1]]:
            self._add("facts", rows=kept)

    def table(self, head: Sequence[Text], shares: Sequence[int], rows: Iterable[Sequence[Cell]], none: Text) -> None:
        """Rows under a head; `shares` are the widths of the columns. Without rows `none` is said instead."""
        said = [[cell if isinstance(cell, dict) else self._said(cell) for cell in row] for row in rows]
        if said:
            self._add("table", head=[self._said(name) for name in head], shares=list(shares), rows=said)
        else:
            self.note(none)

    def text(self, text: Text) -> None:
        """A paragraph; its line breaks stay."""
        self._add("text", text=self._said(text))

    def quote(self, text: Text) -> None:
        """What somebody said."""
        self._add("quote", text=self._said(text))

    def note(self, text: Text) -> None:
        """Something beside, in small letters."""
        self._add("note", text=self._said(text))

    def picture(self, file: str, text: Text) -> None:
        """An enclosed picture, with what it is called."""
        self._add("picture", file=file, text=self._said(text))

    def _add(self, kind: str, **words: Any) -> None:
        self.made.append({"kind": kind, **words})

    def _said(self, text: Text) -> str:
        if isinstance(text, Message):
            return text.text(self._language)
        return text if isinstance(text, str) else "\n".join(filter(None, map(self._said, text)))


def page_of(target: UUID) -> dict[str, str]:
    """A cell with the page on which a heading stands."""
    return {"target": f"t-{target}"}
