"""Tells employees that something waits: a notification on their pages, and a job that sends an e-mail without case text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from casework.identifiers import new_id
from casework.model import Job, JobState, Notification

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Case


def tell(
    session: Session,
    case: Case | None,
    employee_ids: Sequence[UUID],
    kind: str,
    at: datetime,
    *,
    key: str,
    user_task_id: UUID | None = None,
    handoff_id: UUID | None = None,
    deadline_id: UUID | None = None,
    instance_id: UUID | None = None,
    level: int | None = None,
) -> None:
    """`kind` is one of Notification's; `case` is None where it is about none. `key` tells this occasion from others: the same
    again would be refused.
    """
    if not employee_ids:
        return
    about = {"user_task_id": user_task_id, "handoff_id": handoff_id, "deadline_id": deadline_id, "level": level}
    words = {"kind": kind, "case_id": case.id if case else None, **about, "created_at": at, "read_at": None}
    notifications = [{"id": new_id(), "employee_id": employee, **words} for employee in employee_ids]
    session.execute(insert(Notification.__table__), notifications)  # type: ignore[arg-type]
    inputs = {name: str(value) for name, value in about.items() if value is not None}
    jobs = [
        _job(case, instance_id, f"{kind}:{key}:{employee}", {"employee_id": str(employee), "kind": kind, **inputs}, at)
        for employee in employee_ids
    ]
    session.execute(insert(Job.__table__), jobs)  # type: ignore[arg-type]
    session.info["wakes"] = True


def _job(case: Case | None, instance_id: UUID | None, key: str, inputs: dict[str, Any], at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "case_id": case.id if case else None,
        "instance_id": instance_id,
        "engine_task_id": None,
        "process_id": None,
        "element_id": None,
        "topic": "notify",
        "inputs": inputs,
        "dedupe_key": key,
        "state": JobState.READY,
        "attempts": 0,
        "next_at": at,
        "lease": None,
        "error": None,
        "created_at": at,
        "ended_at": None,
    }
