"""What is wrong with a scenario as it is written: where, what, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.errors import InvalidError
from casework.i18n import message

if TYPE_CHECKING:
    from casework.i18n import Message


class ScenarioError(InvalidError):
    """A `scenarios.yaml` cannot be read; `line` counts from 1."""

    code = "scenario"

    def __init__(self, file: str, line: int, what: Message, mend: Message) -> None:
        said = message("{file}, line {line}: {what} {mend}", file=file, line=line, what=what, mend=mend)
        super().__init__(said)
        self.file, self.line, self.what, self.mend = file, line, what, mend
