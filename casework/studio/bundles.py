"""Which process uses which files: a bundle is what a version of a process freezes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework import decisions, engine
from casework.diagrams import DiagramError
from casework.engine.drawing import drawn
from casework.errors import CaseworkError
from casework.model import ArtifactKind
from casework.studio.files import File

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from casework.engine import Definition, Element
    from casework.studio.files import FileKey, Folder


@dataclass(frozen=True)
class Bundle:
    """A process with everything that it uses."""

    process_id: str
    name: str
    name_en: str
    is_startable: bool
    files: tuple[File, ...]
    start_messages: tuple[tuple[str, str], ...]
    #: Start events that wait for the clock.
    start_timers: tuple[Element, ...]

    @property
    def checksum(self) -> bytes:
        """SHA-256 over all files that it runs by: the same is no new version. Scenarios do not count."""
        words = sorted(
            f"{file.kind.value}:{file.key}:{file.checksum.hex()}"
            for file in self.files
            if file.kind is not ArtifactKind.SCENARIO
        )
        return hashlib.sha256("\n".join(words).encode()).digest()


def bundles(found: Folder, only: Collection[str] | None = None) -> list[Bundle]:
    """The bundles of all processes, or of `only`, in the order of their ids. The files have been checked."""
    elements = elements_of(found)
    wanted = sorted(found.processes if only is None else only)
    called = {element.called_element for here in elements.values() for element in here}
    return [
        _bundle(found, compiled(found, elements, process_id), is_called=process_id in called) for process_id in wanted
    ]


def using(found: Folder, changed: Collection[FileKey]) -> list[str]:
    """The processes that use one of these files, themselves or through what they call, in the order of their ids."""
    wanted = set(changed)
    return sorted(process_id for process_id, used in all_uses(found).items() if used & wanted)


def all_uses(found: Folder) -> dict[str, set[FileKey]]:
    """What each process uses; each diagram is looked at once."""
    elements, keys = elements_of(found), found.keys()
    return {process_id: _uses(found, elements, keys, process_id) for process_id in found.processes}


def elements_of(found: Folder) -> dict[str, tuple[Element, ...]]:
    """The elements of each diagram, by its name; none of one that cannot be read."""
    return {name: _elements(name, content) for name, content in found.diagrams.items()}


def _elements(name: str, content: bytes) -> tuple[Element, ...]:
    try:
        return tuple(drawn(name, content).elements.values())
    except DiagramError:
        return ()


def _tables(found: Folder, used: set[str]) -> set[str]:
    """The decision files that hold one of these decisions."""
    return {key for key, content in found.decisions.items() if used & _decisions_in(content)}


def _decisions_in(content: bytes) -> frozenset[str]:
    try:
        return frozenset(decisions.parse(content).names)
    except CaseworkError:
        return frozenset()


def compiled(found: Folder, elements: Mapping[str, tuple[Element, ...]], process_id: str) -> Definition:
    """With the files that it uses, itself or through what it calls, and no others."""
    names = _reached(found, elements, process_id)
    used = {element.decision for name in names for element in elements[name]}
    tables = [content for content in found.decisions.values() if used & set(decisions.parse(content).names)]
    return engine.compile_definition(process_id, [found.diagrams[name] for name in sorted(names)], tables)


def _reached(found: Folder, elements: Mapping[str, tuple[Element, ...]], process_id: str) -> set[str]:
    """The names of the diagrams that it is made of."""
    names, ahead = {found.processes[process_id]}, [found.processes[process_id]]
    while ahead:
        here = elements[ahead.pop()]
        called = {found.processes[e.called_element] for e in here if e.called_element in found.processes} - names
        names |= called
        ahead += called
    return names


def uses(found: Folder, process_id: str) -> set[FileKey]:
    """The files that a process uses, itself or through what it calls; also those that are named and not there."""
    return _uses(found, elements_of(found), found.keys(), process_id)


def _uses(
    found: Folder, elements: Mapping[str, tuple[Element, ...]], keys: Mapping[str, str], process_id: str
) -> set[FileKey]:
    names = _reached(found, elements, process_id)
    inside = [element for name in names for element in elements[name]]
    used = {element.decision for element in inside if element.decision}
    return {
        *((ArtifactKind.DIAGRAM, keys[name]) for name in names),
        *((ArtifactKind.DECISION, key) for key in _tables(found, used)),
        *((ArtifactKind.FORM, element.form_key) for element in inside if element.form_key),
        *((ArtifactKind.SCENARIO, key) for key in found.scenarios_beside(process_id)),
    }


def _bundle(found: Folder, definition: Definition, *, is_called: bool) -> Bundle:
    process = definition.process(definition.process_id)
    messages = tuple((e.id, e.event_name) for e in definition.start_events() if e.event == "message")
    timers = tuple(e for e in definition.start_events() if e.event == "timer")
    return Bundle(
        process_id=process.id,
        name=process.name or process.id,
        name_en=process.name_en or process.name or process.id,
        is_startable=bool(messages or timers) or not is_called,
        files=(
            *_diagrams(found, definition),
            *_decisions(found, definition),
            *_forms(found, definition),
            *_scenarios(found, definition),
        ),
        start_messages=messages,
        start_timers=timers,
    )


def _diagrams(found: Folder, definition: Definition) -> Iterable[File]:
    """Each file once, under the process that it stands for; the main one under its own id."""
    keys: dict[str, str] = {}
    for process_id in (definition.process_id, *sorted(definition.processes)):
        keys.setdefault(found.processes[process_id], process_id)
    return [File(ArtifactKind.DIAGRAM, key, found.diagrams[name], name) for name, key in keys.items()]


def _decisions(found: Folder, definition: Definition) -> Iterable[File]:
    used = {element.decision for element in definition.elements.values() if element.decision}
    return [
        File(ArtifactKind.DECISION, name, content, name)
        for name, content in found.decisions.items()
        if used & set(decisions.parse(content).names)
    ]


def _forms(found: Folder, definition: Definition) -> Iterable[File]:
    used = {element.form_key for element in definition.elements.values() if element.form_key}
    return [File(ArtifactKind.FORM, key, found.forms[key], found.path(ArtifactKind.FORM, key)) for key in sorted(used)]


def _scenarios(found: Folder, definition: Definition) -> Iterable[File]:
    keys = found.scenarios_beside(definition.process_id)
    return [File(ArtifactKind.SCENARIO, key, found.scenarios[key], key) for key in keys]
