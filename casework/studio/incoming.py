"""Files that somebody lays into a process draft: what each of them is, and under which key it is kept.

Bytes only: nothing is unpacked to the disk, no name leads anywhere, nothing that a file names is fetched. What is no diagram,
decision, form or scenario is refused with one sentence; what is wrong inside of one is a finding, later.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from casework import decisions
from casework.diagrams import BPMN, DiagramError, local, read
from casework.engine.vocabulary import read_processes
from casework.errors import CaseworkError, InvalidError, LimitError
from casework.forms.reading import read as read_form
from casework.i18n import message
from casework.model import ArtifactKind
from casework.studio.editable import editable, plain
from casework.studio.limits import MOST_BYTES, refuse_unreadably_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casework.i18n import Message

#: Of one upload, unpacked: what a municipality has drawn is less than half of it, and all of it is read within a second.
MOST_FILES, MOST_ALL_BYTES = 300, 4_000_000
_XML, _FORMS, _SCENARIOS = (".bpmn", ".dmn", ".xml"), (".form", ".json"), (".yaml", ".yml")
#: Ids of processes as they may stand in an address.
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,79}")


@dataclass(frozen=True)
class Incoming:
    """A file to keep."""

    kind: ArtifactKind
    key: str
    content: bytes

    def beside(self, process_id: str) -> Incoming:
        """A decision file or scenarios, in the folder of that process; others have no folder."""
        if self.kind not in (ArtifactKind.DECISION, ArtifactKind.SCENARIO):
            return self
        return replace(self, key=f"{plain(process_id)}/{PurePosixPath(self.key).name}")


def read_upload(files: Iterable[tuple[str, bytes]], process_id: str) -> list[Incoming]:
    """The files of an upload, by name and content: each itself, or for a zip those in it.

    `process_id` is the process of the draft: decisions and scenarios are laid beside its diagram. Refuses (InvalidError,
    LimitError) with one sentence the first that is none of what may be kept, and all when they are too many or too large.
    """
    given = list(files)
    if len(given) > MOST_FILES:
        raise LimitError(message("The upload has more than {most} files.", most=MOST_FILES))
    if sum(len(content) for _, content in given) > MOST_ALL_BYTES:
        raise LimitError(message("The upload is larger than {most} MB.", most=MOST_ALL_BYTES // 1_000_000))
    return [one for name, content in given for one in read_incoming(name, content, process_id)]


def read_incoming(name: str, content: bytes, process_id: str) -> list[Incoming]:
    """The same of one file."""
    if content.startswith(b"PK"):
        return [_one(inner, data, process_id) for inner, data in _unpacked(name, content)]
    return [_one(name, content, process_id)]


def _unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """What is in the archive, each file read up to the limit and no further, whatever its header says."""
    if len(content) > MOST_ALL_BYTES:
        raise LimitError(message("The upload is larger than {most} MB.", most=MOST_ALL_BYTES // 1_000_000))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = [one for one in archive.infolist() if _ending(one.filename) in (*_XML, *_FORMS, *_SCENARIOS)]
            if len(wanted) > MOST_FILES:
                raise LimitError(message("The upload has more than {most} files.", most=MOST_FILES))
            left = MOST_ALL_BYTES
            for one in wanted:
                with archive.open(one) as file:
                    data = file.read(MOST_BYTES + 1)
                left -= len(data)
                if left < 0:
                    raise LimitError(message("The upload is larger than {most} MB.", most=MOST_ALL_BYTES // 1_000_000))
                yield one.filename, data
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise _unusable(name, message("The archive cannot be unpacked.")) from error
    if not wanted:
        raise _unusable(name, message("There is no diagram, decision, form or scenario in the archive."))


def _one(name: str, content: bytes, process_id: str) -> Incoming:
    ending = _ending(name)
    if not content.strip():
        raise _unusable(name, message("The file is empty."))
    try:
        if ending in _FORMS or content.lstrip()[:1] in (b"{", b"["):
            return _form(name, content)
        if ending in _SCENARIOS:
            refuse_unreadably_large(ArtifactKind.SCENARIO, content)
            return Incoming(ArtifactKind.SCENARIO, f"{plain(process_id)}/scenarios.yaml", content)
        return _xml(name, content, process_id)
    except DiagramError as error:
        raise _unusable(name, error.message) from error
    except LimitError as error:
        raise LimitError(message("{name}: {why}", name=_shown(name), why=error.message)) from error


def _xml(name: str, content: bytes, process_id: str) -> Incoming:
    refuse_unreadably_large(ArtifactKind.DIAGRAM, content)
    content = editable(content)
    root = read(content)
    if root.tag == f"{{{BPMN}}}definitions":
        return Incoming(ArtifactKind.DIAGRAM, _process_id(name, root), content)
    if local(root) == "definitions" and "/DMN/" in root.tag:
        _refuse_no_decisions(name, content)
        return Incoming(ArtifactKind.DECISION, f"{plain(process_id)}/{_stem(name)}.dmn", content)
    raise _unusable(name, message("It is neither BPMN 2.0 nor DMN. Save it as BPMN 2.0 in the tool that drew it."))


def _process_id(name: str, root: object) -> str:
    """The first process that can be carried out, else the first at all."""
    processes = read_processes(root)
    ids = [one.id for one in processes.values() if one.is_executable and one.id] or [one for one in processes if one]
    if not ids:
        raise _unusable(name, message("There is no process in the diagram."))
    return ids[0] if _PLAIN.fullmatch(ids[0]) else plain(ids[0])


def _refuse_no_decisions(name: str, content: bytes) -> None:
    try:
        found = decisions.parse(content)
    except CaseworkError as error:
        raise _unusable(name, error.message) from error
    if not found.decisions:
        raise _unusable(name, message("There is no decision in the file."))


def _form(name: str, content: bytes) -> Incoming:
    refuse_unreadably_large(ArtifactKind.FORM, content)
    try:
        form, _ = read_form(content)
    except LimitError:
        raise
    except CaseworkError as error:
        raise _unusable(name, error.message) from error
    key = plain(form.id or _stem(name))
    return Incoming(ArtifactKind.FORM, key, content if form.id == key else _named(content, key))


def _named(content: bytes, key: str) -> bytes:
    """A form that has no id, or one that cannot stand in an address, is called as its file is kept."""
    return json.dumps({**json.loads(content), "id": key}, ensure_ascii=False, indent=1).encode(errors="surrogatepass")


def _stem(name: str) -> str:
    return plain(PurePosixPath(name.replace("\\", "/")).name.rsplit(".", 1)[0])


def _ending(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _shown(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name[:80]


def _unusable(name: str, why: Message) -> InvalidError:
    sentence = message("{name}: {why}", name=_shown(name), why=why)
    return InvalidError(sentence, {"files": [sentence]})
