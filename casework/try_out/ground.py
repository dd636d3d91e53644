"""The ground on which a try-out stands: a private database with the municipality's units, the draft's processes, and no case.

Made once for each state of the files and the units (a second or two for the largest), kept under their checksum in the data
folder, and copied by each try-out. Nothing of it touches the configured database; no case is ever copied into it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from casework import clock
from casework.config import settings
from casework.database import Base, engine, private_database, read, transaction
from casework.errors import InvalidError
from casework.i18n import message
from casework.model import SYSTEM, Employee, Membership, PlaceCapacity, ProcessVersion, Unit
from casework.operations.releasing import Releasing
from casework.studio import bundles
from casework.studio.bundles import using
from casework.try_out.reach import reach

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from casework.studio import Folder, Workspace

#: In the order in which they point at each other.
_COPIED: tuple[type[Base], ...] = (Unit, Employee, Membership, PlaceCapacity)
#: What is prepared for the states of files that were tried last.
MOST_KEPT = 12
#: Counts up when records or the way of walking change.
_FORMAT = b"3"


@dataclass(frozen=True)
class Ground:
    """A prepared database file, and what is released in it."""

    template: Path
    folder: Folder = field(compare=False)

    @property
    def checksum(self) -> str:
        """Of the files and the units."""
        return self.template.stem

    @property
    def diagrams(self) -> tuple[bytes, ...]:
        """Those that are released in it."""
        return tuple(self.folder.diagrams.values())


def ground_of(workspace: Workspace, process_ids: Iterable[str]) -> Ground:
    """Give it for what these processes need of a draft. Refuses (InvalidError) files that make no process that can run.

    What the draft does not change is prepared once for all drafts, and what it changes is released over it.
    """
    wanted, municipality = sorted(process_ids), _municipality()
    before, found = reach(workspace.released, wanted), reach(workspace.folder, wanted)
    ground = _kept(before, municipality, None, sorted(before.processes))
    changed = set(using(found, workspace.changed)) if workspace.changed else set()
    changed |= found.processes.keys() - before.processes.keys()
    return _kept(found, municipality, ground.template, sorted(changed)) if changed else ground


def data_folder() -> Path:
    """Where try-outs keep what can be made again."""
    return settings().data / "try_out"


def _kept(found: Folder, municipality: list[list[dict[str, Any]]], source: Path | None, releasing: list[str]) -> Ground:
    place = data_folder() / "grounds"
    file = place / f"{_checksum(found, municipality)}.sqlite"
    if not file.exists():
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(found, municipality, source, releasing, file)
        _forget_old(place)
    os.utime(file)
    return Ground(file, found)


def _make(
    found: Folder, municipality: list[list[dict[str, Any]]], source: Path | None, releasing: list[str], file: Path
) -> None:
    """Beside its place, and moved there when it is whole: two that make it at once both get one."""
    try:
        made = bundles(found, releasing)
    except KeyError as error:
        missing = message("The process uses {name}, which is not there.", name=str(error.args[0]))
        raise InvalidError(missing) from error
    with TemporaryDirectory(dir=file.parent, ignore_cleanup_errors=True) as place:
        copy = Path(place) / "made.sqlite"
        if source is not None:
            shutil.copy(source, copy)
        with private_database(copy):  # closing it leaves all in the one file that is copied
            if source is None:
                Base.metadata.create_all(engine())
            with transaction() as session:
                if source is None:
                    _settle(session, municipality)
                releasing_now = Releasing(session, SYSTEM, clock.now())
                for bundle in made:
                    releasing_now.release(bundle)
                session.execute(update(ProcessVersion).values(is_startable=True))
        shutil.move(copy, file)


def _settle(session: Session, municipality: list[list[dict[str, Any]]]) -> None:
    for table, rows in zip(_COPIED, municipality, strict=True):
        if rows:
            session.execute(insert(table), rows)


def _municipality() -> list[list[dict[str, Any]]]:
    """Units and who works in them, as they are now; a unit after the one above it."""
    with read() as session:
        tables = [
            [dict(row._mapping) for row in session.execute(select(*table.__table__.c))]  # noqa: SLF001  SQLAlchemy's name for a public thing
            for table in _COPIED
        ]
    tables[0].sort(key=lambda unit: (unit["path"].count("/"), unit["id"]))
    return tables


def _checksum(found: Folder, municipality: list[list[dict[str, Any]]]) -> str:
    digest = hashlib.sha256(_FORMAT + _schema())
    for files in (found.diagrams, found.decisions, found.forms):
        for name, content in sorted(files.items()):
            digest.update(f"{name}:{len(content)}:".encode() + content)
    for file in sorted((settings().processes / "letters").glob("*.toml")):
        digest.update(file.name.encode() + file.read_bytes())
    for rows in municipality:
        digest.update(repr(sorted(map(repr, rows))).encode())
    return digest.hexdigest()[:32]


def _schema() -> bytes:
    """What was prepared by an older program has other tables."""
    return repr(
        [(table.name, [str(column) for column in table.columns]) for table in Base.metadata.sorted_tables]
    ).encode()


def _forget_old(place: Path) -> None:
    files = sorted(place.glob("*.sqlite"), key=lambda one: one.stat().st_mtime, reverse=True)
    for file in files[MOST_KEPT:]:
        file.unlink(missing_ok=True)
