"""Where tokens are in one run: each at a node, inside of an execution of a process or subprocess."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.engine.drawing import Node, Scope


@dataclass(eq=False)
class Token:
    """Somewhere in a place; `lives` until it has moved on or was taken away."""

    inside: Inside
    node: Node
    lives: bool = True
    child: Inside | None = None
    #: By which flow it came; a join wants one of each.
    flow: str = ""
    #: Of what is done for several: the one that waits for all of them, and in it those that stand, and how many are to come.
    whole: Token | None = None
    parts: list[Token] = field(default_factory=list)
    to_come: int = 0

    def around(self) -> Iterator[Token]:
        """Itself, and outwards what it stands in."""
        token: Token | None = self
        while token is not None:
            yield token
            token = token.whole or token.inside.host


@dataclass(eq=False)
class Inside:
    """One execution of a process or subprocess; `host` is the token that waits for it."""

    scope: Scope
    host: Token | None = None
    tokens: list[Token] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """How many are around it."""
        return 0 if self.host is None else self.host.inside.depth + 1
