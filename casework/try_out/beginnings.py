"""How a draft may be begun in a try-out: by what its diagram begins with, and as each of its scenarios begins."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from casework.engine import processes_in
from casework.errors import CaseworkError, InvalidError
from casework.forms.words import Words, words
from casework.i18n import message
from casework.scenarios.nodes import Place, read
from casework.scenarios.reading import USUAL_NOW, read_text
from casework.scenarios.writing import flow
from casework.studio.bundles import elements_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.scenarios.scenario import Scenario
    from casework.studio import Folder, Workspace

#: The form in which somebody turns to the municipality; the process that takes it in.
ENQUIRY, _TAKES_IN = "underretning", "Underretning"
#: What a variable of a type is given where nobody says anything.
_USUAL: dict[str, Any] = {"date": "i dag", "datetime": "nu", "boolean": True, "number": 1, "string": "17"}
_NOT_OF_BEGINNING = ("forløb", "slut", "navn", "om")


@dataclass(frozen=True)
class Start:
    """One way to begin: `key` as a scenario has it under `start`; `brings` what comes along, as it is written."""

    key: str
    words: Words
    brings: str


@dataclass(frozen=True)
class ToldScenario:
    """A scenario of the workspace, with its entries as they are written."""

    file: str
    scenario: Scenario
    entries: dict[str, Any]

    @property
    def beginning(self) -> dict[str, Any]:
        """All that a walk begins with."""
        return {"navn": self.scenario.name} | {k: v for k, v in self.entries.items() if k not in _NOT_OF_BEGINNING}

    @property
    def steps(self) -> tuple[Any, ...]:
        """As a walk has them."""
        return tuple(self.entries.get("forløb") or ())


def scenarios_beside(folder: Folder, process_id: str) -> list[ToldScenario]:
    """Those in the file beside the diagram. Refuses (ScenarioError) a file that cannot be read."""
    return [told for key in folder.scenarios_beside(process_id) for told in told_in(key, folder.scenarios[key])]


def scenario_file(folder: Folder, process_id: str) -> str:
    """The file beside the diagram in which a scenario is kept; it need not be there yet."""
    found = folder.scenarios_beside(process_id)
    name = folder.processes.get(process_id, f"{process_id}/{process_id}.bpmn")
    return found[0] if found else str(PurePosixPath(name).parent / "scenarios.yaml")


@lru_cache(maxsize=32)
def told_in(key: str, content: bytes) -> tuple[ToldScenario, ...]:
    """The scenarios of one file; read once, for several pages ask for the same again and again."""
    text = content.decode("utf-8", errors="replace")
    scenarios, top = read_text(text, key), read(key, text)
    places: list[Place] = [] if top is None else list(top.entries()["scenarier"].items())
    return tuple(
        ToldScenario(key, scenario, _plain(place.value())) for scenario, place in zip(scenarios, places, strict=True)
    )


def scenario_count(files: Mapping[str, bytes]) -> int:
    """How many are told in these files; none in one that cannot be read."""
    count = 0
    for key, content in files.items():
        with suppress(CaseworkError):
            count += len(told_in(key, content))
    return count


def starts(workspace: Workspace) -> list[Start]:
    """By message or by hand, as the diagram says; as an enquiry where the process takes notifications in."""
    folder, process_id = workspace.folder, workspace.process_id
    told = _told(folder, process_id)
    elements = [
        one
        for one in elements_of(folder).get(folder.processes.get(process_id, ""), ())
        if one.process_id == process_id and one.type == "startEvent" and not one.scope
    ]
    messages = {one.event_name: one for one in elements if one.event == "message"}
    found: list[Start] = []
    if _TAKES_IN in messages:
        brings = next((flow(one.entries[ENQUIRY]) for one in told if isinstance(one.entries.get(ENQUIRY), dict)), "{}")
        found.append(Start(ENQUIRY, words("Henvendelse i formular F01", "An enquiry in form F01"), _inner(brings)))
    for name, element in messages.items():
        label = words(f"{element.name or name}", element.name_en or element.name or name)
        found.append(Start(name, label, _brings(folder, process_id, name, told)))
    if any(one.event != "message" for one in elements) or not found:
        label = words("Startet i hånden", "Started by hand")
        found.append(Start(process_id, label, _brings(folder, process_id, process_id, told)))
    return found


def beginning(
    name: str, start: Start, brings: str, *, child: str, born: date, now: datetime, is_protected: bool
) -> dict[str, Any]:
    """The entries of a scenario before `forløb`. Refuses (InvalidError) what cannot be read of `brings`."""
    entries: dict[str, Any] = {"navn": name, "nu": f"{now:%Y-%m-%d %H:%M}"}
    entries["barn"] = {"navn": child, "født": born.isoformat()} | ({"beskyttetAdresse": True} if is_protected else {})
    values = values_of(brings)
    if start.key == ENQUIRY:
        entries[ENQUIRY] = values
        return entries
    entries["start"] = start.key
    return entries | ({"med": values} if values else {})


def values_of(text: str) -> dict[str, Any]:
    """Names with values as a scenario has them on one line, with or without braces: `erUnderretning: ja, antal: 2`."""
    lines = ", ".join(line.strip().rstrip(",") for line in text.strip().strip("{}").splitlines() if line.strip())
    try:
        place = read("", f"x: {{{lines}}}")
        found = place.entries()["x"].value() if place else {}
    except CaseworkError:
        found = None
    if not isinstance(found, dict):
        wrong = message("Write each as `name: value`, with a comma or a new line between them.")
        raise InvalidError(wrong, {"brings": [wrong]})
    return {name: _plain(value) for name, value in found.items()}


def usual_moment() -> datetime:
    """When scenarios begin that say nothing else."""
    return USUAL_NOW


def usual_birth_date(age: int) -> date:
    """So old at the usual moment, with the birthday some weeks ahead: it comes in the time-lapse."""
    ahead = USUAL_NOW.date() + timedelta(days=40)
    return ahead.replace(year=ahead.year - age - 1)


def _told(folder: Folder, process_id: str) -> list[ToldScenario]:
    try:
        return scenarios_beside(folder, process_id)
    except CaseworkError:
        return []  # what is wrong with the file is said where the scenarios are


def _brings(folder: Folder, process_id: str, key: str, told: list[ToldScenario]) -> str:
    """As the first scenario that begins so; else something for each variable that the process declares."""
    same = next((one for one in told if one.entries.get("start") == key), None)
    if same is not None:
        return _inner(flow(same.entries.get("med") or {}))
    declared = _declared(folder, process_id)
    return _inner(flow({name: _USUAL[kind] for name, kind in declared if kind in _USUAL and name in _OFTEN}))


#: What every message that begins a process brings; of others nobody knows what would be sensible.
_OFTEN = frozenset({"henvendelseId", "modtagetTid", "kendskabsDato"})


def _declared(folder: Folder, process_id: str) -> Iterator[tuple[str, str]]:

    content = folder.diagrams.get(folder.processes.get(process_id, ""))
    process = processes_in(content).get(process_id) if content else None
    yield from ((one.name, one.type) for one in (process.variables if process else ()))


def _inner(text: str) -> str:
    return text.removeprefix("{").removesuffix("}")


def _plain(value: Any) -> Any:
    """As JSON keeps it."""
    match value:
        case dict():
            return {name: _plain(inner) for name, inner in value.items()}
        case list():
            return [_plain(inner) for inner in value]
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
    return value
