"""What is on its way to the waits of a case: a message or a signal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from casework.model import MessageState

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from casework.model import ProcessMessage


@dataclass
class Delivery:
    """A message stands in its row: one of this turn (`row`) or one that was kept (`message`). A signal leaves no row."""

    kind: Literal["message", "signal"]
    name: str
    payload: dict[str, Any] = field(default_factory=dict)
    correlation: str = ""
    row: dict[str, Any] | None = None
    message: ProcessMessage | None = None
    #: A message that was kept started nothing when it came, and starts nothing now.
    starts: bool = True
    #: Who has received it.
    instance_ids: list[UUID] = field(default_factory=list)

    def received_by(self, instance_id: UUID, at: datetime) -> None:
        """An instance has it."""
        self.instance_ids.append(instance_id)
        if self.row is not None and len(self.instance_ids) == 1:
            self.row.update(state=MessageState.DELIVERED, instance_id=instance_id, delivered_at=at)
        if self.message is not None and len(self.instance_ids) == 1:
            self.message.deliver(instance_id, at)
