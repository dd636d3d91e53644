"""Putting right: answers that were handed in wrong, and processes that stand where they should not. Nothing is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.v1.endpoint import endpoint
from api.v1.free_json import Answers
from api.v1.shapes import In, Out, Reason
from casework.operations.cancel_instance import cancel_instance
from casework.operations.correct_answers import GoesOn, correct_answers
from casework.operations.set_instance_element import set_instance_element

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor

#: An element's id.
Place = Annotated[str, Field(min_length=1, max_length=200)]


class CorrectionIn(In):
    """All answers of the form as they should have been, and why."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"answers": {"tegn": ["ingen"]}, "reason": "Sat ved den forkerte rubrik."}]}
    )

    answers: Answers
    """As in a completion. A masked CPR number that comes back unchanged stands for the one that is known."""
    reason: Reason
    goes_on: Literal["stays", "after", "again"] = "stays"
    """Whether the process stays where it is, goes back and on after the task, or does the task again."""
    corrects: UUID | None = None
    """The version that was looked at: a conflict (409) when somebody has put that right already."""


class CorrectionOut(Out):
    """The new version, and what the case asks next."""

    submission_id: UUID
    case_id: UUID
    instance_id: UUID
    next_task_ids: list[UUID]


class PlaceIn(In):
    """Where the process shall stand, and why."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"at": ["screening", "screen"], "reason": "Screenet på forkert grundlag."}]}
    )

    at: Annotated[list[Place], Field(min_length=1, max_length=20)]
    """Ids of the activities around, outermost first, and of the element itself."""
    after: bool = False
    """Not at the element, but at what follows it."""
    reason: Reason


class PlaceOut(Out):
    """What the case asks next."""

    case_id: UUID
    instance_id: UUID
    next_task_ids: list[UUID]


@endpoint(
    "POST /tasks/<uuid:task_id>/correction", scope="tasks:write", body=CorrectionIn, gives=CorrectionOut, status=201
)
def correct_task(who: Actor, task_id: UUID, body: CorrectionIn) -> CorrectionOut:
    """Put right what was handed in with a completed task: for who leads the responsible unit.

    The first version stays. Variables, facts and the deadlines that start from them are those of the new answers.
    """
    given = body.model_dump() | {"goes_on": GoesOn(body.goes_on)}
    return CorrectionOut.model_validate(correct_answers(who, task_id=task_id, **given))


@endpoint(
    "POST /instances/<uuid:instance_id>/element", scope="instances:write", body=PlaceIn, gives=PlaceOut, status=201
)
def set_element(who: Actor, instance_id: UUID, body: PlaceIn) -> PlaceOut:
    """Set a running process to another element: for who leads the responsible unit.

    Refused by name (422) where the tokens of the process could never stand so.
    """
    return PlaceOut.model_validate(set_instance_element(who, instance_id=instance_id, **body.model_dump()))


class CancellationIn(In):
    """Why it is stopped."""

    reason: Reason


@endpoint("POST /instances/<uuid:instance_id>/cancellation", scope="instances:write", body=CancellationIn)
def cancel(who: Actor, instance_id: UUID, body: CancellationIn) -> tuple[str, int]:
    """Stop a running process for good: its tasks fall away and its deadlines are withdrawn. For leaders and administrators."""
    cancel_instance(who, instance_id=instance_id, reason=body.reason)
    return "", 204
