"""What is wrong with files of processes, file by file, each with how to mend it; the one check of deploying and of drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import decisions, engine, forms
from casework.engine.drawing import executable_in
from casework.errors import CaseworkError, InvalidError
from casework.i18n import message
from casework.model import ArtifactKind
from casework.model.job import TOPICS
from casework.studio.fault import Fault
from casework.studio.folders import laws_in, letters_in
from casework.studio.limits import too_large

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from casework.i18n import Message
    from casework.studio.files import FileKey, Folder


def known_beside(folder: Folder, place: Path, lanes: frozenset[str] | None) -> engine.Known:
    """What exists beside the diagrams: forms and decisions of `folder`, laws and letters of `place` on the disk.

    `lanes`: those that a unit answers for.
    """
    return engine.Known(
        forms=frozenset(folder.forms),
        decisions=frozenset(name for content in folder.decisions.values() for name in _names(content)),
        laws=laws_in(place),
        lanes=lanes,
        handlers=TOPICS,
        templates=letters_in(place),
    )


def faults(folder: Folder, known: engine.Known, only: Collection[FileKey] | None = None) -> list[Fault]:
    """Everything in all files, or in those of `only`; what these break in others is found without `only`."""
    keys = folder.keys()
    named = {name: keys.get(name, name) for name in folder.diagrams}
    large = _large(folder, named)
    found = [fault for fault in (*large.values(), *_wrong_keys(folder, keys)) if _wanted(fault.kind, fault.key, only)]
    diagrams = {name: folder.diagrams[name] for name, key in named.items() if (ArtifactKind.DIAGRAM, key) not in large}
    looked_at = {name: diagrams[name] for name in diagrams if _wanted(ArtifactKind.DIAGRAM, named[name], only)}
    others = {name: content for name, content in diagrams.items() if name not in looked_at}
    found += [
        Fault(ArtifactKind.DIAGRAM, named[f.file], f.element, f.rule, f.severity, f.message, f.mend)
        for f in (engine.lint(looked_at, known, others) if looked_at else ())
    ]
    for kind, check, files in (
        (ArtifactKind.FORM, _of_form, folder.forms),
        (ArtifactKind.DECISION, _of_decisions, folder.decisions),
    ):
        for key, content in files.items():
            found += check(key, content) if _wanted(kind, key, only) and (kind, key) not in large else ()
    return found


def _wanted(kind: ArtifactKind, key: str, only: Collection[FileKey] | None) -> bool:
    return only is None or (kind, key) in only


def _large(folder: Folder, named: dict[str, str]) -> dict[FileKey, Fault]:
    """Files that are not looked into."""
    files = [(ArtifactKind.DIAGRAM, named[name], name, content) for name, content in folder.diagrams.items()]
    files += [(ArtifactKind.FORM, key, key, content) for key, content in folder.forms.items()]
    files += [(ArtifactKind.DECISION, key, key, content) for key, content in folder.decisions.items()]
    found = [fault for file in files if (fault := too_large(*file)) is not None]
    return {(fault.kind, fault.key): fault for fault in found}


def checked(folder: Folder, known: engine.Known) -> Folder:
    """Refuse (InvalidError; `fields` maps `file:element` to what is wrong) what has errors."""
    found: dict[str, list[Message]] = {}
    for fault in faults(folder, known):
        if fault.severity == "error":
            place = f"{folder.path(fault.kind, fault.key)}:{fault.element}"
            found.setdefault(place, []).append(fault.message)
    if found:
        raise InvalidError(message("The processes have errors and were not released."), found)
    return folder


def _wrong_keys(folder: Folder, keys: dict[str, str]) -> Iterator[Fault]:
    """In a draft, somebody may have given the process or the form another id than the one under which it is kept."""
    mend = message("Give it its id back; what shall have another id is a new file.")
    for name, key in keys.items():
        found = executable_in(name, folder.diagrams[name])
        if found and key not in found:
            sentence = message("The process in it is called {found}, not {key}.", found=list(found), key=key)
            yield Fault(ArtifactKind.DIAGRAM, key, "", "wrong-id", "error", sentence, mend)
    for key, content in folder.forms.items():
        try:
            found_id = forms.parse(content).id
        except CaseworkError:
            continue
        if found_id != key:
            sentence = message("The form in it is called {found}, not {key}.", found=found_id, key=key)
            yield Fault(ArtifactKind.FORM, key, "", "wrong-id", "error", sentence, mend)


def _of_form(key: str, content: bytes) -> Iterator[Fault]:
    for finding in _form_findings(content):
        where = (finding.component, finding.rule, finding.severity, finding.message, finding.mend)
        yield Fault(ArtifactKind.FORM, key, *where)


#: Findings of forms without an error: of many forms that are looked at together, one has changed.
_form_found: dict[bytes, list[forms.Finding]] = {}
_MOST_FORMS, _MOST_FORM_BYTES = 400, 100_000


def _form_findings(content: bytes) -> list[forms.Finding]:
    """Errors are looked for anew: an expression may have had no time on a busy machine."""
    kept = _form_found.get(content)
    if kept is not None:
        return kept
    found = forms.lint(content)
    if len(content) <= _MOST_FORM_BYTES and not any(finding.severity == "error" for finding in found):
        if len(_form_found) >= _MOST_FORMS:
            _form_found.clear()
        _form_found[content] = found
    return found


def _of_decisions(key: str, content: bytes) -> Iterator[Fault]:
    mend = message("Mend the table in the editor for decisions.")
    try:
        for element, wrong in decisions.parse(content).check():
            yield Fault(ArtifactKind.DECISION, key, element, "decision", "error", wrong, mend)
    except CaseworkError as error:
        rule = str(getattr(error, "rule", error.code))
        yield Fault(ArtifactKind.DECISION, key, "", rule, "error", error.message, mend)


def _names(content: bytes) -> frozenset[str]:
    """None of a file that cannot be read: that is said elsewhere."""
    try:
        return frozenset(decisions.parse(content).names)
    except CaseworkError:
        return frozenset()
