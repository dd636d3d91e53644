"""Why a decision gave no outcome, or a file no decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.errors import ConflictError, InvalidError

if TYPE_CHECKING:
    from casework.i18n import Message


class DecisionFileError(InvalidError):
    """The file is XML, but holds no DMN."""

    code = "decision-file"


class DecisionError(ConflictError):
    """The table and the values do not agree. `decision` is its id, `rows` are the numbers of the rules concerned."""

    code = "decision"

    def __init__(self, said: Message, decision: str = "", rows: tuple[int, ...] = ()) -> None:
        super().__init__(said)
        self.decision = decision
        self.rows = rows
