"""Reads a folder of diagrams, decisions and forms, refuses what lint finds, and says which process uses which files."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework import decisions, engine, forms
from casework.diagrams import read
from casework.engine.vocabulary import read_elements, read_processes
from casework.errors import CaseworkError, InvalidError
from casework.i18n import message
from casework.model import ArtifactKind
from casework.model.job import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from casework.engine import Definition, Element
    from casework.i18n import Message


@dataclass(frozen=True)
class File:
    """One file as it is kept; `key` is the id of the process or form, or the name of the decision file."""

    kind: ArtifactKind
    key: str
    content: bytes

    @property
    def checksum(self) -> bytes:
        """SHA-256 of the content."""
        return hashlib.sha256(self.content).digest()


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


@dataclass(frozen=True)
class Folder:
    """All files by kind and name (forms by id), and in which diagram each process stands."""

    diagrams: dict[str, bytes]
    decisions: dict[str, bytes]
    forms: dict[str, bytes]
    processes: dict[str, str]


def read_bundles(folder: Path, forms_folder: Path, lanes: frozenset[str]) -> list[Bundle]:
    """A bundle for each executable process, in the order of their ids. Refuses errors (InvalidError).

    `lanes`: those that a unit answers for.
    """
    return bundles(checked(folder, forms_folder, lanes))


def bundles(found: Folder) -> list[Bundle]:
    """The bundles of files that have been checked."""
    elements = {name: tuple(read_elements(read(content)).values()) for name, content in found.diagrams.items()}
    definitions = {process_id: compiled(found, elements, process_id) for process_id in sorted(found.processes)}
    called = {element.called_element for d in definitions.values() for element in d.elements.values()}
    return [
        _bundle(found, definition, is_called=process_id in called) for process_id, definition in definitions.items()
    ]


def compiled(found: Folder, elements: dict[str, tuple[Element, ...]], process_id: str) -> Definition:
    """With the files that it uses, itself or through what it calls, and no others."""
    names, ahead = {found.processes[process_id]}, [found.processes[process_id]]
    while ahead:
        here = elements[ahead.pop()]
        called = {found.processes[e.called_element] for e in here if e.called_element in found.processes} - names
        names |= called
        ahead += called
    used = {element.decision for name in names for element in elements[name]}
    tables = [content for content in found.decisions.values() if used & set(decisions.parse(content).names)]
    return engine.compile_definition(process_id, [found.diagrams[name] for name in sorted(names)], tables)


def checked(folder: Path, forms_folder: Path, lanes: frozenset[str] | None = None) -> Folder:
    """Read all files and refuse (InvalidError) what lint calls an error."""
    diagrams = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.bpmn"))}
    tables = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.dmn"))}
    form_files = {path.name: path.read_bytes() for path in sorted(forms_folder.glob("*.form"))}
    faults = _faults_of_forms(form_files) | _faults_of_decisions(tables)
    by_id = {} if faults else {forms.parse(content).id: content for content in form_files.values()}
    known = engine.Known(
        forms=None if faults else frozenset(by_id),
        decisions=None if faults else frozenset(_names(tables)),
        laws=_laws(folder / "law.toml"),
        lanes=lanes,
        handlers=TOPICS,
        templates=letters_in(folder),
    )
    faults |= _faults_of_diagrams(diagrams, known)
    if faults:
        raise InvalidError(message("The processes have errors and were not released."), faults)
    processes = {
        process.id: name
        for name, content in diagrams.items()
        for process in read_processes(read(content)).values()
        if process.is_executable
    }
    return Folder(diagrams, tables, by_id, processes)


def _faults_of_diagrams(diagrams: dict[str, bytes], known: engine.Known) -> dict[str, list[Message]]:
    found: dict[str, list[Message]] = {}
    for finding in engine.lint(diagrams, known):
        if finding.severity == "error":
            found.setdefault(f"{finding.file}:{finding.element}", []).append(finding.message)
    return found


def _faults_of_forms(files: dict[str, bytes]) -> dict[str, list[Message]]:
    found: dict[str, list[Message]] = {}
    for name, content in files.items():
        for finding in forms.lint(content):
            if finding.severity == "error":
                found.setdefault(f"{name}:{finding.component}", []).append(finding.message)
    return found


def _faults_of_decisions(files: dict[str, bytes]) -> dict[str, list[Message]]:
    found: dict[str, list[Message]] = {}
    for name, content in files.items():
        try:
            for element, wrong in decisions.parse(content).check():
                found.setdefault(f"{name}:{element}", []).append(wrong)
        except CaseworkError as error:
            found.setdefault(f"{name}:", []).append(error.message)
    return found


def letters_in(folder: Path) -> frozenset[str]:
    """The letters that can be written, by the names of their files; the letterhead is none."""
    return frozenset(path.stem for path in (folder / "letters").glob("*.toml")) - {"letterhead"}


def _laws(file: Path) -> frozenset[str] | None:
    return frozenset(tomllib.loads(file.read_text())) if file.exists() else None


def _names(files: dict[str, bytes]) -> set[str]:
    return {name for content in files.values() for name in decisions.parse(content).names}


def _bundle(found: Folder, definition: Definition, *, is_called: bool) -> Bundle:
    process = definition.process(definition.process_id)
    messages = tuple((e.id, e.event_name) for e in definition.start_events() if e.event == "message")
    timers = tuple(e for e in definition.start_events() if e.event == "timer")
    return Bundle(
        process_id=process.id,
        name=process.name or process.id,
        name_en=process.name_en or process.name or process.id,
        is_startable=bool(messages or timers) or not is_called,
        files=(*_diagrams(found, definition), *_decisions(found, definition), *_forms(found, definition)),
        start_messages=messages,
        start_timers=timers,
    )


def _diagrams(found: Folder, definition: Definition) -> Iterable[File]:
    """Each file once, under the process that it stands for; the main one under its own id."""
    keys: dict[str, str] = {}
    for process_id in (definition.process_id, *sorted(definition.processes)):
        keys.setdefault(found.processes[process_id], process_id)
    return [File(ArtifactKind.DIAGRAM, key, found.diagrams[name]) for name, key in keys.items()]


def _decisions(found: Folder, definition: Definition) -> Iterable[File]:
    used = {element.decision for element in definition.elements.values() if element.decision}
    return [
        File(ArtifactKind.DECISION, name, content)
        for name, content in found.decisions.items()
        if used & set(decisions.parse(content).names)
    ]


def _forms(found: Folder, definition: Definition) -> Iterable[File]:
    used = {element.form_key for element in definition.elements.values() if element.form_key}
    return [File(ArtifactKind.FORM, key, found.forms[key]) for key in sorted(used)]
