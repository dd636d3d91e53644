"""A process owner tries a draft out: begins with an invented child, lets things happen, takes steps back, and looks.

`opened` puts this context into the database and the clock of the walk, so that the doors can ask the queries of the real pages.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import private_database, read
from casework.errors import ConflictError, InvalidError, NotFoundError
from casework.i18n import message
from casework.model import SYSTEM, Case, ProcessDraftFile, ProcessVersion, ProcessVersionState
from casework.model.process_rights import require_sight
from casework.operations.try_outs.begin_try_out import begin_try_out
from casework.operations.try_outs.keep_try_out import keep_try_out
from casework.queries.process_drafts.own_walk import own_walk
from casework.scenarios.stage import Stage, names_of
from casework.scenarios.standing import standing
from casework.studio import workspace_of
from casework.try_out.answering import answered, corrected, sensible
from casework.try_out.ground import ground_of
from casework.try_out.seeing import Seen, see
from casework.try_out.walking import Told, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.operations.correct_answers import GoesOn
    from casework.studio import Workspace
    from casework.try_out.ground import Ground
    from casework.try_out.walking import Reached, Step

#: Who works in a try-out: nobody in particular, and so nobody is refused.
EVERYBODY = SYSTEM


#: Seconds after which changed units are noticed; grounds that are remembered.
KEPT_FOR, MOST_KEPT = 60.0, 20


@dataclass(frozen=True)
class _Kept:
    signature: tuple[Any, ...]
    until: float
    ground: Ground


_grounds: dict[UUID, _Kept] = {}


@dataclass(frozen=True)
class Trying:
    """A walk as it stands. `version` is that of the kept steps: whoever goes on says on which."""

    told: Told
    reached: Reached
    seen: Seen
    names: dict[str, Any]
    version: int
    #: When a timer, an escalation or a start by the clock comes due next.
    next_at: datetime | None

    @property
    def steps(self) -> tuple[Step, ...]:
        """As many as could be taken."""
        return self.told.steps[: self.reached.count]


def begin(actor: Actor, process_draft_id: UUID, beginning: dict[str, Any], steps: tuple[Step, ...] = ()) -> None:
    """Begin (anew) with these entries of a scenario, and take its `steps`. Refuses (InvalidError) an impossible beginning."""
    ground = _ground(actor, process_draft_id)
    walk(ground, Told(beginning))
    begin_try_out(actor, process_draft_id=process_draft_id, beginning=beginning, steps=steps)


@contextmanager
def opened(actor: Actor, process_draft_id: UUID, *, seconds: float | None = None) -> Iterator[Trying | None]:
    """Inside, this context works where the walk stands, and must write nothing. None: nothing was begun.

    `seconds`: where the walk must be gone anew, for so long at the most (`Reached.is_under_way`).
    """
    own = own_walk(actor, process_draft_id)
    if own is None:
        yield None
        return
    told = Told(own.beginning, own.steps)
    reached = walk(_ground(actor, process_draft_id), told, seconds=seconds)
    with private_database(reached.file), clock.moved_to(reached.now.at):
        stage = _stage()
        names = names_of(stage)
        yield Trying(told, reached, see(stage.case_id, reached.now, names), names, own.version, standing().next)


def prepare(actor: Actor, process_draft_id: UUID) -> None:
    """Make the ground ready, while somebody still says how it begins."""
    _ground(actor, process_draft_id)


def take(actor: Actor, process_draft_id: UUID, step: Step, version: int) -> None:
    """Let one thing happen. Refuses (InvalidError) what cannot happen now; then nothing has."""
    own = own_walk(actor, process_draft_id)
    if own is None:
        raise NotFoundError(message("Nothing is being tried out here."))
    if own.version != version:
        raise ConflictError(message("The walk has gone on in another window. This is how it stands now."))
    ground = _ground(actor, process_draft_id)
    further = Told(own.beginning, (*own.steps, step))
    reached = walk(ground, further)
    if reached.count < len(own.steps):  # the draft has changed, and goes otherwise before
        further = Told(own.beginning, (*own.steps[: reached.count], step))
        reached = walk(ground, further)
    if reached.refusal is not None:
        raise InvalidError(reached.refusal)
    keep_try_out(actor, process_draft_id=process_draft_id, steps=further.steps, version=version)


def complete(actor: Actor, process_draft_id: UUID, task_id: UUID, answers: Mapping[str, Any], version: int) -> None:
    """Somebody hands a form in. Refuses (InvalidError, by field) wrong answers."""
    with opened(actor, process_draft_id) as trying:
        if trying is None:
            raise NotFoundError(message("Nothing is being tried out here."))
        step = answered(trying.seen.case_id, task_id, answers, trying.names)
    take(actor, process_draft_id, step, version)


def correct(
    actor: Actor,
    process_draft_id: UUID,
    task_id: UUID,
    answers: Mapping[str, Any],
    *,
    goes_on: GoesOn,
    version: int,
) -> None:
    """What was handed in is put right, and the process goes on from there. Refuses (InvalidError, by field) wrong answers."""
    with opened(actor, process_draft_id) as trying:
        if trying is None:
            raise NotFoundError(message("Nothing is being tried out here."))
        step = corrected(task_id, answers, trying.names, goes_on)
    take(actor, process_draft_id, step, version)


def filled_in(actor: Actor, process_draft_id: UUID, task_id: UUID, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers that the form takes, beginning with those that are written."""
    with opened(actor, process_draft_id) as trying:
        if trying is None:
            raise NotFoundError(message("Nothing is being tried out here."))
        return sensible(trying.seen.case_id, task_id, answers)


def take_back(actor: Actor, process_draft_id: UUID, count: int, version: int) -> None:
    """Go on after the first `count` steps, as if the others had never been."""
    own = own_walk(actor, process_draft_id)
    if own is None:
        raise NotFoundError(message("Nothing is being tried out here."))
    keep_try_out(actor, process_draft_id=process_draft_id, steps=own.steps[: max(0, count)], version=version)


def draft_ground(workspace: Workspace) -> Ground:
    """What a draft needs: whatever its own process leads to. Refuses (InvalidError) a draft whose own diagram cannot be read."""
    if workspace.process_id not in workspace.folder.processes:
        raise InvalidError(message("The diagram of the draft cannot be read. Its findings say why."))
    return ground_of(workspace, {workspace.process_id})


def _ground(actor: Actor, process_draft_id: UUID) -> Ground:
    """Looked for anew when a file has changed or another version was released, and once in a while for the units' sake."""
    require_sight(actor)
    with read() as session:
        signature = _signature(session, process_draft_id)
        kept = _grounds.get(process_draft_id)
        if kept and kept.signature == signature and kept.until > time.monotonic() and kept.ground.template.exists():
            return kept.ground
        workspace = workspace_of(session, process_draft_id)
    ground = draft_ground(workspace)
    while len(_grounds) >= MOST_KEPT:
        _grounds.pop(next(iter(_grounds)), None)
    _grounds[process_draft_id] = _Kept(signature, time.monotonic() + KEPT_FOR, ground)
    return ground


def _signature(session: Session, process_draft_id: UUID) -> tuple[Any, ...]:
    files = select(ProcessDraftFile.kind, ProcessDraftFile.key, ProcessDraftFile.saved_at, ProcessDraftFile.revision)
    changed = files.where(ProcessDraftFile.process_draft_id == process_draft_id).order_by(
        ProcessDraftFile.kind, ProcessDraftFile.key
    )
    is_released = ProcessVersion.state == ProcessVersionState.RELEASED
    released = select(ProcessVersion.id).where(is_released).order_by(ProcessVersion.id)
    url = session.get_bind().engine.url
    return (str(url), *map(tuple, session.execute(changed)), *session.scalars(released))


def _stage() -> Stage:
    with read() as session:
        case = session.execute(select(Case.id, Case.child_id)).one()
    return Stage(case.id, {"barn": str(case.child_id), "sag": str(case.id)})
