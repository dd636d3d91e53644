"""A wrong answer is put right: a new version of a handed-in form, and the process goes on from what it should have been.

Nothing is erased: the first version stays, the new one says which it corrects, by whom and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import clock, forms, sealed_answers, values
from casework.database import transaction
from casework.errors import ConflictError, ForbiddenError, InvalidError
from casework.i18n import message
from casework.model import InstanceState, Submission, UserTaskState
from casework.model.correcting import may_correct
from casework.operations.file_attachments import require_attached
from casework.operations.moving_handoffs import Move
from casework.operations.packages.moved_stays import move_stays
from casework.operations.record_persons import record_persons
from casework.operations.turns.facts import take_facts
from casework.operations.turns.locking import lock_task
from casework.operations.turns.setting import path_of, set_instance, unanswered, where
from casework.operations.turns.settle import settle
from casework.operations.turns.submissions import keep_submission
from casework.operations.withdraw_handoff import take_back
from casework.released import form_of

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor, Case, ProcessInstance, UserTask
    from casework.operations.turns.turn import Turn

LONGEST_REASON = 2000


class GoesOn(StrEnum):
    """What becomes of the process."""

    STAYS = "stays"  #: It stays where it is; only what it knows is corrected.
    AFTER = "after"  #: It goes on behind the corrected task, with the corrected answers.
    AGAIN = "again"  #: The task is to be done again.


@dataclass(frozen=True)
class Corrected:
    """`next_task_ids`: tasks of the case that stand because of it."""

    submission_id: UUID
    case_id: UUID
    instance_id: UUID
    next_task_ids: tuple[UUID, ...]


def correct_answers(
    actor: Actor,
    *,
    task_id: UUID,
    answers: dict[str, Any],
    reason: str,
    goes_on: GoesOn = GoesOn.STAYS,
    corrects: UUID | None = None,
) -> Corrected:
    """Put right what was handed in with a completed task. Leaders of the responsible unit, process owners, administrators.

    `answers` are all of the form's, typed as in `complete_user_task`; a masked CPR number that comes back unchanged stands for
    the one that is known. `corrects`: the version that the actor has looked at.
    Refuses: what the actor does not see (NotFoundError), who may not (ForbiddenError), tasks that are not completed, versions
    that somebody has corrected already (ConflictError), wrong answers, no reason, and elements to which the process cannot be
    set (InvalidError). Afterwards variables, facts and the clocks that start from them are those of the new answers; what was
    left is withdrawn, with offers of hand-offs that nobody has accepted.
    """
    said = _reason(reason)
    at = clock.now()
    with transaction() as session:
        turn, instance, task = lock_task(session, actor, task_id, at)
        _require_may_correct(actor, turn.case)
        turn.reason = said  # stands with every date that moves along
        before = _corrected_version(turn, task, corrects)
        form = form_of(session, task.form_id) if task.form_id else None
        if form is None:
            raise ConflictError(message("The task has no form."))
        known = sealed_answers.unseal(before.answers)
        settled = _settled(turn, instance, task, form, sealed_answers.restore(form, answers, known))
        require_attached(session, task, form, settled)
        results, facts = forms.results(form, settled)
        _take(turn, instance, results, record_persons(session, turn.case, facts, actor, at, instance_id=instance.id))
        stood = _go_on(turn, instance, task, results, goes_on)
        sealed = sealed_answers.seal(form, settled)
        submission_id = keep_submission(turn, task, sealed, corrects_id=before.id, correction_reason=said)
        changed = _changed(known, settled)
        details = {"task": task.name, "element": task.element_id, "form": form.id, "fields": changed}
        turn.record("answers_corrected", instance, **details, stood=stood, goes_on=goes_on.value, reason=said)
        settle(turn)
        take_offers_back(turn, instance, said)
        turn.case.version += 1
        return Corrected(submission_id, turn.case.id, instance.id, turn.task_ids())


def _require_may_correct(actor: Actor, case: Case) -> None:
    if not may_correct(actor, case.responsible_unit_id):
        raise ForbiddenError(
            message("Only a leader of the responsible unit, a process owner or an administrator can put answers right.")
        )


def _reason(reason: str) -> str:
    said = " ".join(reason.split())
    if not said:
        raise InvalidError(message("Say why."), {"reason": [message("Say why.")]})
    if len(said) > LONGEST_REASON:
        long = message("Write at most {limit} characters.", limit=LONGEST_REASON)
        raise InvalidError(long, {"reason": [long]})
    return said


def _corrected_version(turn: Turn, task: UserTask, corrects: UUID | None) -> Submission:
    """The newest version of what was handed in with the task."""
    if task.state is not UserTaskState.COMPLETED:
        raise ConflictError(
            message("Only what has been handed in can be put right."), changed={"state": task.state.value}
        )
    versions = select(Submission).where(Submission.user_task_id == task.id).order_by(Submission.id.desc())
    newest = turn.session.scalars(versions).first()
    if newest is None:
        raise ConflictError(message("The task has no form."))
    if corrects is not None and newest.id != corrects:
        changed = {"submission_id": str(newest.id), "by": newest.submitted_by}
        raise ConflictError(
            message("Somebody has put this right already. Look at the new version first."), changed=changed
        )
    return newest


def _settled(
    turn: Turn, instance: ProcessInstance, task: UserTask, form: forms.Form, answers: dict[str, Any]
) -> dict[str, Any]:
    variables = {**instance.variables, **values.from_json(task.items)}
    settled = forms.settle(form, answers, forms.Context(now=turn.at, facts=turn.facts, variables=variables))
    if settled.errors:
        raise InvalidError(message("Some answers are missing or wrong."), settled.errors)
    return settled.answers


def _take(turn: Turn, instance: ProcessInstance, results: dict[str, Any], facts: dict[str, Any]) -> None:
    """What the case knows, and where the child lived by it."""
    known = {**instance.variables, **turn.case.facts}
    take_facts(turn, facts)
    move_stays(turn, known, {**known, **results, **facts})


def _go_on(
    turn: Turn, instance: ProcessInstance, task: UserTask, results: dict[str, Any], goes_on: GoesOn
) -> list[str]:
    """Give where it stood."""
    if goes_on is GoesOn.STAYS:
        stood = where(turn, instance) if instance.state is InstanceState.RUNNING else []
        before = instance.variables
        changed = {name for name, value in results.items() if before.get(name) != value}
        instance.variables = {**before, **results}
        instance.version += 1
        turn.changed_variables[instance.id] |= changed
        return stood
    at = path_of(turn, instance, task.process_id, task.element_id)
    return set_instance(turn, instance, at, after=goes_on is GoesOn.AFTER, results=results)


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The fields whose answers differ; the answers themselves stay in the two versions."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def take_offers_back(turn: Turn, instance: ProcessInstance, reason: str) -> None:
    """Those of the instance for whose answer it no longer waits; after the turn was written."""
    for handoff in unanswered(turn, instance):
        take_back(Move(turn.session, turn.case, handoff, turn.actor, turn.at), reason)
