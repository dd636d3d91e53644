"""Notifications of concern (underretninger) from other systems: digital forms, schools, other municipalities."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict
from pydantic.config import JsonDict

from api.v1.endpoint import endpoint
from api.v1.free_json import Answers
from api.v1.shapes import Id, In, Instant, Out
from casework.operations.receive_notification import receive_notification
from casework.queries.notification_taken_in import notification_taken_in

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor

_EXAMPLE: JsonDict = {
    "answers": {
        "barnNavn": "Emil Brandt Lauritsen",
        "foedselsdato": "2014-03-14",
        "underretterType": "skole",
        "underretterNavn": "Nørrevangskolen",
        "bekymring": "Emil har været fraværende i tre uger.",
    },
    "received_at": "2026-11-23T09:00:00+01:00",
}


class NotificationIn(In):
    """A notification as far as it is known."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    answers: Answers
    """Fields of form F01; `barnNavn` and `bekymring` must be given, what else is unknown is asked at the registration."""
    received_at: Instant | None = None
    """When it reached the municipality (default: now): the 24 hours of Barnets lov § 136 count from it."""
    district: Id | None = None
    """As `nord`; by default that of the account's unit."""


class NotificationOut(Out):
    """It has arrived. The same is said whether the child has a case or not: who notifies may not learn that from us."""

    reference: UUID
    """The number of this notification. Who may read the case finds it by it."""
    received_at: datetime
    """When it reached the municipality: its 24 hours count from then."""


class NotificationCaseOut(Out):
    """Where it came to. A child with an open case gets a new assessment on it; nothing is merged away."""

    reference: UUID
    case_id: UUID
    number: str
    """As `S-2026-0417`."""
    instance_id: UUID | None
    """The process that it started; null: no process for it is released, and the notification is kept as a message."""
    task_id: UUID | None
    """The registration, which asks for the rest; null: that is done."""


@endpoint("POST /notifications", scope="notifications:write", body=NotificationIn, gives=NotificationOut, status=201)
def post_notification(who: Actor, body: NotificationIn) -> NotificationOut:
    """Receive a notification."""
    return NotificationOut.model_validate(receive_notification(who, **body.model_dump()))


@endpoint("GET /notifications/<uuid:reference>", scope="cases:read", gives=NotificationCaseOut)
def get_notification(who: Actor, reference: UUID) -> NotificationCaseOut:
    """The case that a notification came to, for who sees it."""
    return NotificationCaseOut.model_validate(notification_taken_in(who, reference))
