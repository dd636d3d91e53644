"""What became of a notification: the case it came to and its registration. Only for who may see that case whole.

Who notifies learns nothing of it, not even whether there was a case before: `receive_notification` is answered at the door with a
reference and a time alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.database import read
from casework.errors import NotFoundError
from casework.i18n import message
from casework.model import ACTIVE, Artifact, Case, ProcessMessage, UserTask
from casework.model.enquiry import MESSAGES
from casework.model.visibility import sees_whole_case

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from casework.model import Actor

#: The form that registers it.
FORM = "F01"


@dataclass(frozen=True)
class NotificationTakenIn:
    """`instance_id` None: no process took it, and it is kept. `task_id` None: it is registered already, or kept."""

    reference: UUID
    case_id: UUID
    number: str
    instance_id: UUID | None
    task_id: UUID | None


def notification_taken_in(actor: Actor, reference: UUID) -> NotificationTakenIn:
    """Give it. NotFoundError for an unknown reference and for one of a case that the actor does not see whole."""
    with read() as session:
        row = session.execute(
            select(ProcessMessage.instance_id, Case.id, Case.number)
            .join(Case, Case.id == ProcessMessage.case_id)
            .where(ProcessMessage.id == reference, ProcessMessage.name.in_(sorted(MESSAGES)), sees_whole_case(actor))
        ).first()
        if row is None:
            raise NotFoundError(message("There is nothing here that you may see."))
        task_id = _registration(session, row.instance_id)
    return NotificationTakenIn(reference, row.id, row.number, row.instance_id, task_id)


def _registration(session: Session, instance_id: UUID | None) -> UUID | None:
    if instance_id is None:
        return None
    here = UserTask.instance_id == instance_id, UserTask.state.in_(ACTIVE)
    tasks = select(UserTask.id).join(Artifact, Artifact.id == UserTask.form_id).where(*here, Artifact.key == FORM)
    return session.scalars(tasks.order_by(UserTask.id).limit(1)).first()
