"""The log as XES (IEEE 1849): one trace for each instance, written as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from casework.database import read
from casework.queries.event_log.rows import Pseudonyms, traces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from casework.queries.event_log.asking import LogAsked
    from casework.queries.event_log.rows import LogEvent, LogTrace

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/><date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>\
<string key="lifecycle:transition" value="complete"/></global>
<classifier name="Step" keys="concept:name"/>
<classifier name="Step and transition" keys="concept:name lifecycle:transition"/>
<string key="lifecycle:model" value="standard"/>
"""


def xes(asked: LogAsked) -> Iterator[bytes]:
    """Pieces of the file. Deadlines are no events here: XES has one kind of case, and they are told as `sag:late` of tasks."""
    yield (_HEAD + _string("concept:name", asked.name) + "\n").encode()
    with read() as session:
        for trace in traces(session, asked, Pseudonyms()):
            yield _trace(trace).encode()
    yield b"</log>\n"


def _trace(trace: LogTrace) -> str:
    about = [
        _string("concept:name", trace.instance),
        _string("sag:case", trace.case),
        _string("sag:process", trace.process_id),
        f'<int key="sag:version" value="{trace.version}"/>',
        _string("sag:state", trace.state),
    ]
    events = [_event(event) for event in trace.events if event.type != "deadline"]
    return f"<trace>{''.join(about)}\n{''.join(events)}</trace>\n"


def _event(event: LogEvent) -> str:
    parts = [
        _string("concept:name", event.name),
        _date("time:timestamp", event.at),
        _string("lifecycle:transition", event.transition),
        _string("sag:process", event.process_id),
        _string("sag:element", event.element_id),
        _string("sag:type", event.type),
    ]
    parts += [_string("org:resource", event.person)] if event.person else []
    parts += [_string("org:group", event.unit)] if event.unit else []
    parts += [_string("sag:task", event.task)] if event.task else []
    if event.is_late is not None:
        parts.append(f'<boolean key="sag:late" value="{str(event.is_late).lower()}"/>')
    return f"<event>{''.join(parts)}</event>\n"


def _string(key: str, value: str) -> str:
    return f"<string key={quoteattr(key)} value={quoteattr(value)}/>"


def _date(key: str, at: datetime) -> str:
    return f"<date key={quoteattr(key)} value={quoteattr(at.isoformat(timespec='milliseconds'))}/>"
