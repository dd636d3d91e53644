"""The diagrams, decisions and forms of a project, beside the files that a command is given. Not a command itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casework import decisions
from casework.config import settings
from casework.engine import Known, called_in, processes_in
from casework.errors import CaseworkError, InvalidError
from casework.i18n import message
from casework.law import laws
from casework.model.job import TOPICS
from casework.studio import letters_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from casework.i18n import Message


@dataclass(frozen=True)
class Files:
    """Contents by name, apart by kind."""

    diagrams: dict[str, bytes] = field(default_factory=dict)
    decisions: dict[str, bytes] = field(default_factory=dict)
    forms: dict[str, bytes] = field(default_factory=dict)


def read_files(paths: Iterable[Path]) -> Files:
    """By the ending of each name; what is neither .dmn nor .form counts as a diagram. Refuses what cannot be read."""
    files = Files()
    for path in paths:
        kind = {".dmn": files.decisions, ".form": files.forms}.get(path.suffix, files.diagrams)
        kind[str(path)] = _content(path)
    return files


def beside(given: Iterable[Path], folders: Iterable[Path] = ()) -> Files:
    """What lies in the project's folders, and in `folders`, without the files that are given."""
    apart = {path.resolve() for path in given}
    places = [settings().processes.rglob("*"), settings().forms.glob("*.form"), *(f.glob("*") for f in folders)]
    found = sorted({path.resolve() for paths in places for path in paths if path.suffix in (".bpmn", ".dmn", ".form")})
    return read_files(path for path in found if path not in apart)


def known(given: Files, project: Files, units: Path | None = None) -> Known:
    """What exists. Lanes are those of `units`, a file as `casework municipality` loads it; without it nobody knows them."""
    return Known(
        forms=frozenset(_stem(name) for name in (*given.forms, *project.forms)),
        decisions=frozenset(name for files in (given, project) for name in _decision_names(files)),
        laws=frozenset(laws()) if (settings().processes / "law.toml").exists() else None,
        lanes=_lanes(units) if units else None,
        handlers=TOPICS,
        templates=letters_in(settings().processes),
    )


def _lanes(units: Path) -> frozenset[str]:
    try:
        found = tomllib.loads(_content(units).decode()).get("unit", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        wrong = message("The file {file} cannot be read: {detail}", file=str(units), detail=str(error))
        raise InvalidError(wrong) from None
    return frozenset(unit["lane"] for unit in found if unit.get("lane"))


def needed(diagram: bytes, others: Iterable[bytes]) -> list[bytes]:
    """The diagram, and of the others those with processes that it calls, from one call to the next."""
    places = {process: other for other in others for process in _processes(other)}
    found, todo, there = [diagram], [diagram], set(_processes(diagram))
    while todo:
        for called in sorted(called_in(todo.pop()) - there):
            file = places.get(called)
            if file is not None and file not in found:
                found.append(file)
                todo.append(file)
                there |= set(_processes(file))
    return found


def _processes(diagram: bytes) -> list[str]:
    """None of a file that cannot be read: it is nobody's business unless it is called."""
    try:
        return list(processes_in(diagram))
    except CaseworkError:
        return []


def why_unreadable(path: Path) -> Message | None:
    """What keeps a file from being read, if anything does."""
    try:
        path.open("rb").close()
    except OSError as error:
        return message("The file {file} cannot be read: {detail}", file=str(path), detail=error.strerror or "")
    return None


def _content(path: Path) -> bytes:
    said = why_unreadable(path)
    if said is not None:
        raise InvalidError(said)
    return path.read_bytes()


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".form")


def _decision_names(files: Files) -> list[str]:
    """None of a file that cannot be read: lint says so of the file itself."""
    names: list[str] = []
    for content in files.decisions.values():
        try:
            names += decisions.parse(content).names
        except CaseworkError:
            continue
    return names
