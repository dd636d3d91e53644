"""Notifications of concern (underretninger) from other systems: digital forms, schools, other municipalities."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from flask import request
from pydantic import Field

from api.v1 import blueprint
from api.v1.guard import caller
from api.v1.shapes import In, Instant, Out
from casework.operations.receive_notification import receive_notification


class NotificationIn(In):
    """`answers` are the fields of form F01; what is unknown may be left out and is asked at the registration.

    `received_at` is when it reached the municipality (default: now): the 24 hours count from it.
    """

    answers: dict[str, Any]
    received_at: Instant | None = None


class NotificationOut(Out):
    """The case it belongs to. A child with an open case gets a new assessment on it; nothing is merged away."""

    case_id: UUID
    number: str
    instance_id: UUID
    task_id: UUID | None
    is_new_case: bool
    possible_case_ids: Annotated[list[UUID], Field(description="Cases with the same name and birth date, to look at.")]


@blueprint.post("/notifications")
@blueprint.input(NotificationIn, arg_name="body")
@blueprint.output(NotificationOut, status_code=201)
def receive(body: NotificationIn) -> NotificationOut:
    """Receive a notification. Needs scope notifications:write."""
    who = caller("notifications:write")
    key = request.headers.get("Idempotency-Key")
    dedupe = f"{who.id}:{key}" if key else None
    got = receive_notification(who, answers=body.answers, received_at=body.received_at, dedupe_key=dedupe)
    return NotificationOut.model_validate(got)
