"""Reads a `scenarios.yaml`. Whatever is wrong is said with its line, what it is, and how to mend it (`ScenarioError`)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casework.config import TIME_ZONE
from casework.i18n import message
from casework.scenarios.errors import ScenarioError
from casework.scenarios.nodes import read
from casework.scenarios.reading_steps import mapping, only, steps_of
from casework.scenarios.scenario import Child, Parent, Scenario, Start
from casework.scenarios.words import moment_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from casework.scenarios.nodes import Place

#: A Tuesday morning, when everybody is at work.
USUAL_NOW = datetime(2026, 11, 24, 10, 0, tzinfo=TIME_ZONE)
#: Instead of answers: nobody completes that task unless a step says so.
_WAITS = "venter"
RELATIONS = ("mor", "far", "vaerge", "anden")
_TOP = (
    "navn", "om", "nu", "barn", "forældre", "oplysninger", "ansvarlig", "start", "med", "underretning", "ellers", "forløb",
    "slut",
)  # fmt: skip


def read_file(path: Path) -> list[Scenario]:
    """The scenarios of a file, in its order. Refuses (ScenarioError) what cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        text = "\x00"  # what is no text is no YAML either
    return read_text(text, str(path))


def read_text(text: str, file: str) -> list[Scenario]:
    """The same, of a text; `file` is what errors call it."""
    top = read(file, text)
    if top is None:
        return []
    entries = only(top, ("scenarier",))
    if "scenarier" not in entries:
        raise top.wrong(message("There are no scenarios."), message("Begin with `scenarier:` and a list."))
    scenarios = [_scenario(place) for place in entries["scenarier"].items()]
    _refuse_same_names(scenarios)
    return scenarios


def _refuse_same_names(scenarios: list[Scenario]) -> None:
    seen: set[str] = set()
    for scenario in scenarios:
        if scenario.name in seen:
            what = message('Two scenarios are called "{name}".', name=scenario.name)
            raise ScenarioError(scenario.file, scenario.line, what, message("Give each its own name."))
        seen.add(scenario.name)


def _scenario(place: Place) -> Scenario:
    entries = only(place, _TOP)
    if "navn" not in entries:
        raise place.wrong(message("The scenario has no name."), message("Write `navn:` with a short sentence."))
    now = _moment(entries["nu"]) if "nu" in entries else USUAL_NOW
    return Scenario(
        file=place.file,
        line=place.line,
        name=entries["navn"].text(),
        about=entries["om"].text() if "om" in entries else "",
        now=now,
        child=_child(entries),
        facts=mapping(entries.get("oplysninger")),
        unit=entries["ansvarlig"].text() if "ansvarlig" in entries else "",
        start=_start(place, entries),
        usual=_usual(entries.get("ellers")),
        waits=_waits(entries.get("ellers")),
        steps=steps_of(entries.get("forløb")),
        ends=_ends(entries.get("slut")),
        ends_line=entries["slut"].line if "slut" in entries else 0,
    )


def _start(place: Place, entries: Mapping[str, Place]) -> Start:
    given = [name for name in ("start", "underretning") if name in entries]
    if len(given) != 1:
        raise place.wrong(
            message("It must be said how the scenario begins, once."),
            message("Write `start:` with a message or a process, or `underretning:` with answers of form F01."),
        )
    begin = entries[given[0]]
    if given == ["underretning"]:
        return Start(begin.line, enquiry=mapping(begin))
    return Start(begin.line, begin.text(), mapping(entries.get("med")))


def _child(entries: Mapping[str, Place]) -> Child:
    given = only(entries["barn"], ("navn", "alder", "født", "beskyttetAdresse")) if "barn" in entries else {}
    usual = Child()
    parents = tuple(map(_parent, entries["forældre"].items())) if "forældre" in entries else usual.parents
    born = given["født"].value() if "født" in given else None
    if "født" in given and not isinstance(born, date):
        raise given["født"].wrong(message("This is no day."), message("Write it as 2014-03-14."))
    return Child(
        name=given["navn"].text() if "navn" in given else usual.name,
        born=born,
        age=_whole(given["alder"]) if "alder" in given else usual.age,
        has_protected_address=given["beskyttetAdresse"].value() is True if "beskyttetAdresse" in given else False,
        parents=parents,
    )


def _parent(place: Place) -> Parent:
    given = only(place, ("navn", "relation", "forældremyndighed"))
    relation = given["relation"].text() if "relation" in given else "mor"
    if relation not in RELATIONS:
        raise given["relation"].wrong(
            message('"{word}" is no relation.', word=relation), message("Write one of: {words}.", words=[*RELATIONS])
        )
    name = given["navn"].text() if "navn" in given else f"{relation.capitalize()} Prøve"
    has_custody = given["forældremyndighed"].value() is True if "forældremyndighed" in given else relation == "mor"
    return Parent(name, relation, has_custody)


def _whole(place: Place) -> int:
    value = place.value()
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise place.wrong(message("This is no whole number."), message("Write for example 12."))
    return value


def _moment(place: Place) -> datetime:
    found = moment_of(place.text())
    if found is None:
        raise place.wrong(message("This is no moment."), message("Write it as 2026-11-24 09:00."))
    return found


def _usual(place: Place | None) -> dict[str, dict[str, Any]]:
    entries = {} if place is None else place.entries()
    return {name: mapping(answers) for name, answers in entries.items() if answers.value() != _WAITS}


def _waits(place: Place | None) -> frozenset[str]:
    entries = {} if place is None else place.entries()
    return frozenset(name for name, answers in entries.items() if answers.value() == _WAITS)


def _ends(place: Place | None) -> dict[str, str]:
    if place is None:
        return {}
    value = place.value()
    return {name: str(end) for name, end in value.items()} if isinstance(value, dict) else {"": place.text()}
