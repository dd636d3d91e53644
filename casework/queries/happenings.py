"""What somebody may tell the case that it has happened: message events that the diagrams mark with `sag:byHand`.

Of released processes those that begin with such a message, of running ones those that await it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from casework.forms.words import Words, words
from casework.model import (
    ProcessInstance,
    ProcessVersion,
    ProcessVersionState,
    StartMessage,
    Subscription,
    SubscriptionState,
)
from casework.released import definition_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.engine import Element

_AWAITED = (
    select(
        Subscription.process_id,
        Subscription.element_id,
        ProcessInstance.process_version_id,
        ProcessVersion.name,
        ProcessVersion.name_en,
    )
    .join(ProcessInstance, ProcessInstance.id == Subscription.instance_id)
    .join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
    .where(Subscription.case_id == bindparam("of_case"), Subscription.state == SubscriptionState.WAITING)
    .where(Subscription.kind == "message")
)
_STARTING = (
    select(
        StartMessage.element_id,
        ProcessVersion.id,
        ProcessVersion.process_id,
        ProcessVersion.name,
        ProcessVersion.name_en,
    )
    .join(ProcessVersion, ProcessVersion.id == StartMessage.process_version_id)
    .where(ProcessVersion.state == ProcessVersionState.RELEASED)
)


@dataclass(frozen=True)
class Happening:
    """`message` is what `receive_message` takes; `name` and `process` say what it is called and whom it concerns."""

    message: str
    name: Words
    process: Words


def happenings(session: Session, case_id: UUID) -> tuple[Happening, ...]:
    """Give each message once, by its Danish name: what something awaits before what would begin anew."""
    found: dict[str, Happening] = {}
    for element, process in (*_awaited(session, case_id), *_starting(session)):
        if element.by_hand:
            name = words(element.name or element.event_name, element.name_en or element.name or element.event_name)
            found.setdefault(element.event_name, Happening(element.event_name, name, process))
    return tuple(sorted(found.values(), key=lambda one: one.name.danish))


def _awaited(session: Session, case_id: UUID) -> Iterator[tuple[Element, Words]]:
    rows = session.execute(_AWAITED, {"of_case": case_id}).all()
    for row in rows:
        element = definition_of(session, row.process_version_id).element(row.process_id, row.element_id)
        yield element, words(row.name, row.name_en)


def _starting(session: Session) -> Iterator[tuple[Element, Words]]:
    rows = session.execute(_STARTING).all()
    for row in rows:
        yield definition_of(session, row.id).element(row.process_id, row.element_id), words(row.name, row.name_en)
