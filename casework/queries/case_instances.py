"""The processes of a case: those that run with their steps, those that have ended with what they came to; and what may start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from casework.forms.words import words
from casework.model import InstanceState, ProcessInstance, ProcessVersion, ProcessVersionState
from casework.queries.earlier_notifications import outcome_words
from casework.queries.flow_order import flow_order
from casework.queries.outline import OutlineStep, StepNumber, Walk, outline, step_number
from casework.queries.trails import trails
from casework.released import definition_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.forms.words import Words
    from casework.i18n import Message
    from casework.queries.trails import Trail

_OF_CASE = (
    select(
        ProcessInstance.id,
        ProcessInstance.process_version_id,
        ProcessInstance.state,
        ProcessInstance.started_at,
        ProcessInstance.ended_at,
        ProcessInstance.outcome,
        ProcessVersion.process_id,
        ProcessVersion.name,
        ProcessVersion.name_en,
        ProcessVersion.version,
    )
    .join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
    .where(ProcessInstance.case_id == bindparam("of_case"))
    .order_by(ProcessInstance.state == InstanceState.RUNNING, ProcessInstance.started_at)
)
_STARTABLE = (
    select(
        ProcessVersion.id,
        ProcessVersion.process_id,
        ProcessVersion.name,
        ProcessVersion.name_en,
        ProcessVersion.version,
    )
    .where(ProcessVersion.state == ProcessVersionState.RELEASED, ProcessVersion.is_startable)
    .order_by(ProcessVersion.name)
)


@dataclass(frozen=True)
class CaseInstance:
    """One process on the case. `outline` and `step` are given while it runs, `outcome` when it has ended."""

    instance_id: UUID
    process_id: str
    name: Words
    version: int
    state: str
    started_at: datetime
    ended_at: datetime | None
    outcome: Message | None
    step: StepNumber | None
    outline: tuple[OutlineStep, ...]
    incidents: int


@dataclass(frozen=True)
class StartableProcess:
    """A process that can be started on the case by hand."""

    process_id: str
    name: Words
    version: int


def case_instances(session: Session, case_id: UUID, now: datetime) -> tuple[CaseInstance, ...]:
    """Give those of a case that the reader sees whole: running ones first, then the newest."""
    rows = session.execute(_OF_CASE, {"of_case": case_id}).all()[::-1]
    found = trails(session, [row.id for row in rows if row.state is InstanceState.RUNNING])
    return tuple(_instance(session, row, found.get(row.id), now) for row in rows)


def startable_processes(session: Session) -> tuple[StartableProcess, ...]:
    """Give the released processes with a plain start: those that only a message starts are not begun by hand."""
    rows = session.execute(_STARTABLE).all()
    return tuple(
        StartableProcess(row.process_id, words(row.name, row.name_en), row.version)
        for row in rows
        if any(not start.event for start in definition_of(session, row.id).start_events())
    )


def _instance(session: Session, row: Any, trail: Trail | None, now: datetime) -> CaseInstance:
    steps: tuple[OutlineStep, ...] = ()
    if trail is not None:
        definition, order = definition_of(session, row.process_version_id), flow_order(session, row.process_version_id)
        steps = outline(Walk.of(definition, order, trail, row.state, now))
    return CaseInstance(
        instance_id=row.id,
        process_id=row.process_id,
        name=words(row.name, row.name_en),
        version=row.version,
        state=row.state.value,
        started_at=row.started_at,
        ended_at=row.ended_at,
        outcome=outcome_words(session, row.process_version_id, row.outcome) if row.outcome else None,
        step=step_number(steps),
        outline=steps,
        incidents=trail.incidents if trail else 0,
    )
