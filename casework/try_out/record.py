"""What was seen while one step of a try-out happened: kept beside the database of that step, in the words of both languages."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from casework.forms.words import Words, words

if TYPE_CHECKING:
    from pathlib import Path

    from casework.i18n import Message
    from casework.scenarios.flows import FlowKey


class EntryKind(StrEnum):
    """What a line of the log is about."""

    BEGUN = "begun"  #: A process began.
    OPENED = "opened"  #: A task stands.
    DONE = "done"  #: A task was completed.
    GONE = "gone"  #: A task is no longer needed.
    TIME = "time"  #: A moment came that something waited for.
    MESSAGE = "message"  #: A message came or left.
    LETTER = "letter"  #: A letter went out.
    GATEWAY = "gateway"  #: A gateway chose.
    DECISION = "decision"  #: A decision table was asked.
    DEADLINE = "deadline"  #: A deadline was met, or passed after it had been met.
    OVERDUE = "overdue"  #: A deadline has passed.
    NOTED = "noted"  #: What the journal of the case says of it.
    ENDED = "ended"  #: A process ended.
    STUCK = "stuck"  #: It cannot go on.


@dataclass(frozen=True)
class Weight:
    """One flow of a gateway: where it leads, what was asked, what the answer was; `flow_id` is empty where it has none."""

    target: Words
    expression: str
    value: str
    is_chosen: bool
    flow_id: str = ""


@dataclass(frozen=True)
class Entry:
    """One line. `why` are the flows of a gateway or the rows of a table, `read` the values that were read."""

    at: datetime
    kind: EntryKind
    words: Words
    process_id: str = ""
    element_id: str = ""
    why: tuple[Weight, ...] = ()
    read: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Origin:
    """Where a value is from."""

    at: datetime
    words: Words


@dataclass
class Record:
    """After one step: its lines, and of the whole walk the flows taken and where each value is from.

    `variables` are by instance and name; `problems` what an expectation of the walk found otherwise.
    """

    at: datetime
    entries: list[Entry] = field(default_factory=list)
    taken: set[FlowKey] = field(default_factory=set)
    variables: dict[str, dict[str, Origin]] = field(default_factory=dict)
    facts: dict[str, Origin] = field(default_factory=dict)
    problems: list[Words] = field(default_factory=list)
    seconds: float = 0.0

    def begun(self) -> Record:
        """The record of the next step, before anything was seen of it."""
        return Record(
            self.at,
            taken=set(self.taken),
            variables={instance: dict(names) for instance, names in self.variables.items()},
            facts=dict(self.facts),
        )


def both(said: Message) -> Words:
    """In both languages, as it is said now."""
    return words(said.text("da"), said.text("en"))


def keep(record: Record, file: Path) -> None:
    """Write it."""
    file.write_text(json.dumps(_to_json(record), ensure_ascii=False), encoding="utf-8")


def read(file: Path) -> Record:
    """Read what `keep` wrote."""
    data = json.loads(file.read_text(encoding="utf-8"))
    return Record(
        at=datetime.fromisoformat(data["at"]),
        entries=[_entry(one) for one in data["entries"]],
        taken={(process_id, flow_id) for process_id, flow_id in data["taken"]},
        variables={instance: _origins(names) for instance, names in data["variables"].items()},
        facts=_origins(data["facts"]),
        problems=[words(*one) for one in data["problems"]],
        seconds=data["seconds"],
    )


def _entry(data: dict[str, Any]) -> Entry:
    return Entry(
        at=datetime.fromisoformat(data["at"]),
        kind=EntryKind(data["kind"]),
        words=words(*data["words"]),
        process_id=data["process_id"],
        element_id=data["element_id"],
        why=tuple(
            Weight(words(*one["target"]), **{k: v for k, v in one.items() if k != "target"}) for one in data["why"]
        ),
        read=tuple((name, value) for name, value in data["read"]),
    )


def _origins(data: dict[str, Any]) -> dict[str, Origin]:
    return {name: Origin(datetime.fromisoformat(at), words(*said)) for name, (at, said) in data.items()}


def _to_json(value: Any) -> Any:
    match value:
        case Words():
            return [value.danish, value.id]
        case Origin():
            return [value.at.isoformat(), _to_json(value.words)]
        case Record() | Entry() | Weight():
            return {name: _to_json(inner) for name, inner in vars(value).items()}
        case datetime():
            return value.isoformat()
        case dict():
            return {name: _to_json(inner) for name, inner in value.items()}
        case list() | tuple() | set():
            return [_to_json(inner) for inner in (sorted(value) if isinstance(value, set) else value)]
    return value
