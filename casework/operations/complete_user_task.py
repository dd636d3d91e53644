"""A person hands in the form of a user task, and the process goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework import clock, engine, forms, sealed_answers, values
from casework.database import transaction
from casework.errors import InvalidError
from casework.form_choices import form_choices
from casework.i18n import message
from casework.model import DeadlineClass
from casework.operations import journal
from casework.operations.counting_consent import require_consent
from casework.operations.file_attachments import file_attachments, require_attached
from casework.operations.record_persons import record_persons
from casework.operations.record_team import record_team
from casework.operations.turns.apply_step import note_completion
from casework.operations.turns.facts import take_facts
from casework.operations.turns.locking import lock_task
from casework.operations.turns.moves import happen
from casework.operations.turns.rights import (
    require_not_taken,
    require_separation,
    require_standing,
    require_unit,
)
from casework.operations.turns.settle import settle
from casework.operations.turns.submissions import keep_submission
from casework.released import form_of

if TYPE_CHECKING:
    from uuid import UUID

    from casework.model import Actor, ProcessInstance, UserTask
    from casework.operations.turns.turn import Turn

#: Where the reason for lateness stands in a form, and in the errors of one.
LATE_REASON = "forsinkelsesaarsag"
LONGEST_REASON = 2000
#: Reminders to ourselves ask for no excuse.
ASKS_FOR_REASON = frozenset({DeadlineClass.LOV, DeadlineClass.LOKAL})


@dataclass(frozen=True)
class Completed:
    """`next_task_ids`: tasks of the case that stand because of it. `incident_id`: the process could not go on yet."""

    submission_id: UUID | None
    next_task_ids: tuple[UUID, ...]
    case_id: UUID
    instance_id: UUID
    incident_id: UUID | None


def complete_user_task(
    actor: Actor,
    *,
    task_id: UUID,
    answers: dict[str, Any],
    version: int | None = None,
    late_reason: str | None = None,
) -> Completed:
    """Hand in `answers` (typed, as `casework.forms.clean` gives them) for a task that the actor may work on.

    Refuses: what the actor does not see (NotFoundError), somebody else's task (ForbiddenError), one that is over or has
    changed since `version` (ConflictError), wrong answers, and lateness without a reason (InvalidError.fields). Afterwards the
    task is completed, whatever becomes of the process: if that is stuck, the submission stands and an incident is open.
    """
    at = clock.now()
    with transaction() as session:
        turn, instance, task = lock_task(session, actor, task_id, at)
        require_unit(actor, task)
        require_standing(task, version)
        require_not_taken(actor, task)
        require_separation(session, turn.case, task, actor.id)
        reason = _late_reason(turn, task, late_reason)
        submission_id, results = _hand_in(turn, instance, task, answers, reason)
        _complete(turn, instance, task, reason)
        happen(turn, instance, engine.Complete(task.engine_task_id, results))
        settle(turn)
        incident_id = turn.incident_ids[0] if turn.incident_ids else None
        return Completed(submission_id, turn.task_ids(), turn.case.id, instance.id, incident_id)


def _late_reason(turn: Turn, task: UserTask, reason: str | None) -> str | None:
    """None unless it is late; a duty that the law or the municipality has set is not broken without a word."""
    if task.due_at is None or turn.at <= task.due_at or task.due_class not in ASKS_FOR_REASON:
        return None
    said = " ".join((reason or "").split())
    if not said:
        wanted = message("The deadline has passed. Say why it is late.")
        raise InvalidError(wanted, {LATE_REASON: [wanted]})
    if len(said) > LONGEST_REASON:
        long = message("Write at most {limit} characters.", limit=LONGEST_REASON)
        raise InvalidError(long, {LATE_REASON: [long]})
    return said


def _hand_in(
    turn: Turn, instance: ProcessInstance, task: UserTask, answers: dict[str, Any], reason: str | None
) -> tuple[UUID | None, dict[str, Any]]:
    """Keep the answers, and what they tell of the case; gives what they tell the process."""
    if task.form_id is None:
        if answers:
            raise InvalidError(message("The task has no form."))
        return None, {}
    form = form_of(turn.session, task.form_id)
    variables = {**instance.variables, **values.from_json(task.items)}
    choices = form_choices(turn.session, form)
    context = forms.Context(now=turn.at, facts=turn.facts, variables=variables, choices=choices)
    settled = forms.settle(form, answers, context)
    if settled.errors:
        raise InvalidError(message("Some answers are missing or wrong."), settled.errors)
    attached = require_attached(turn.session, task, form, settled.answers)
    require_consent(turn.session, turn.case, form, settled.answers, turn.at)
    results, facts = forms.results(form, settled.answers)
    facts = record_team(turn.session, turn.case, facts, turn.actor, turn.at)
    take_facts(turn, record_persons(turn.session, turn.case, facts, turn.actor, turn.at, instance_id=instance.id))
    submission_id = keep_submission(turn, task, sealed_answers.seal(form, settled.answers), late_reason=reason)
    file_attachments(turn.session, task, form, attached, submission_id)
    return submission_id, results


def _complete(turn: Turn, instance: ProcessInstance, task: UserTask, reason: str | None) -> None:
    """The person's part is done now, and so is what was to be done by then, even if the process gets stuck after it."""
    task.complete(turn.actor.name, turn.at)
    task.draft, task.draft_marks = {}, {}
    if reason:  # also where the deadline itself ends later, with a letter that goes out after this
        turn.endings[instance.id].late_reason = reason
        turn.late_reasons[task.deadline_id] = reason
    note_completion(turn, instance, task)
    cover = turn.actor.cover_of(task.assignee_id, task.unit_id)
    late = {"late_reason": reason} if reason else {}
    substitute = {"substitute_for": cover.name} if cover else {}
    journal.record(
        turn.session,
        turn.case,
        "user_task_completed",
        turn.actor,
        turn.at,
        instance_id=instance.id,
        user_task_id=task.id,
        task=task.name,
        element=task.element_id,
        due_at=task.due_at.isoformat() if task.due_at else None,
        **late,
        **substitute,
    )
