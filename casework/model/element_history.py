"""How long each element of the diagrams has taken so far, and how often it was passed: what forecasts are computed from.

Made anew now and then (`keep_element_history`), because a forecast must not read the whole past.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from casework.database import Base, Json


class ElementHistory(Base):
    """One element of one diagram, over all versions: ids of elements are kept when a diagram changes."""

    __tablename__ = "element_history"

    process_id: Mapped[str] = mapped_column(primary_key=True)
    element_id: Mapped[str] = mapped_column(primary_key=True)
    #: How often it was completed.
    passed: Mapped[int]
    #: How often it came, where that is known (tasks of people), whatever became of it.
    begun: Mapped[int] = mapped_column(default=0, server_default="0")
    #: How many of those completed have a beginning too: tasks of people, and waits for the clock or a message.
    measured: Mapped[int]
    #: Seconds that one, two, … nine of ten took at most; empty when none was measured.
    deciles: Mapped[list[Any]] = mapped_column(Json, default=list)
    #: Some of these one by one, as a simulation draws them: pairs of working days and seconds (`Lasted`).
    sample: Mapped[list[Any]] = mapped_column(Json, default=list, server_default="[]", deferred=True)
    made_at: Mapped[datetime]
