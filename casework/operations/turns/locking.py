"""Locks a case, and with it what a turn begins at. Whoever changes anything of a case holds this lock first.

All rows are locked in the one statement that reads them: a row that is only joined would, after waiting for the lock, be seen
as it was before. On SQLite the transaction itself is the lock.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import undefer

from casework.errors import ConflictError, NotFoundError
from casework.i18n import message
from casework.model import Case, MessageState, ProcessInstance, ProcessMessage, UserTask
from casework.model.visibility import sees_task, sees_whole_case
from casework.model.words import state_words
from casework.operations.turns.turn import Turn

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from casework.model import Actor


def lock_case(session: Session, case_id: UUID, *conditions: ColumnElement[bool]) -> Case:
    """The case, locked. NotFoundError when there is none, or none that fulfils the conditions of `casework.model.visibility`."""
    found: Case | None = session.scalars(locked(select(Case).where(Case.id == case_id, *conditions), Case)).first()
    if found is None:
        raise not_found()
    return found


def lock_task(session: Session, actor: Actor, task_id: UUID, at: datetime) -> tuple[Turn, ProcessInstance, UserTask]:
    """A turn that begins at a user task which the actor may see (else NotFoundError), with its instance."""
    found = session.execute(_task_with_instance(actor), {"task_id": task_id}).first()
    if found is None:
        raise not_found()
    case, instance, task = found
    return turn_of(session, case, instance, actor, at), instance, task


@lru_cache(maxsize=512)
def _task_with_instance(actor: Actor) -> Any:
    """The statement for one actor, whose rights are all in it: building it takes longer than running it."""
    query = with_instance(select(Case, ProcessInstance, UserTask))
    query = query.join(UserTask, UserTask.instance_id == ProcessInstance.id)
    return locked(query.where(UserTask.id == bindparam("task_id"), sees_task(actor)), Case, ProcessInstance, UserTask)


def lock_task_alone(session: Session, actor: Actor, task_id: UUID) -> tuple[Case, UserTask]:
    """A user task that the actor may see (else NotFoundError), for changes that its process does not feel."""
    query: Any = select(Case, UserTask).join(UserTask, UserTask.case_id == Case.id).where(UserTask.id == task_id)
    found = session.execute(locked(query.where(sees_task(actor)), Case, UserTask)).first()
    if found is None:
        raise not_found()
    case, task = found
    return case, task


def lock_message(session: Session, actor: Actor, message_id: UUID) -> tuple[Case, ProcessMessage]:
    """A kept message of a case that the actor sees whole (else NotFoundError); ConflictError when it is kept no more."""
    query: Any = select(Case, ProcessMessage).join(ProcessMessage, ProcessMessage.case_id == Case.id)
    query = query.where(ProcessMessage.id == message_id, sees_whole_case(actor))
    found = session.execute(locked(query, Case, ProcessMessage)).first()
    if found is None:
        raise not_found()
    case, kept = found
    if kept.state is not MessageState.KEPT:
        raise ConflictError(message("The message is already {state}.", state=state_words(kept.state)))
    return case, kept


def turn_of(session: Session, case: Case, instance: ProcessInstance | None, actor: Actor, at: datetime) -> Turn:
    """A turn on a locked case, beginning at an instance or at none."""
    turn = Turn(session, case, actor, at)
    if instance is not None:
        turn.instances[instance.id] = instance
    return turn


def lock_instance(
    session: Session, instance_id: UUID, *conditions: ColumnElement[bool]
) -> tuple[Case, ProcessInstance]:
    """Lock an instance with its case; NotFoundError where the conditions do not hold."""
    query: Any = with_instance(select(Case, ProcessInstance)).where(ProcessInstance.id == instance_id, *conditions)
    found = session.execute(locked(query, Case, ProcessInstance)).first()
    if found is None:
        raise not_found()
    return found[0], found[1]


def with_instance(query: Any) -> Select[Any]:
    """From a case to its instances, with all that a step needs of them."""
    joined: Select[Any] = (
        query.select_from(Case)
        .join(ProcessInstance, ProcessInstance.case_id == Case.id)
        .options(undefer(ProcessInstance.engine_state), undefer(ProcessInstance.variables))
    )
    return joined


def locked(query: Any, *tables: Any, skip: bool = False) -> Any:
    """Lock the rows of `tables`, the case first; `skip` gives nothing instead of waiting for somebody else.

    NO KEY UPDATE lets others refer to the rows meanwhile.
    """
    return query.with_for_update(of=tables, key_share=True, skip_locked=skip).execution_options(populate_existing=True)


def not_found() -> NotFoundError:
    """One sentence for what does not exist and what may not be seen."""
    return NotFoundError(message("There is nothing here that you may see."))
