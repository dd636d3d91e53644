"""Default deny: the one place that says which cases, tasks and hand-offs an actor may see, as SQL conditions.

A case is seen whole by its responsible unit (those who work in it, those who lead it or a unit above), and by its team. A unit
with an accepted hand-off sees the handed-over part: its own tasks, the hand-off, and nothing else of the case. A unit whose
inbox holds a task sees that task, and so does, while it is open, who stands in for the one that it was given to. Administrators
see numbers of cases with incidents, auditors journal and access log.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, false, or_, select, true, union
from sqlalchemy.orm import aliased

from casework.model.case import Case, TeamMember
from casework.model.deadline import Deadline
from casework.model.employee import Role
from casework.model.handoff import Handoff, HandoffState
from casework.model.user_task import ACTIVE, UserTask

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from casework.model.actor import Actor
    from casework.model.substitution import Cover

#: Conditions kept, each for one actor: a page asks for the same ones a dozen times, and making one costs more than reading by it.
KEPT = 512
#: The statement may itself be about these; what is asked of them must not follow its rows.
_OTHER_CASE, _OTHER_HANDOFF, _OTHER_MEMBER = aliased(Case), aliased(Handoff), aliased(TeamMember)


@lru_cache(maxsize=KEPT)
def sees_whole_case(actor: Actor) -> ColumnElement[bool]:
    """A condition on `Case`: the actor sees all of it."""
    if actor.sees_all_cases:
        return true()
    if not actor.all_units and actor.kind != "employee":
        return false()
    conditions: list[ColumnElement[bool]] = [Case.responsible_unit_id.in_(sorted(actor.all_units))]
    if actor.kind == "employee":
        conditions += [Case.responsible_employee_id == actor.id, Case.id.in_(_in_teams(actor))]
    return or_(*conditions)


@lru_cache(maxsize=KEPT)
def sees_part_of_case(actor: Actor) -> ColumnElement[bool]:
    """A condition on `Case`: the actor's unit has accepted something of it, so the handed-over part may be seen."""
    return Case.id.in_(_handed_over(actor))


@lru_cache(maxsize=KEPT)
def sees_case(actor: Actor) -> ColumnElement[bool]:
    """A condition on `Case`: whole or part. `is_listed` says the same of many."""
    whole = sees_whole_case(actor)
    return whole if actor.sees_all_cases else or_(whole, sees_part_of_case(actor))


@lru_cache(maxsize=KEPT)
def is_listed(actor: Actor) -> ColumnElement[bool]:
    """`sees_case`, said so that indexes find the cases: for lists, counts and searches, which show few of very many."""
    return true() if actor.sees_all_cases else Case.id.in_(union(*_whole(actor), _handed_over(actor)))


@lru_cache(maxsize=KEPT)
def sees_task(actor: Actor) -> ColumnElement[bool]:
    """A condition on `UserTask` joined with its `Case`: in the actor's inboxes, the actor's own, or of a case seen whole."""
    if actor.sees_all_cases:
        return true()
    own: list[ColumnElement[bool]] = [UserTask.unit_id.in_(sorted(actor.all_units))]
    if actor.kind == "employee":
        own.append(UserTask.assignee_id == actor.id)
    if actor.covers:
        own.append(and_(UserTask.state.in_(ACTIVE), is_covered(actor)))
    return or_(*own, sees_whole_case(actor))


def is_covered(actor: Actor) -> ColumnElement[bool]:
    """A condition on `UserTask`: it was given to a colleague for whom the actor stands in today."""
    covers = sorted(actor.covers, key=lambda cover: str(cover.absent_id))
    return or_(false(), *(_given_to(cover) for cover in covers))


def _given_to(cover: Cover) -> ColumnElement[bool]:
    given: ColumnElement[bool] = UserTask.assignee_id == cover.absent_id
    return and_(given, UserTask.unit_id.not_in(sorted(cover.closed_units))) if cover.closed_units else given


@lru_cache(maxsize=KEPT)
def sees_deadline(actor: Actor) -> ColumnElement[bool]:
    """A condition on `Deadline` joined with its `Case`: the actor's units answer for it, or the case is seen whole."""
    if actor.sees_all_cases:
        return true()
    return or_(Deadline.unit_id.in_(sorted(actor.all_units)), sees_whole_case(actor))


def is_listed_deadline(actor: Actor, *wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    """`sees_deadline` of those that are `wanted`, said so that indexes find them: for lists and counts."""
    if actor.sees_all_cases:
        return and_(*wanted)
    chosen = select(Deadline.id).where(*wanted).correlate(None)
    of_units = chosen.where(Deadline.unit_id.in_(sorted(actor.all_units)))
    return Deadline.id.in_(union(of_units, chosen.where(Deadline.case_id.in_(union(*_whole(actor))))))


@lru_cache(maxsize=KEPT)
def sees_handoff(actor: Actor) -> ColumnElement[bool]:
    """A condition on `Handoff` joined with its `Case`: sent by or to the actor's units, or of a case seen whole."""
    if actor.sees_all_cases:
        return true()
    units = sorted(actor.all_units)
    return or_(Handoff.to_unit_id.in_(units), Handoff.from_unit_id.in_(units), sees_whole_case(actor))


@lru_cache(maxsize=KEPT)
def sees_incident(actor: Actor) -> ColumnElement[bool]:
    """A condition on `Incident` joined with its `Case`: an administrator, or the case is seen whole."""
    return true() if Role.ADMINISTRATOR in actor.roles else sees_whole_case(actor)


@lru_cache(maxsize=KEPT)
def sees_journal(actor: Actor) -> ColumnElement[bool]:
    """A condition on `Case`: seen whole, or the actor audits."""
    return true() if Role.AUDITOR in actor.roles else sees_whole_case(actor)


def _whole(actor: Actor) -> tuple[Select[UUID], ...]:
    """The cases that the actor sees whole, found by one index each."""
    of_units = select(_OTHER_CASE.id).where(_OTHER_CASE.responsible_unit_id.in_(sorted(actor.all_units)))
    if actor.kind != "employee":
        return (of_units,)
    return of_units, select(_OTHER_CASE.id).where(_OTHER_CASE.responsible_employee_id == actor.id), _in_teams(actor)


def _in_teams(actor: Actor) -> Select[UUID]:
    return select(_OTHER_MEMBER.case_id).where(_OTHER_MEMBER.employee_id == actor.id, _OTHER_MEMBER.until.is_(None))


def _handed_over(actor: Actor) -> Select[UUID]:
    return select(_OTHER_HANDOFF.case_id).where(
        _OTHER_HANDOFF.to_unit_id.in_(sorted(actor.all_units)),
        _OTHER_HANDOFF.state.in_((HandoffState.ACCEPTED, HandoffState.COMPLETED)),
    )
