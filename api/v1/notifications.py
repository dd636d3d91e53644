"""Notifications of concern (underretninger) from other systems: digital forms, schools, other municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict
from pydantic.config import JsonDict

from api.v1.endpoint import endpoint
from api.v1.free_json import Answers
from api.v1.shapes import Id, In, Instant, Out
from casework.operations.receive_notification import receive_notification

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
    """The case it belongs to. A child with an open case gets a new assessment on it; nothing is merged away."""

    case_id: UUID
    number: str
    """As `S-2026-0417`."""
    instance_id: UUID | None
    """The process that it started; null: no process for it is released, and the notification is kept as a message."""
    task_id: UUID | None
    """The registration, which asks for the rest."""
    is_new_case: bool
    possible_case_ids: list[UUID]
    """Open cases of a child with the same name and birth date, for a person to compare."""


@endpoint("POST /notifications", scope="notifications:write", body=NotificationIn, gives=NotificationOut, status=201)
def post_notification(who: Actor, body: NotificationIn) -> NotificationOut:
    """Receive a notification."""
    return NotificationOut.model_validate(receive_notification(who, **body.model_dump()))
