"""Messages of processes that systems outside have asked for: one job for each webhook, in the transaction of the message.

Webhooks change some times a year, so they are read once in a while only: a new one gets messages after a few seconds.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework.config import settings
from casework.identifiers import new_id
from casework.model import Job, JobState, Unit, Webhook
from casework.model.webhook import TOPIC

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import ProcessInstance
    from casework.operations.turns.turn import Row, Turn

#: Seconds for which a new or ended webhook may not be seen yet.
KEPT_FOR = 5.0


@dataclass(frozen=True)
class _Wanted:
    webhook_id: UUID
    messages: frozenset[str]
    #: None: of all units.
    units: frozenset[str] | None


@dataclass(frozen=True)
class _Reading:
    url: str
    until: float
    wanted: Sequence[_Wanted]


_last: list[_Reading] = []


def send_outside(turn: Turn, instance: ProcessInstance, message: Row, element_id: str, process_id: str) -> None:
    """Make the jobs that carry a sent message (its row) to whoever outside has asked for it."""
    unit_id = turn.case.responsible_unit_id
    for wanted in _wanted(turn.session):
        if message["name"] in wanted.messages and (wanted.units is None or unit_id in wanted.units):
            turn.add(Job, _job(turn, instance, wanted, message) | {"element_id": element_id, "process_id": process_id})


def forget() -> None:
    """Read the webhooks anew at the next message."""
    _last.clear()


def _job(turn: Turn, instance: ProcessInstance, wanted: _Wanted, message: Row) -> dict[str, Any]:
    return {
        "id": new_id(),
        "case_id": turn.case.id,
        "instance_id": instance.id,
        "engine_task_id": None,  # the process does not wait for it
        "topic": TOPIC,
        "inputs": {"webhook_id": str(wanted.webhook_id), "message_id": str(message["id"])},
        "dedupe_key": f"{TOPIC}:{wanted.webhook_id}:{message['id']}",
        "state": JobState.READY,
        "attempts": 0,
        "next_at": turn.at,
        "lease": None,
        "error": None,
        "created_at": turn.at,
        "ended_at": None,
    }


def _wanted(session: Session) -> Sequence[_Wanted]:
    reading = _last[0] if _last else None
    if reading is None or reading.until < time.monotonic() or reading.url != settings().database_url:
        reading = _Reading(settings().database_url, time.monotonic() + KEPT_FOR, _read(session))
        _last[:] = [reading]
    return reading.wanted


def _read(session: Session) -> list[_Wanted]:
    rows = session.execute(select(Webhook.id, Webhook.messages, Webhook.unit_id).where(Webhook.is_active)).all()
    is_for_some = any(row.unit_id for row in rows)
    tree = session.execute(select(Unit.id, Unit.parent_id)).all() if is_for_some else ()
    parents = {row.id: row.parent_id for row in tree}
    return [_Wanted(row.id, frozenset(row.messages), _below(parents, row.unit_id)) for row in rows]


def _below(parents: dict[str, str | None], top: str | None) -> frozenset[str] | None:
    if top is None:
        return None
    found = {top}
    while more := {unit for unit, parent in parents.items() if parent in found} - found:
        found |= more
    return frozenset(found)
