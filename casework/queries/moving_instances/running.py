"""The instances that run on a version, as far as moving them needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from casework import clock
from casework.model import Case, InstanceState, ProcessInstance, Role
from casework.model.case_facts import facts_at
from casework.model.visibility import sees_whole_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor

#: A page looks at, and moves, at most so many at once: a part of them.
MOST = 5_000


@dataclass(frozen=True)
class Label:
    """How an instance is named: by the number of its case where the reader may know it. `may_open`: its page too."""

    instance_id: UUID
    number: str | None
    started_at: datetime
    may_open: bool


@dataclass(frozen=True)
class Running:
    """One of them."""

    label: Label
    state: bytes
    variables: dict[str, Any]
    facts: dict[str, Any]


def running_on(session: Session, actor: Actor, version_id: UUID, part: int = 1) -> Iterator[Running]:
    """The oldest first, `MOST` in each part; the parts count from 1."""
    now, sees_numbers = clock.now(), Role.ADMINISTRATOR in actor.roles
    query: Any = select(ProcessInstance, Case.number, Case.facts, sees_whole_case(actor).label("sees"))
    query = query.join(Case, Case.id == ProcessInstance.case_id)
    query = query.where(
        ProcessInstance.process_version_id == version_id, ProcessInstance.state == InstanceState.RUNNING
    )
    query = query.options(undefer(ProcessInstance.engine_state), undefer(ProcessInstance.variables))
    for row in session.execute(
        query.order_by(ProcessInstance.started_at, ProcessInstance.id).offset((part - 1) * MOST).limit(MOST)
    ):
        one = row.ProcessInstance
        number = row.number if row.sees or sees_numbers else None
        label = Label(one.id, number, one.started_at, bool(row.sees))
        yield Running(label, one.engine_state, one.variables, facts_at(row.facts, now))
