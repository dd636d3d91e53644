"""The sheet of a hand-off, made easier to read: answers from the same form stand together, with their source once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from api.web import blueprint

if TYPE_CHECKING:
    from casework.i18n import Message
    from casework.queries.shared_parts import SharedPart, SharedSection


@dataclass(frozen=True)
class Gathered:
    """What one form says under one heading."""

    source: Message
    parts: tuple[SharedPart, ...]


@blueprint.app_template_filter("gathered")
def gathered(section: SharedSection) -> tuple[Gathered, ...]:
    """The parts of a section, those that follow each other from the same source in one."""
    runs = groupby(section.parts, key=lambda part: part.source)
    return tuple(Gathered(source, tuple(parts)) for source, parts in runs)
