"""What is wrong with a diagram, said to the process owner who drew it; and what the linter may take for known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from casework.i18n import Message

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` is a stable word for programs; an error keeps the diagram from being deployed."""

    file: str
    element: str  #: id of the element or flow; empty: the file as a whole
    rule: str
    severity: Severity
    message: Message
    mend: Message

    def to_json(self, language: str) -> dict[str, Any]:
        """As `casework lint --json` prints it."""
        return {
            "file": self.file,
            "element": self.element,
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message.text(language),
            "mend": self.mend.text(language),
        }


@dataclass(frozen=True, slots=True)
class Known:
    """What exists beside the diagrams; None: not known here, so not checked.

    Processes and decisions of the linted files count as known in any case.
    """

    forms: frozenset[str] | None = None
    decisions: frozenset[str] | None = None
    processes: frozenset[str] = frozenset()
    lanes: frozenset[str] | None = None
    handlers: frozenset[str] | None = None
    laws: frozenset[str] | None = None
    #: Letters that can be written.
    templates: frozenset[str] | None = None
