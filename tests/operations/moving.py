"""Moves what runs to the newest version, and looks at what stands: for the tests of moving instances."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from casework.database import read
from casework.engine.moving_pairs import paired, propose
from casework.model import (
    Deadline,
    InstanceMoveItem,
    Job,
    ProcessInstance,
    ProcessVersion,
    Subscription,
    Timer,
    UserTask,
)
from casework.operations.moving_instances.move_waiting_instances import move_waiting_instances
from casework.operations.moving_instances.start_instance_move import start_instance_move
from casework.operations.moving_instances.steer_move import move_instances_back
from casework.released import definition_of
from tests import diagrams as d
from tests.operations.asking import rows
from tests.proof.moved import shape

REASON = "Fristen er ændret"
#: What of a row is its own history, and not what it says.
_OWN = {"id", "version", "moved", "ended_at", "escalation_level", "next_escalation_at", "explanation"}
_STANDS = {UserTask: ("open", "claimed"), Job: ("ready", "claimed", "failed"), Timer: ("waiting", "stuck")}
_STANDS |= {Subscription: ("waiting",), Deadline: ("running",)}


def versions(process_id: str = "p") -> list[ProcessVersion]:
    query = select(ProcessVersion).where(ProcessVersion.process_id == process_id).order_by(ProcessVersion.version)
    return rows(query)


def begin(cast: Any, also: dict[str, str] | None = None, process_id: str = "p", **more: Any) -> Any:
    """A batch from the version before to the newest; gives its id."""
    *_, old, new = versions(process_id)
    with read() as session:
        before, after = definition_of(session, old.id), definition_of(session, new.id)
    pairs = paired(propose(before, after))
    pairs |= {(process_id, a): (process_id, b) for a, b in (also or {}).items()}
    named = {"from_version_id": old.id, "to_version_id": new.id, "pairs": pairs, "reason": REASON}
    return start_instance_move(cast.birgit, **{**named, **more})


def work() -> None:
    while move_waiting_instances(limit=10):
        pass


def move(cast: Any, also: dict[str, str] | None = None, **more: Any) -> list[str]:
    """Move all; gives why instances were refused."""
    move_id = begin(cast, also, **more)
    work()
    return refusals(move_id)


def refusals(move_id: Any) -> list[str]:
    items = rows(select(InstanceMoveItem).where(InstanceMoveItem.move_id == move_id))
    assert all(item.state.value != "waiting" for item in items)
    return [reason["id"].format(**reason["values"]) for item in items for reason in item.reasons]


def back(cast: Any, move_id: Any) -> list[str]:
    again = move_instances_back(cast.birgit, move_id=move_id, reason="Tilbage")
    work()
    return refusals(again)


def standing() -> dict[str, Any]:
    """All that stands of all instances, and where their tokens are: two of these are equal when nothing differs."""
    found: dict[str, Any] = {}
    with read() as session:
        for table, states in _STANDS.items():
            columns = [c for c in table.__table__.c if c.key not in _OWN]
            query = select(*columns).where(table.__table__.c.state.in_(states))
            if table is Job:  # not the mails about deadlines, which no process waits for
                query = query.where(Job.engine_task_id.is_not(None))
            found[table.__name__] = sorted(map(str, (dict(row._mapping) for row in session.execute(query))))
        for id_, state in session.execute(select(ProcessInstance.id, ProcessInstance.engine_state)):
            found[str(id_)] = shape(state)
    return found


MESSAGES = d.MESSAGE + '<bpmn:message id="m2" name="Andet"/>'


def task(name, ext="", **more):
    return d.user(name, ext=ext, **{"camunda_candidateGroups": "modtagelse", **more})


def rule(duration="P6D", **more):
    words = {"key": "frist", "class": "LOKAL", "duration": duration, "calendar": "calendar", **more}
    return "<sag:deadline " + " ".join(f'{key}="{value}"' for key, value in words.items()) + "/>"


def row(*names, ext="", more=(), flows="", **attributes):
    """Tasks one after the other; `more` nodes with their `flows` beside them."""
    way = ", ".join(f"{a} {b}" for a, b in zip(("start", *names), (*names, "end"), strict=True))
    tasks = [task(name, ext=ext if name == "a" else "", **attributes) for name in names]
    return d.process(d.start(), *tasks, *more, d.end(), flows=f"{way}, {flows}" if flows else way, shared=MESSAGES)


def beside(text="P5D", host="a", event="t", **more):
    event_node = d.boundary(event, host, d.timer(text), interrupting=False, **more)
    nodes = event_node, task(f"r_{event}"), d.end(f"e_{event}")
    return {"more": nodes, "flows": f"{event} r_{event}, r_{event} e_{event}"}
