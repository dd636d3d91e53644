"""The log as OCEL 2.0 (JSON): events that belong to several objects at once, written as they are read.

Objects are cases, instances, tasks, deadlines, people and units. Objects stand before events in the file, so the instances are
read twice, by the same key.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from casework.database import read
from casework.queries.event_log.rows import DONE, OPENED, Pseudonyms, traces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from casework.queries.event_log.asking import LogAsked
    from casework.queries.event_log.rows import LogEvent, LogTrace

_OBJECT_TYPES: dict[str, dict[str, str]] = {
    "case": {},
    "instance": {"process": "string", "version": "integer", "state": "string"},
    "task": {"element": "string", "process": "string"},
    "deadline": {"element": "string", "process": "string", "late": "boolean"},
    "person": {},
    "unit": {},
}
_EVENT_ATTRIBUTES = {"element": "string", "process": "string", "kind": "string", "lifecycle": "string"}
#: How an event is called that does not say that a step is done.
_SUFFIX = {DONE: "", OPENED: " [opened]"}


def ocel(asked: LogAsked) -> Iterator[bytes]:
    """Pieces of the file."""
    pseudonyms = Pseudonyms()
    with read() as session:
        yield b'{"objectTypes":' + _json(_types(_OBJECT_TYPES)) + b',\n"eventTypes":'
        names = sorted({_name(event) for trace in traces(session, asked, pseudonyms) for event in trace.events})
        yield _json(_types(dict.fromkeys(names, _EVENT_ATTRIBUTES)))
        yield b',\n"objects":['
        yield from _joined(_objects(session, asked, pseudonyms))
        yield b'],\n"events":['
        yield from _joined(_events(session, asked, pseudonyms))
        yield b"]}\n"


def _types(types: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    return [
        {"name": name, "attributes": [{"name": key, "type": kind} for key, kind in attributes.items()]}
        for name, attributes in types.items()
    ]


def _objects(session: Session, asked: LogAsked, pseudonyms: Pseudonyms) -> Iterator[dict[str, Any]]:
    """Each once; cases, people and units come up again and again."""
    seen: set[str] = set()
    for trace in traces(session, asked, pseudonyms):
        about = {"process": trace.process_id, "version": trace.version, "state": trace.state}
        found = [_object(trace.case, "case", trace.started_at)]
        found.append(_object(trace.instance, "instance", trace.started_at, about, {trace.case: "belongs to"}))
        for event in trace.events:
            found += _objects_of(trace, event)
        for one in found:
            if one["id"] not in seen:
                seen.add(one["id"])
                yield one


def _objects_of(trace: LogTrace, event: LogEvent) -> Iterator[dict[str, Any]]:
    place = {"element": event.element_id, "process": event.process_id}
    if event.task:
        yield _object(event.task, "task", event.at, place, {trace.instance: "part of"})
    if event.deadline:
        yield _object(
            event.deadline, "deadline", event.at, {**place, "late": event.is_late}, {trace.instance: "part of"}
        )
    if event.person:
        yield _object(event.person, "person", event.at)
    if event.unit:
        yield _object(f"unit-{event.unit}", "unit", event.at)


def _object(
    id_: str,
    type_: str,
    at: datetime,
    attributes: dict[str, Any] | None = None,
    relationships: dict[str, str] | None = None,
) -> dict[str, Any]:
    return {
        "id": id_,
        "type": type_,
        "attributes": [{"name": k, "time": _instant(at), "value": _text(v)} for k, v in (attributes or {}).items()],
        "relationships": [{"objectId": of, "qualifier": how} for of, how in (relationships or {}).items()],
    }


def _events(session: Session, asked: LogAsked, pseudonyms: Pseudonyms) -> Iterator[dict[str, Any]]:
    number = 0
    for trace in traces(session, asked, pseudonyms):
        for event in trace.events:
            number += 1
            yield _event(f"event-{number}", trace, event)


def _event(id_: str, trace: LogTrace, event: LogEvent) -> dict[str, Any]:
    about = {
        "element": event.element_id,
        "process": event.process_id,
        "kind": event.type,
        "lifecycle": event.transition,
    }
    objects = {trace.instance: "in", trace.case: "on"}
    objects |= {event.task: "about"} if event.task else {}
    objects |= {event.deadline: "about"} if event.deadline else {}
    objects |= {event.person: "by"} if event.person else {}
    objects |= {f"unit-{event.unit}": "at"} if event.unit else {}
    return {
        "id": id_,
        "type": _name(event),
        "time": _instant(event.at),
        "attributes": [{"name": name, "value": value} for name, value in about.items()],
        "relationships": [{"objectId": of, "qualifier": how} for of, how in objects.items()],
    }


def _name(event: LogEvent) -> str:
    kind = " [deadline]" if event.type == "deadline" else ""
    return event.name + kind + _SUFFIX.get(event.transition, " [withdrawn]")


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(value: Any) -> str:
    """Values of OCEL are texts, whatever their type."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _joined(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    for place, row in enumerate(rows):
        yield (b",\n" if place else b"\n") + _json(row)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
