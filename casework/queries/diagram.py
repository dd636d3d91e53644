"""One instance as a picture and as a list: the diagram exactly as it runs, which elements are done and which present."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework import clock
from casework.database import read
from casework.errors import NotFoundError
from casework.forms.words import words
from casework.i18n import message
from casework.model import Case, ProcessInstance, ProcessVersion
from casework.model.visibility import sees_whole_case
from casework.queries.flow_order import flow_order
from casework.queries.outline import OutlineStep, Walk, markers, outline
from casework.queries.process_diagram import diagram_of
from casework.queries.trails import trails
from casework.released import definition_of

if TYPE_CHECKING:
    from uuid import UUID

    from casework.engine import Definition
    from casework.forms.words import Words
    from casework.model import Actor


@dataclass(frozen=True)
class DiagramPage:
    """`process_id` is the diagram shown, of the main process or a called one; `processes` are all that can be shown.

    `markers`: element id to done, now, overdue or waiting.
    """

    instance_id: UUID
    case_id: UUID
    case_number: str
    process_id: str
    name: Words
    version: int
    state: str
    xml: bytes
    markers: dict[str, str]
    outline: tuple[OutlineStep, ...]
    processes: tuple[tuple[str, Words], ...]


def diagram(actor: Actor, instance_id: UUID, *, process_id: str | None = None) -> DiagramPage:
    """Give it to who sees the whole case; NotFoundError otherwise, and for a process that is not part of the instance."""
    with read() as session:
        row = session.execute(
            select(
                ProcessInstance.id,
                ProcessInstance.case_id,
                ProcessInstance.process_version_id,
                ProcessInstance.state,
                Case.number,
                ProcessVersion.version,
            )
            .join(Case, Case.id == ProcessInstance.case_id)
            .join(ProcessVersion, ProcessVersion.id == ProcessInstance.process_version_id)
            .where(ProcessInstance.id == instance_id, sees_whole_case(actor))
        ).one_or_none()
        if row is None:
            raise NotFoundError(message("There is no such process."))
        definition, order = definition_of(session, row.process_version_id), flow_order(session, row.process_version_id)
        shown = process_id or definition.process_id
        xml = session.scalars(diagram_of(row.process_version_id, process_id)).first()
        if xml is None or shown not in definition.processes:
            raise NotFoundError(message("There is no such process."))
        walk = Walk.of(definition, order, trails(session, [instance_id])[instance_id], row.state, clock.now())
    return DiagramPage(
        instance_id=instance_id,
        case_id=row.case_id,
        case_number=row.number,
        process_id=shown,
        name=_name(definition, shown),
        version=row.version,
        state=row.state.value,
        xml=xml,
        markers=markers(walk, shown),
        outline=outline(walk),
        processes=tuple((name, _name(definition, name)) for name in definition.processes),
    )


def _name(definition: Definition, process_id: str) -> Words:
    process = definition.process(process_id)
    return words(process.name or process_id, process.name_en)
