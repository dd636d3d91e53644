"""What may come to the case of a try-out: messages that something waits for, and those that begin a process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.model import Handoff, ProcessInstance, StartMessage, Subscription, SubscriptionState
from casework.try_out.saying import element_words, process_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms.words import Words


@dataclass(frozen=True)
class Awaited:
    """A message that would be taken; `to` whom it is about, as `mor`; `element` what waits for it, or begins with it."""

    name: str
    to: str
    element: Words
    process: Words


def awaited(session: Session, case_id: UUID, names: dict[str, Any]) -> Iterator[Awaited]:
    """What something on the case waits for; `names` are what an @ may name."""
    query = (
        select(Subscription, ProcessInstance.process_version_id)
        .join(ProcessInstance, ProcessInstance.id == Subscription.instance_id)
        .where(Subscription.case_id == case_id, Subscription.state == SubscriptionState.WAITING)
        .where(Subscription.kind == "message")
    )
    called = {str(value): name for name, value in reversed(list(names.items()))}
    handoffs = {str(one) for one in session.scalars(select(Handoff.id).where(Handoff.case_id == case_id))}
    for row in session.execute(query.order_by(Subscription.id)):
        one: Subscription = row.Subscription
        to = "overlevering" if one.correlation in handoffs else called.get(one.correlation, one.correlation)
        element = element_words(session, row.process_version_id, one.process_id, one.element_id)
        yield Awaited(one.name, to, element, process_words(session, row.process_version_id))


def beginning(session: Session) -> Iterator[Awaited]:
    """What begins a released process."""
    for row in session.execute(select(StartMessage).order_by(StartMessage.name)).scalars():
        process = process_words(session, row.process_version_id)
        yield Awaited(row.name, "", process, process)
