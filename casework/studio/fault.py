"""What is wrong with a file of a process, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.i18n import Message
    from casework.model import ArtifactKind


@dataclass(frozen=True)
class Fault:
    """`severity` is error (keeps it from being released), warning, or approval (a team leader must approve it)."""

    kind: ArtifactKind
    key: str
    element: str
    rule: str
    severity: str
    message: Message
    mend: Message
