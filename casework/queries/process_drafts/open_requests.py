"""What owners have asked for and somebody else must agree to: going back to a version, or retiring a process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.i18n import message
from casework.model import (
    ProcessRequest,
    ProcessRequestKind,
    ProcessRequestState,
    ProcessVersion,
    ProcessVersionState,
)
from casework.model.process_rights import approves_as, sees_drafts
from casework.studio.going_back import way_back

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.i18n import Message
    from casework.model import Actor

WHO = {"owner": message("another process owner"), "leader": message("a team leader")}


@dataclass(frozen=True)
class RequestRow:
    """`wanted` goes on after the name of who asked; `who` must agree. `may_decline` holds for who asked too.

    `lost` says what happens to deadlines of the law; `present` is the version that is released now.
    """

    id: UUID
    process_id: str
    kind: str
    version: int | None
    wanted: Message
    reason: str
    asked_at: datetime
    asked_by: str
    needs: str
    lost: tuple[Message, ...]
    present: int | None
    who: Message
    is_own: bool
    may_approve: bool
    may_decline: bool


def open_requests(actor: Actor) -> tuple[RequestRow, ...]:
    """The oldest first; none for who may not see drafts."""
    if not sees_drafts(actor):
        return ()
    is_open = ProcessRequest.state == ProcessRequestState.OPEN
    with read() as session:
        rows = session.scalars(select(ProcessRequest).where(is_open).order_by(ProcessRequest.asked_at))
        return tuple(_row(session, actor, one) for one in rows)


def _row(session: Session, actor: Actor, request: ProcessRequest) -> RequestRow:
    parts = approves_as(actor)
    is_own = actor.id is not None and actor.id == request.asked_by_id
    back = message("wants to go back to version {version}", version=request.version)
    return RequestRow(
        id=request.id,
        process_id=request.process_id,
        kind=request.kind.value,
        version=request.version,
        wanted=back if request.kind is ProcessRequestKind.PUT_BACK else message("wants to retire the process"),
        reason=request.reason,
        asked_at=request.asked_at,
        asked_by=request.asked_by,
        needs=request.needs,
        lost=_lost(session, request),
        present=_present(session, request.process_id),
        who=WHO[request.needs],
        is_own=is_own,
        may_approve=not is_own and request.needs in parts,
        may_decline=is_own or bool(parts),
    )


def _lost(session: Session, request: ProcessRequest) -> tuple[Message, ...]:
    """As it stands now, not as it was when somebody asked."""
    if request.kind is ProcessRequestKind.RETIRE:
        return (message("Deadlines of the law stand in it."),) if request.needs == "leader" else ()
    wanted = session.scalars(
        select(ProcessVersion).where(
            ProcessVersion.process_id == request.process_id, ProcessVersion.version == request.version
        )
    ).one_or_none()
    return tuple(fault.message for fault in way_back(session, wanted).lost()) if wanted is not None else ()


def _present(session: Session, process_id: str) -> int | None:
    is_released = ProcessVersion.state == ProcessVersionState.RELEASED
    return session.scalar(select(ProcessVersion.version).where(ProcessVersion.process_id == process_id, is_released))
