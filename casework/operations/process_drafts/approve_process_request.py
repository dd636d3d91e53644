"""A second person agrees to what an owner has asked for, and it is done: a process goes back, or is retired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clock
from casework.database import read, transaction
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import ProcessRequest, ProcessRequestKind
from casework.operations.process_drafts.asking import locked_request, refuse_no_second, tell_owners
from casework.operations.process_drafts.go_back_to_version import open_way, put_back
from casework.operations.process_drafts.retire_process import retirable, retire
from casework.operations.process_history import lock_processes

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor
    from casework.operations.process_drafts.release_process_draft import ReleasedVersion


def approve_process_request(actor: Actor, *, request_id: UUID) -> tuple[ReleasedVersion, ...]:
    """Gives the versions that are released now instead. Nobody agrees to what they have asked for themselves.

    Refuses (ForbiddenError) who may not; (ConflictError) what is decided already; and what is refused when it is asked for.
    """
    with read() as session:
        request = session.get(ProcessRequest, request_id)
        if request is None:
            raise NotFoundError(message("There is no such request."))
        refuse_no_second(actor, request)
        way = space = None
        if request.kind is ProcessRequestKind.PUT_BACK:
            way = open_way(session, request.process_id, request.version or 0)
        else:
            space = retirable(session, request.process_id)
    at = clock.now()
    with transaction() as session:
        lock_processes(session)
        request = locked_request(session, request_id)
        request.approve(actor.id, actor.name, at)
        tell_owners(session, request.process_id, at, but=actor.id)
        if way is not None:
            return put_back(session, (actor, at), way, reason=request.reason, asked_by=request.asked_by)
        if space is not None:
            retire(session, (actor, at), request, space)
        return ()
