"""What everything on one page of a form shares while it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from casework.forms.context import Context
    from casework.forms.merge import Clash
    from casework.forms.prefill import Prefilled
    from casework.i18n import Message


@dataclass(frozen=True)
class Rival:
    """The other person in the form, and when that person saved (aware)."""

    name: str
    saved_at: datetime


@dataclass(frozen=True)
class Drawing:
    """`said` are the messages by path, `laws` texts by key of law.toml, `steering` the names that conditions look at."""

    language: str
    context: Context
    prefix: str = ""
    is_readonly: bool = False
    said: Mapping[str, list[Message]] = field(default_factory=dict)
    known: Mapping[str, Prefilled] = field(default_factory=dict)
    laws: Mapping[str, str] = field(default_factory=dict)
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    rival: Rival | None = None
    steering: frozenset[str] = frozenset()

    def id(self, path: str) -> str:
        """The id on the page: keys have no dash, so that `--` can begin what belongs to a field."""
        return self.prefix + path.replace(".", "-")

    def text(self, said: Message) -> str:
        """A message in the reader's language."""
        return said.text(self.language)

    def error(self, path: str) -> str:
        """What is wrong at `path`, in one line; empty when nothing is."""
        return " ".join(self.text(said) for said in self.said.get(path, ()))
