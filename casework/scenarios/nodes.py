"""YAML with lines: what was written, as plain values, and where. Only what a scenario needs: no anchors, no tags, no code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from casework.i18n import message
from casework.scenarios.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST, DEEPEST, MOST_PARTS = 500_000, 30, 15_000
_WORDS: dict[str, Any] = {"ja": True, "true": True, "nej": False, "false": False, "": None, "~": None, "null": None}
_NUMBER = re.compile(r"[+-]?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Place:
    """A node of the file."""

    file: str
    node: Any

    @property
    def line(self) -> int:
        """Counted from 1."""
        return int(self.node.start_mark.line) + 1

    def wrong(self, what: Any, mend: Any) -> ScenarioError:
        """What is wrong here."""
        return ScenarioError(self.file, self.line, what, mend)

    def entries(self) -> dict[str, Place]:
        """Of a mapping; refuses anything else, and a key that stands twice."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong(message("Here must stand names with values."), message("Write each as `name: value`."))
        found: dict[str, Place] = {}
        for key, value in self.node.value:
            name = str(key.value)
            if name in found:
                raise Place(self.file, key).wrong(
                    message('"{name}" stands here twice.', name=name), message("Leave one of them out.")
                )
            found[name] = Place(self.file, _at(value, key))
        return found

    def items(self) -> Iterator[Place]:
        """Of a list; a single value is a list of one, nothing an empty one."""
        if isinstance(self.node, yaml.SequenceNode):
            return (Place(self.file, node) for node in self.node.value)
        return iter(() if self.value() is None else (self,))

    def value(self) -> Any:
        """As a plain value: `ja` and `nej`, numbers, days, texts (in quotes always text), lists, and names with values."""
        match self.node:
            case yaml.ScalarNode():
                return _scalar(self)
            case yaml.SequenceNode():
                return [item.value() for item in self.items()]
        return {name: place.value() for name, place in self.entries().items()}

    def text(self) -> str:
        """As it is written; refuses lists and mappings."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.wrong(message("Here must stand a single value."), message("Write one word or sentence."))
        return str(self.node.value).strip()


def read(file: str, text: str) -> Place | None:
    """The whole file; None when it is empty. Refuses what is no YAML, and anchors (`&`, `*`)."""
    if len(text) > LONGEST:
        raise ScenarioError(
            file, 1, message("The file is longer than {limit} characters.", limit=LONGEST), message("Divide it.")
        )
    try:
        _look_through(file, text)
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ScenarioError(
            file,
            (mark.line if mark else 0) + 1,
            message("This is not YAML ({detail}).", detail=str(error.problem or error.context or "")),
            message("Look for a missing colon, a quotation mark, or lines that are not indented alike."),
        ) from error
    except yaml.YAMLError as error:
        raise ScenarioError(
            file, 1, message("This is not YAML ({detail}).", detail=str(error)), message("Save it as UTF-8 text.")
        ) from error
    return None if node is None else Place(file, node)


def _look_through(file: str, text: str) -> None:
    """Stops at the first thing that would take long to read, or is cleverer than a scenario needs."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader)):
        _refuse_cleverness(file, event)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or count > MOST_PARTS:
            what = (
                message("Lists and names stand more than {most} deep.", most=DEEPEST)
                if depth > DEEPEST
                else message("The file has more than {most} values.", most=MOST_PARTS)
            )
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise ScenarioError(file, line, what, message("Divide it, or write it flatter."))


def is_plain(text: str) -> bool:
    """Whether a text without quotes is read as this text, and not as a number, a day, yes or no."""
    return text.lower() not in _WORDS and not _NUMBER.fullmatch(text) and not _DAY.fullmatch(text)


def _refuse_cleverness(file: str, event: Any) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise ScenarioError(
            file,
            int(event.start_mark.line) + 1,
            message("Anchors (& and *) are not read here."),
            message("Write it out, or put the text in quotation marks."),
        )


def _at(value: Any, key: Any) -> Any:
    """A value on the line of its name: a mapping begins on the next one, which nobody would look at."""
    value.start_mark = key.start_mark
    return value


def _scalar(place: Place) -> Any:
    text = str(place.node.value)
    if place.node.style:  # in quotes, or a block of text
        return text.strip()
    text = text.strip()
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise place.wrong(
                message('"{text}" is no day of the calendar.', text=text), message("Write it as 2026-11-24.")
            ) from None
    return text
