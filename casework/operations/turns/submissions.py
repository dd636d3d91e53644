"""Keeps what a person has handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.identifiers import new_id
from casework.model import Submission

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import UserTask
    from casework.operations.turns.turn import Turn


def keep_submission(turn: Turn, task: UserTask, answers: dict[str, Any], **more: Any) -> UUID:
    """A version of the answers to a task's form, by whoever acts in the turn; `more` says what is particular about it."""
    submission_id = new_id()
    about = {"id": submission_id, "case_id": turn.case.id, "user_task_id": task.id, "form_id": task.form_id}
    by = {"submitted_at": turn.at, "submitted_by": turn.actor.name, "submitted_by_id": turn.actor.id}
    turn.add(Submission, {**about, "answers": answers, **by, "late_reason": None, **more})
    return submission_id
