"""Moving running instances to another version of their process: looked at before, in batches, and back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.v1.endpoint import endpoint
from api.v1.shapes import Id, In, Out, Reason, Text
from casework.errors import InvalidError, NotFoundError
from casework.operations.moving_instances.start_instance_move import start_instance_move
from casework.operations.moving_instances.steer_move import (
    move_instances_back,
    resume_instance_move,
    stop_instance_move,
)
from casework.queries.moving_instances.move_page import move_page
from casework.queries.moving_instances.move_status import move_status

if TYPE_CHECKING:
    from casework.queries.load_actor import Actor

MOVE, WRITE = "/instance-moves/<uuid:move_id>", "processes:write"
Branches = Literal["stay", "begin", "skip"]
Part = Annotated[int, Field(ge=1, le=1_000)]
Version = Annotated[int, Field(ge=1, le=1_000_000)]
#: `process/element` of either version; an empty text for what has no counterpart.
Key = Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")]


class MoveAsked(In):
    """Between which versions."""

    from_version: Version | None = None
    """Without it the newest with running instances."""
    to_version: Version | None = None
    """Without it the released one."""
    branches: Branches = "stay"
    part: Part = 1
    """Of more than 5,000 instances each part has so many, the oldest first."""


class MoveIn(In):
    """What shall be moved, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "process_id": "intake_to_assessment",
                    "from_version": 7,
                    "to_version": 8,
                    "pairs": {"sub_screening/vurder": "sub_screening/screen"},
                    "reason": "Kvittering inden for 5 hverdage.",
                }
            ]
        }
    )

    process_id: Id
    from_version: Version
    to_version: Version
    pairs: Annotated[dict[Key, Key], Field(max_length=2_000)] = Field(default_factory=dict)
    """Instead of what `GET /processes/{process_id}/move` proposes: `process/element` of the old version to that of the new one,
    or to an empty text."""
    reason: Reason
    branches: Branches = "stay"
    """What becomes of branches that the new version adds beside where instances stand: `stay` leaves them on their version,
    `begin` begins the branches when they are moved, `skip` goes on without them."""
    groups: Annotated[list[Id], Field(max_length=2_000)] | None = None
    """Keys of groups of `GET /processes/{process_id}/move`; without them all of the part that can be moved."""
    part: Part = 1
    """The part that was looked at."""


class BackIn(In):
    """Why they are moved back."""

    reason: Reason


class PairOut(Out):
    """What an element of the old version becomes."""

    key: str
    """`process/element`"""
    name: Text
    kind: Text
    new: str
    """`process/element`, or empty."""
    how: str
    """`id`, `name`, `alike`, or empty where nothing is proposed."""
    count: int
    """Instances that have something standing there."""


class GroupOut(Out):
    """Instances that stand at the same elements and of which the same becomes."""

    key: str
    at: list[Text]
    count: int
    moves: bool
    reasons: list[Text]
    """Why they would stay."""


class MoveSeenOut(Out):
    """What would become of the running instances. Nothing is changed."""

    from_version: int
    to_version: int
    groups: list[GroupOut]
    pairs: list[PairOut]
    changes: list[Text]
    """Deadlines, timers and tasks of those that would be moved."""
    parts: int
    """How many parts there are."""


class MoveStartedOut(Out):
    """The batch."""

    move_id: UUID


class CountsOut(Out):
    """Instances of the batch."""

    waiting: int
    moved: int
    refused: int
    passed_over: int
    """They had ended, or were not on the version any more."""


class RefusalOut(Out):
    """Why some stayed."""

    reasons: list[Text]
    count: int


class MoveOut(Out):
    """How far a batch is."""

    move_id: UUID
    process_id: str
    from_version: int
    to_version: int
    state: str
    """`running`, `stopped` or `done`"""
    reason: str
    created_at: datetime
    created_by: str
    ended_at: datetime | None
    counts: CountsOut
    refusals: list[RefusalOut]


@endpoint("GET /processes/<process_id>/move", scope=WRITE, chosen=MoveAsked, gives=MoveSeenOut)
def look_at_move(who: Actor, process_id: str, chosen: MoveAsked) -> MoveSeenOut:
    """See what would become of running instances on another version."""
    page = move_page(
        who,
        process_id,
        old=chosen.from_version,
        new=chosen.to_version,
        branches=chosen.branches,
        part=chosen.part,
    )
    groups = [
        {"key": g.key, "at": list(g.at), "count": len(g.labels), "moves": g.moves, "reasons": list(g.outcome.reasons)}
        for g in page.groups
    ]
    return MoveSeenOut.model_validate(
        {
            "from_version": page.old.version,
            "to_version": page.new.version,
            "groups": groups,
            "pairs": [PairOut.model_validate(row) for row in page.rows],
            "parts": page.parts,
            "changes": [*page.changes.deadlines, *page.changes.timers, *page.changes.tasks],
        }
    )


@endpoint("POST /instance-moves", scope=WRITE, body=MoveIn, gives=MoveStartedOut, status=201)
def start_move(who: Actor, body: MoveIn) -> MoveStartedOut:
    """Have running instances moved. Each is moved by itself; `GET` the batch to see how far it is."""
    try:
        page = move_page(
            who,
            body.process_id,
            old=body.from_version,
            new=body.to_version,
            chosen=body.pairs,
            branches=body.branches,
            part=body.part,
        )
    except NotFoundError as error:
        raise InvalidError(error.message, {"process_id": [error.message]}) from error
    keys = [group.key for group in page.groups] if body.groups is None else body.groups
    move_id = start_instance_move(
        who,
        from_version_id=page.old.process_version_id,
        to_version_id=page.new.process_version_id,
        pairs=page.pairs,
        reason=body.reason,
        instance_ids=page.chosen(keys),
        branches=page.branches,
    )
    return MoveStartedOut(move_id=move_id)


@endpoint(f"GET {MOVE}", scope=WRITE, gives=MoveOut)
def read_move(who: Actor, move_id: UUID) -> MoveOut:
    """Read how far a batch is, and what stayed and why."""
    return MoveOut.model_validate(move_status(who, move_id))


@endpoint(f"POST {MOVE}/stop", scope=WRITE)
def stop_move(who: Actor, move_id: UUID) -> tuple[str, int]:
    """Stop a batch; what is moved stays moved."""
    stop_instance_move(who, move_id=move_id)
    return "", 204


@endpoint(f"POST {MOVE}/resume", scope=WRITE)
def resume_move(who: Actor, move_id: UUID) -> tuple[str, int]:
    """Let a stopped batch go on."""
    resume_instance_move(who, move_id=move_id)
    return "", 204


@endpoint(f"POST {MOVE}/back", scope=WRITE, body=BackIn, gives=MoveStartedOut, status=201)
def move_back(who: Actor, move_id: UUID, body: BackIn) -> MoveStartedOut:
    """Move what a batch has moved to where it came from: a batch of its own."""
    return MoveStartedOut(move_id=move_instances_back(who, move_id=move_id, reason=body.reason))
