"""Goes a walk: plays its steps on the real operations, each in a copy of the database that the step before it has left.

A file is kept under the checksum of all that made it: the ground, the beginning, the steps so far. So a step that is taken back
costs nothing, a changed draft is walked anew by itself, and any process of the web server finds what another has made. What is
not there (any more) is made again from the step before.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import private_database, read
from casework.errors import CaseworkError, InvalidError
from casework.i18n import Message, message
from casework.model import Case
from casework.operations.turns.units import forget
from casework.operations.turns.watching import watched
from casework.scenarios.flows import Flows
from casework.scenarios.machines import letters_written
from casework.scenarios.player import OffScriptError, Player
from casework.scenarios.reading import read_text
from casework.scenarios.stage import Stage
from casework.scenarios.writing import appended
from casework.try_out import aside, record
from casework.try_out.before import before
from casework.try_out.ground import data_folder
from casework.try_out.record import Record, both
from casework.try_out.witness import TooMuchError, Witness

if TYPE_CHECKING:
    from casework.forms.words import Words
    from casework.scenarios.scenario import Scenario
    from casework.try_out.ground import Ground

#: A step as the vocabulary of scenarios has it: `{"vent": "5 arbejdsdage"}`, `"resten"`.
Step = dict[str, Any] | str
#: Files of steps that are kept; the largest are some megabytes.
MOST_KEPT = 60


@dataclass(frozen=True)
class Told:
    """A walk as it is told: `beginning` are the entries of a scenario before `forløb`."""

    beginning: dict[str, Any]
    steps: tuple[Step, ...] = ()

    def entries(self, steps: tuple[Step, ...]) -> dict[str, Any]:
        """As a scenario has them, with some of the steps."""
        return {**self.beginning, "forløb": list(steps)}


@dataclass(frozen=True)
class Reached:
    """How far a walk has come: `files` are the databases, the last that of now. `refusal` says why no further."""

    files: tuple[Path, ...]
    refusal: Words | None = None
    #: There was no time to go further; whoever asks again goes on from here.
    is_under_way: bool = False

    @property
    def count(self) -> int:
        """How many steps were taken."""
        return len(self.files) - 1

    @property
    def file(self) -> Path:
        """The database after the last step."""
        return self.files[-1]

    @cached_property
    def now(self) -> Record:
        """What was seen of the last step."""
        return record.read(_record(self.file))

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """What was seen of the beginning, and of each step."""
        return tuple(record.read(_record(file)) for file in self.files)


def walk(ground: Ground, told: Told, *, seconds: float | None = None) -> Reached:
    """Go as far as it goes, or as there is time for. Refuses (InvalidError) a beginning that cannot be begun."""
    files = _files(ground, told)
    until = None if seconds is None else time.monotonic() + seconds
    for count, file in enumerate(files):
        if not _is_there(file):
            if count and until is not None and time.monotonic() > until:
                return _reached(ground, files[:count], told, None, is_under_way=True)
            try:
                _make(ground, files, told, count)
            except _RefusedError as refused:
                if count == 0:
                    raise InvalidError(refused.words) from None
                return _reached(ground, files[:count], told, refused.words)
    return _reached(ground, files, told, None)


def _reached(
    ground: Ground, files: list[Path], told: Told, refusal: Words | None, *, is_under_way: bool = False
) -> Reached:
    """With the database of the last step there, though it may have been thrown away while its record was kept."""
    if not files[-1].exists():
        _make(ground, files, told, len(files) - 1)
    _forget_old(files[-1])
    return Reached(tuple(files), refusal, is_under_way)


@lru_cache(maxsize=8)
def _flows(ground: Ground) -> Flows:
    return Flows.of(ground.diagrams)


class _RefusedError(Exception):
    def __init__(self, said: Words) -> None:
        super().__init__(said.id)
        self.words = said


def _make(ground: Ground, files: list[Path], told: Told, count: int) -> None:
    """Let step `count` happen (0: the beginning) in a copy of what the one before it left, which is made too where it is gone."""
    file, source, last = files[count], ground.template, None
    if count:
        source = files[count - 1]
        if not source.exists():
            _make(ground, files, told, count - 1)
        last = record.read(_record(source))
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    began = time.monotonic()
    scenario = _scenario(told, told.steps[count - 1 : count] if count else ())
    with TemporaryDirectory(dir=file.parent, ignore_cleanup_errors=True) as place:
        copy = Path(place) / "step.sqlite"
        shutil.copy(source, copy)
        at = last.at if last else scenario.now
        with private_database(copy), clock.moved_to(at):
            made = _happen(scenario, last or Record(at), _flows(ground).begun())
        made.seconds = round(time.monotonic() - began, 4)
        record.keep(made, Path(place) / "record.json")
        shutil.move(copy, file)
        shutil.move(Path(place) / "record.json", _record(file))


def _happen(scenario: Scenario, last: Record, flows: Flows) -> Record:
    """Take the one step that the scenario holds, or begin."""
    player, made, since = Player(scenario), last.begun(), clock.now()
    player.stage = _stage()
    seen = before(player.case_id if player.stage else None)
    witness = Witness(flows, dict(seen.variables))
    forget()
    with watched(witness.see), letters_written():
        try:
            if player.stage is None:
                player.begin()
            for step in scenario.steps:
                player.take(step)
        except (OffScriptError, CaseworkError, TooMuchError) as error:
            raise _RefusedError(_why(player, error)) from None
    witness.tell(made)
    made.at = clock.now()
    aside.tell(made, player.case_id, seen, since, made.at)
    made.entries.sort(key=lambda entry: entry.at)
    made.problems = [both(problem.message) for problem in player.problems]
    return made


def _why(player: Player, error: Exception) -> Words:
    if isinstance(error, InvalidError) and error.fields:
        said = [message("{field}: {wrong}", field=path, wrong=wrong) for path, wrong in error.fields.items()]
        return both(message("{message} {fields}", message=error.message, fields=said))
    if isinstance(error, CaseworkError):
        return both(error.message)
    if isinstance(error, TooMuchError):
        return both(message("Too much happens at once here. Let less time pass, or look for a ring in the diagram."))
    return both(Message("{said}", {"said": [problem.message for problem in player.problems]}))


def _stage() -> Stage | None:
    """The case that is there already."""
    with read() as session:
        case = session.execute(select(Case.id, Case.child_id)).first()
    return Stage(case.id, {"barn": str(case.child_id), "sag": str(case.id)}) if case else None


def _scenario(told: Told, steps: tuple[Step, ...]) -> Scenario:
    return read_text(appended("", told.entries(steps)), "try-out")[0]


def _files(ground: Ground, told: Told) -> list[Path]:
    """Of the beginning and of each step, by the checksum of all that leads there."""
    place, found = data_folder() / "walks", []
    digest = ground.checksum
    for one in (told.beginning, *told.steps):
        whole = json.dumps([digest, one], sort_keys=True, default=str)
        digest = hashlib.sha256(whole.encode()).hexdigest()[:40]
        found.append(place / f"{digest}.sqlite")
    return found


def _record(file: Path) -> Path:
    return file.with_suffix(".json")


def _is_there(file: Path) -> bool:
    return _record(file).exists()


def _forget_old(newest: Path) -> None:
    """Databases can be made again, and records cost little."""
    os.utime(newest)
    files = sorted(newest.parent.glob("*.sqlite"), key=lambda one: one.stat().st_mtime, reverse=True)
    for file in files[MOST_KEPT:]:
        file.unlink(missing_ok=True)
