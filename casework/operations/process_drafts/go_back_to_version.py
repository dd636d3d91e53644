"""Back to an earlier version of a process, with everything that it used then: it is released again, the present one is retired.

What goes back with it stands in `casework.studio.going_back`. Where something would come out that was never released, nothing
is done: nobody has approved it. A draft can be made of the version instead. `casework.model.process_request` says who must agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock
from casework.database import read, transaction
from casework.errors import ConflictError, InvalidError, NotFoundError
from casework.i18n import message
from casework.model import ProcessRequest, ProcessRequestKind, ProcessVersion, ProcessVersionState
from casework.model.process_rights import require_owner
from casework.operations.process_drafts.asking import ask, tell_owners
from casework.operations.process_drafts.reasons import said
from casework.operations.process_drafts.release_process_draft import ReleasedVersion
from casework.operations.process_drafts.submit_process_draft import refuse_another
from casework.operations.process_history import lock_processes, note
from casework.operations.releasing import released_version
from casework.studio import workspace_of
from casework.studio.going_back import way_back

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from casework.model import Actor
    from casework.studio.going_back import Way


@dataclass(frozen=True)
class Answer:
    """What is released now instead; or, where nothing is yet, who must agree: `owner` or `leader`."""

    versions: tuple[ReleasedVersion, ...] = ()
    waits_for: str | None = None


def go_back_to_version(actor: Actor, *, process_id: str, version: int, reason: str) -> Answer:
    """The version is released again. Owners only, with a reason. Running instances stay where they are; other owners are told.

    Where a deadline of the law is lost or counts longer by it, nothing is done before a team leader agrees.
    Refuses (NotFoundError) a version that is not there; (ConflictError) the present one, and a second request; (InvalidError)
    one whose files another process uses in a way that was never released, and one that has errors by now.
    """
    require_owner(actor)
    texts = said(reason=reason)
    with read() as session:
        way = open_way(session, process_id, version)
    at = clock.now()
    with transaction() as session:
        lock_processes(session)
        if way.needs_leader:
            words = {"process_id": process_id, "version": version, "needs": "leader", **texts}
            ask(session, actor, at, ProcessRequest(kind=ProcessRequestKind.PUT_BACK, **words))
            return Answer(waits_for="leader")
        versions = put_back(session, (actor, at), way, reason=texts["reason"])
        tell_owners(session, process_id, at, but=actor.id)
        return Answer(versions)


def open_way(session: Session, process_id: str, version: int) -> Way:
    """How to get back to the version; refuses where there is no way."""
    way = way_back(session, _version(session, process_id, version))
    _refuse(way)
    return way


def put_back(
    session: Session, by: tuple[Actor, datetime], way: Way, *, reason: str, asked_by: str = ""
) -> tuple[ReleasedVersion, ...]:
    """Go it, where all processes are locked. Refuses (ConflictError) where something was released since it was looked at."""
    refuse_another(way.space, workspace_of(session, None))
    versions = [session.get_one(ProcessVersion, one.id) for one in way.versions.values() if one is not None]
    why = {"reason": reason, **({"asked_by": asked_by} if asked_by else {})}
    return tuple(_put_back(session, by, one, why) for one in versions)


def _version(session: Session, process_id: str, version: int) -> ProcessVersion:
    of_process = ProcessVersion.process_id == process_id
    found = session.scalars(select(ProcessVersion).where(of_process, ProcessVersion.version == version)).one_or_none()
    if found is None:
        raise NotFoundError(message("There is no such process."))
    if found.state is ProcessVersionState.RELEASED:
        raise ConflictError(message("Version {version} is the released one.", version=version))
    return found


def _refuse(way: Way) -> None:
    if way.unapproved:
        raise InvalidError(
            message(
                "Going back would give {names} a version that nobody has approved. Make a draft instead.",
                names=way.unapproved,
            )
        )
    if errors := way.errors():
        wrong = {f"{way.folder.path(fault.kind, fault.key)}:{fault.element}": [fault.message] for fault in errors}
        raise InvalidError(message("By now it has errors: {why}", why=errors[0].message), wrong)


def _put_back(
    session: Session, by: tuple[Actor, datetime], version: ProcessVersion, why: dict[str, str]
) -> ReleasedVersion:
    present = released_version(session, version.process_id)
    if present is not None and present.id != version.id:
        present.retire()
        session.flush()
    version.put_back()
    actor, at = by
    words: dict[str, Any] = {"version": version.version, "before": present.version if present else None, **why}
    note(session, version.process_id, "process_version_put_back", actor, at, **words)
    return ReleasedVersion(version.process_id, version.version)
