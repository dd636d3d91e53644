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
from functools import lru_cache
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
from casework.scenarios.player import OffScriptError, Player
from casework.scenarios.reading import read_text
from casework.scenarios.stage import Stage
from casework.scenarios.writing import appended
from casework.try_out import aside, record
from casework.try_out.before import before
from casework.try_out.ground import data_folder
from casework.try_out.record import Record, both
from casework.try_out.witness import Witness

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

    def until(self, count: int) -> Told:
        """The first steps of it."""
        return Told(self.beginning, self.steps[:count])

    def entries(self, steps: tuple[Step, ...] | None = None) -> dict[str, Any]:
        """As a scenario has them."""
        return {**self.beginning, "forløb": list(self.steps if steps is None else steps)}


@dataclass(frozen=True)
class Reached:
    """How far a walk has come: after `count` steps. `refusal` says why the next one could not be taken."""

    count: int
    file: Path
    records: tuple[Record, ...]
    refusal: Words | None = None

    @property
    def now(self) -> Record:
        """After the last step."""
        return self.records[-1]


def walk(ground: Ground, told: Told) -> Reached:
    """Go as far as it goes. Refuses (InvalidError) a beginning that cannot be begun."""
    flows = _flows(ground)
    first = _file(ground, told.until(0))
    if not _is_there(first):
        try:
            _make(ground.template, None, first, flows, told.until(0))
        except _RefusedError as refused:
            raise InvalidError(refused.words) from None
    records, file = [record.read(_record(first))], first
    for count in range(1, len(told.steps) + 1):
        after = _file(ground, told.until(count))
        if not _is_there(after):
            try:
                _make(
                    _made_again(ground, told.until(count - 1), flows, file),
                    records[-1],
                    after,
                    flows,
                    told.until(count),
                )
            except _RefusedError as refused:
                return Reached(count - 1, file, tuple(records), refused.words)
        file = after
        records.append(record.read(_record(after)))
    _forget_old(file)
    return Reached(len(told.steps), file, tuple(records))


@lru_cache(maxsize=8)
def _flows(ground: Ground) -> Flows:
    return Flows.of(ground.diagrams)


class _RefusedError(Exception):
    def __init__(self, said: Words) -> None:
        super().__init__(said.id)
        self.words = said


def _make(source: Path, last: Record | None, file: Path, flows: Flows, told: Told) -> None:
    """Let the last step happen (the beginning, when there is none) in a copy of `source`."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    began = time.monotonic()
    scenario = _scenario(told, told.steps[-1:])
    with TemporaryDirectory(dir=file.parent, ignore_cleanup_errors=True) as place:
        copy = Path(place) / "step.sqlite"
        shutil.copy(source, copy)
        at = last.at if last else scenario.now
        with private_database(copy), clock.moved_to(at):
            made = _happen(scenario, last or Record(at), flows.begun())
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
    with watched(witness.see):
        try:
            if player.stage is None:
                player.begin()
            for step in scenario.steps:
                player.take(step)
        except (OffScriptError, CaseworkError) as error:
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
    return both(Message("{said}", {"said": [problem.message for problem in player.problems]}))


def _stage() -> Stage | None:
    """The case that is there already."""
    with read() as session:
        case = session.execute(select(Case.id, Case.child_id)).first()
    return Stage(case.id, {"barn": str(case.child_id), "sag": str(case.id)}) if case else None


def _scenario(told: Told, steps: tuple[Step, ...]) -> Scenario:
    return read_text(appended("", told.entries(steps)), "try-out")[0]


def _made_again(ground: Ground, told: Told, flows: Flows, file: Path) -> Path:
    """The database file that a step left, which may have been thrown away while its record is kept."""
    if not file.exists():
        if told.steps:
            ahead = told.until(len(told.steps) - 1)
            source = _made_again(ground, ahead, flows, _file(ground, ahead))
            last: Record | None = record.read(_record(_file(ground, ahead)))
        else:
            source, last = ground.template, None
        _make(source, last, file, flows, told)
    return file


def _file(ground: Ground, told: Told) -> Path:
    whole = json.dumps([ground.checksum, told.beginning, told.steps], sort_keys=True, default=str)
    return data_folder() / "walks" / f"{hashlib.sha256(whole.encode()).hexdigest()[:40]}.sqlite"


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
