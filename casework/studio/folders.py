"""Reads the files of processes from the disk, as they lie in a repository."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING

from casework import forms
from casework.engine.drawing import executable_in
from casework.errors import CaseworkError
from casework.studio.files import Folder

if TYPE_CHECKING:
    from pathlib import Path

SCENARIOS = "scenarios.yaml"


def read_folder(folder: Path, forms_folder: Path) -> Folder:
    """Everything that lies there, good or bad; a form that cannot be read stands under the name of its file."""
    diagrams = _below(folder, "*.bpmn")
    form_files = {path.name: path.read_bytes() for path in sorted(forms_folder.glob("*.form"))}
    names = {_form_id(name, content): name for name, content in form_files.items()}
    return Folder(
        diagrams=diagrams,
        decisions=_below(folder, "*.dmn"),
        forms={key: form_files[name] for key, name in names.items()},
        processes={one: name for name, content in diagrams.items() for one in executable_in(name, content)},
        scenarios=_below(folder, SCENARIOS),
        form_names=names,
    )


def letters_in(folder: Path) -> frozenset[str]:
    """The letters that can be written, by the names of their files; the letterhead is none."""
    return frozenset(path.stem for path in (folder / "letters").glob("*.toml")) - {"letterhead"}


def laws_in(folder: Path) -> frozenset[str] | None:
    """The keys of the legal basis; None where there is no such file, so that nobody can check them."""
    file = folder / "law.toml"
    return _laws(file, file.stat().st_mtime_ns) if file.exists() else None


@lru_cache(maxsize=4)
def _laws(file: Path, _saved: int) -> frozenset[str]:
    """Read anew only when the file has been saved: every page of a draft asks, and reading takes longer than all the rest."""
    return frozenset(tomllib.loads(file.read_text()))


def _below(folder: Path, pattern: str) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob(pattern))}


def _form_id(name: str, content: bytes) -> str:
    try:
        return forms.parse(content).id
    except CaseworkError:
        return name
