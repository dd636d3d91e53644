"""Asks a second person before new cases start otherwise, and tells those who own processes what has been changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.errors import ConflictError, ForbiddenError, NotFoundError
from casework.i18n import message
from casework.model import ProcessRequest, ProcessRequestKind, ProcessRequestState
from casework.model.process_rights import approves_as
from casework.operations.process_drafts.telling import leaders, owners, tell_about
from casework.operations.process_history import note

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor

ASKED, DECIDED, CHANGED = "process_request", "process_request_decided", "process_changed"
_KINDS = {ProcessRequestKind.PUT_BACK: "put_back_asked", ProcessRequestKind.RETIRE: "retirement_asked"}


def ask(session: Session, actor: Actor, at: datetime, request: ProcessRequest) -> UUID:
    """Keep the request, and tell those who may agree. Refuses (ConflictError) a second one for the same process."""
    is_open = ProcessRequest.state == ProcessRequestState.OPEN
    known = session.scalars(
        select(ProcessRequest).where(ProcessRequest.process_id == request.process_id, is_open)
    ).first()
    if known is not None:
        raise ConflictError(
            message("{name} has already asked for something here. Answer that first.", name=known.asked_by)
        )
    request.asked_at, request.asked_by_id, request.asked_by = at, actor.id, actor.name
    session.add(request)
    session.flush()
    note(session, request.process_id, _KINDS[request.kind], actor, at, reason=request.reason, version=request.version)
    told = owners(session) if request.needs == "owner" else leaders(session)
    tell_about(session, request.process_id, ASKED, at, [one for one in told if one != actor.id])
    return request.id


def locked_request(session: Session, request_id: UUID) -> ProcessRequest:
    """The request, locked and still open. NotFoundError where there is none, ConflictError where it is decided."""
    query = select(ProcessRequest).where(ProcessRequest.id == request_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFoundError(message("There is no such request."))
    return found


def refuse_no_second(actor: Actor, request: ProcessRequest) -> None:
    """Refuse (ForbiddenError) who has asked, and who has not the role that must agree."""
    if actor.id == request.asked_by_id:
        raise ForbiddenError(message("You have asked for it yourself: somebody else must agree."))
    if request.needs not in approves_as(actor):
        raise ForbiddenError(message("You do not have the role for this."))


def tell_owners(session: Session, process_id: str, at: datetime, *, but: UUID | None) -> None:
    """What new cases start on is another version now, or none."""
    tell_about(session, process_id, CHANGED, at, [one for one in owners(session) if one != but])
