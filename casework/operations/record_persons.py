"""What a form tells of persons goes to their rows, not among the facts of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from casework.model import Actor, Case


def record_persons(
    session: Session,  # noqa: ARG001
    case: Case,  # noqa: ARG001
    facts: dict[str, Any],
    actor: Actor,  # noqa: ARG001
    at: datetime,  # noqa: ARG001
) -> dict[str, Any]:
    """Take out what belongs to persons, and give the facts that remain."""
    return {name: value for name, value in facts.items() if not name.startswith(("person.", "persons."))}
