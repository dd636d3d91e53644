"""Releases processes: reads a folder of diagrams, decisions and forms, checks all of it, and freezes what has changed.

A version pins the exact files of everything it uses: called processes, decisions, forms. Nothing is written when one of the
files has an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework import clock
from casework.database import read, transaction
from casework.errors import ForbiddenError
from casework.i18n import message
from casework.model import Role
from casework.operations.process_history import lock_processes
from casework.operations.releasing import Releasing
from casework.studio import active_lanes, bundles, checked, known_beside, read_folder

if TYPE_CHECKING:
    from pathlib import Path

    from casework.model import Actor

MAY_RELEASE = frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Deployed:
    """The released version of a process; `is_new`: it was released now."""

    process_id: str
    version: int
    is_new: bool


def deploy_processes(actor: Actor, *, folder: Path, forms: Path) -> list[Deployed]:
    """Release every process of `folder` (`**/*.bpmn`, with the `*.dmn` beside them) with the `*.form` of `forms`.

    Running instances stay on their version. Refuses errors of lint (InvalidError; `fields` maps `file:element` to what is
    wrong), so also a lane that no unit answers for, and a job, letter or called process that does not exist. Deploying the
    same again releases nothing.
    """
    if actor.kind != "system" and not actor.roles & MAY_RELEASE:
        raise ForbiddenError(message("You do not have the role for this."))
    found = read_folder(folder, forms)
    with read() as session:
        lanes = active_lanes(session)
    made = bundles(checked(found, known_beside(found, folder, lanes)))
    with transaction() as session:
        lock_processes(session)
        releasing = Releasing(session, actor, clock.now())
        released = [releasing.release(bundle) for bundle in made]
        return [Deployed(version.process_id, version.version, is_new) for version, is_new in released]
