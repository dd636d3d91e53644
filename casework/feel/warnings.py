"""What feelin warns of while it computes, said so that the writer of an expression understands it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.feel.errors import shortened
from casework.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class EvaluationWarning:
    """`type` is feelin's word for it and `detail` its English sentence; `part` is the piece of the expression that it means."""

    type: str
    part: str
    detail: str

    @classmethod
    def of(cls, expression: str, warning: Mapping[str, Any]) -> EvaluationWarning:
        """Read a warning of web/src/feel.ts about `expression`."""
        part = expression[warning["from"] : warning["to"]]
        return cls(warning["type"], shortened(part), warning["message"])

    @property
    def message(self) -> Message:
        """The sentence for people."""
        return _sentence(self.type, self.part)


def _sentence(kind: str, part: str) -> Message:
    match kind:
        case "NO_VARIABLE_FOUND":
            return message("»{part}« is not known here.", part=part)
        case "NO_CONTEXT_ENTRY_FOUND" | "NO_PROPERTY_FOUND":
            return message("There is no »{part}« in what comes before it.", part=part)
        case "NO_FUNCTION_FOUND" | "UNSUPPORTED":
            return message("There is no function »{part}«.", part=part)
        case "FUNCTION_INVOCATION_FAILURE" | "INVALID_ARGUMENTS":
            return message("»{part}« cannot work with the values it is given.", part=part)
    return message("»{part}« cannot be computed from values of these kinds.", part=part)
