"""A private municipality to let scenarios happen in: the processes released, units and employees there, and no case yet.

Made once in a temporary folder (a second or two); each scenario then works in a copy of that (some milliseconds), which is
thrown away. Nothing of it touches the configured database.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import update

from casework.database import Base, engine, private_database, transaction
from casework.model import SYSTEM, ProcessVersion
from casework.operations.deploy_processes import deploy_processes
from casework.operations.load_municipality import load_municipality

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Sandbox:
    """A prepared database file, and the folder where copies of it may lie."""

    template: Path
    folder: Path
    #: The diagrams that are released in it.
    diagrams: tuple[bytes, ...]

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Inside, this context works in a copy of its own."""
        with TemporaryDirectory(dir=self.folder, ignore_cleanup_errors=True) as place:
            file = Path(place) / "scenario.sqlite"
            shutil.copy(self.template, file)
            with private_database(file):
                yield


@contextmanager
def prepared(*, processes: Path, forms: Path, municipality: Path) -> Iterator[Sandbox]:
    """Release what the folders hold, with the units and employees of a TOML file. Refuses what cannot be released."""
    with TemporaryDirectory(prefix="sagsgang-", ignore_cleanup_errors=True) as place:
        file = Path(place) / "template.sqlite"
        with private_database(file):  # closing it leaves all in the one file that is copied
            Base.metadata.create_all(engine())
            load_municipality(SYSTEM, path=municipality)
            deploy_processes(SYSTEM, folder=processes, forms=forms)
            _make_parts_startable()
        yield Sandbox(file, Path(place), tuple(path.read_bytes() for path in sorted(processes.rglob("*.bpmn"))))


def _make_parts_startable() -> None:
    """A part that is otherwise only called can be told of by itself."""
    with transaction() as session:
        session.execute(update(ProcessVersion).values(is_startable=True))
