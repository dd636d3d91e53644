"""How fast running instances come to another version and back: those of the demonstration, of the process that most run."""

from __future__ import annotations

import time
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from casework.config import ROOT
from casework.database import read
from casework.engine.moving_pairs import paired, propose
from casework.model import SYSTEM, InstanceMoveItem, InstanceState, ProcessInstance, ProcessVersion
from casework.operations.deploy_processes import deploy_processes
from casework.operations.moving_instances.move_waiting_instances import move_waiting_instances
from casework.operations.moving_instances.start_instance_move import start_instance_move
from casework.operations.moving_instances.steer_move import move_instances_back
from casework.released import definition_of

if TYPE_CHECKING:
    from uuid import UUID

PROCESS, FILE = "intake_to_assessment", "intake_to_assessment/intake_to_assessment.bpmn"
#: Deadlines and a timer of the process get another length.
CHANGED = (('duration="P10D"', 'duration="P7D"'), (">P4M</bpmn:timeDuration>", ">P3M</bpmn:timeDuration>"))
REASON = "Måling"


def moves() -> dict[str, Any]:
    """Instances a second, there and back, by one worker; in the database of the settings."""
    before = _version()
    _release_another()
    with read() as session:
        definitions = definition_of(session, before), definition_of(session, _version())
    pairs = paired(propose(*definitions))
    move_id = start_instance_move(SYSTEM, from_version_id=before, to_version_id=_version(), pairs=pairs, reason=REASON)
    there = _work()
    move_instances_back(SYSTEM, move_id=move_id, reason=REASON)
    return {"instances": _count(move_id), "there_per_second": there, "back_per_second": _work()}


def _version() -> UUID:
    with read() as session:
        query = select(ProcessVersion.id).where(ProcessVersion.process_id == PROCESS)
        return session.scalars(query.order_by(ProcessVersion.version.desc())).first()  # type: ignore[return-value]


def _release_another() -> None:
    with TemporaryDirectory(prefix="sagsgang-bench-") as folder:
        copy = Path(folder) / "processes"
        copytree(ROOT / "processes", copy)
        text = (copy / FILE).read_text(encoding="utf-8")
        for old, new in CHANGED:
            text = text.replace(old, new)
        (copy / FILE).write_text(text, encoding="utf-8")
        deploy_processes(SYSTEM, folder=copy, forms=ROOT / "forms")


def _work() -> float:
    begun, done = time.perf_counter(), 0
    while some := move_waiting_instances():
        done += some
    return round(done / (time.perf_counter() - begun), 1)


def _count(move_id: UUID) -> dict[str, int]:
    with read() as session:
        query = select(InstanceMoveItem.state, func.count()).where(InstanceMoveItem.move_id == move_id)
        found = {state.value: count for state, count in session.execute(query.group_by(InstanceMoveItem.state))}
        running = select(func.count()).select_from(ProcessInstance)
        return {**found, "running": session.scalar(running.where(ProcessInstance.state == InstanceState.RUNNING)) or 0}
