"""A small-step interpreter of models: what a person or the outside world may do next, by the book.

Variables live outside: conditions read a mapping that the driver changes before each step. Where branches start in parallel
each begins with a task, so that no result depends on which of two automatic steps the engine takes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.proof.activity_frames import ActivityFrame, MultiFrame, StdLoopFrame, TaskFrame
from tests.proof.blocks import (
    Call,
    Cross,
    End,
    Escalate,
    EventGate,
    Inc,
    Loop,
    Model,
    Multi,
    Par,
    Seq,
    StdLoop,
    Sub,
    Task,
    Xor,
)
from tests.proof.frames import (
    FRAMES,
    CrossFrame,
    Enabled,
    EndFrame,
    EscalateFrame,
    Frame,
    GateFrame,
    IncFrame,
    LoopFrame,
    ParFrame,
    Scope,
    SeqFrame,
    XorFrame,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

FRAMES.update({
    Task: TaskFrame, Sub: ActivityFrame, Call: ActivityFrame, Multi: MultiFrame, StdLoop: StdLoopFrame, Seq: SeqFrame,
    Xor: XorFrame, Cross: CrossFrame, Par: ParFrame, Inc: IncFrame, Loop: LoopFrame, EventGate: GateFrame,
    End: EndFrame, Escalate: EscalateFrame,
})  # fmt: skip


class Oracle:
    """A running instance of a model, by the book."""

    def __init__(self, model: Model, variables: Mapping[str, Any]):
        self.model, self.variables = model, variables
        self.root = Scope(None, self, (), model.main)
        self.root.start()

    def enabled(self) -> list[Enabled]:
        return [] if self.root.over else sorted(self.root.enabled(), key=lambda e: e.key)

    def settle(self) -> None:
        """After each thing that happened: inclusive joins whose last rival went another way."""
        while any(frame.check() for frame in self._frames(self.root) if isinstance(frame, IncFrame)):
            pass

    def _frames(self, frame: Frame) -> list[Frame]:
        return [f for kid in frame.kids for f in (*self._frames(kid), kid)]

    @property
    def completed(self) -> bool:
        return self.root.over
