"""What is wrong with a form, said to the process owner who draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from casework.i18n import Message


@dataclass(frozen=True)
class Finding:
    """`component` is the path of the answer, the key or the id, whatever there is; empty for the form as a whole."""

    component: str
    rule: str
    message: Message
    mend: Message
    severity: Literal["error", "warning"] = "error"
