"""Emil, 12 years, in foster care with a protected address: two notifications long ago, and one from yesterday that waits today.

The README and the mock-ups tell of him. His CPR number fails modulus 11, as all numbers of the demonstration do.
"""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from casework import clock
from casework.calendar import add_working_days, day_of
from casework.config import TIME_ZONE
from casework.demo.children import Child, Parent
from casework.demo.concerns import read_concern
from casework.demo.intake import notify
from casework.demo.long_ways import placement
from casework.demo.office_hours import is_open
from casework.demo.standing import form_of_task, standing
from casework.demo.story import Notifier, Story
from casework.demo.tracks import steering
from casework.operations.add_note import add_note
from casework.operations.add_team_member import add_team_member
from casework.operations.claim_user_task import claim_user_task
from casework.operations.give_consent import give_consent
from casework.operations.offer_handoff import offer_handoff
from casework.operations.save_draft import save_draft

if TYPE_CHECKING:
    from uuid import UUID

    from casework.demo.walk import Walk

_FILE = Path(__file__).parent / "emil.toml"
_BORN, _CPR = date(2014, 3, 14), "1403144567"
#: Days before today: the first notification, the second, the consent, the talk.
_CLUB, _SCHOOL, _CONSENT, _TALK = 752, 624, 22, 6
#: The last one came so many hours ago, the first of these at which a teacher may write; best while the office was open.
_HOURS = (19.6, 18.5, 20.5, 17.5, 21.5, 16.5, 22.0, 15.5, 14.5)
_FROM, _TO = time(7, 15), time(21, 30)
_REGISTERED, _TAKEN, _WRITTEN = timedelta(minutes=25), timedelta(minutes=33), timedelta(minutes=2)
_NEVER = 10_000.0
_MAY_SEE_SCHOOL = ["skole", "netvaerk"]


def story(now: datetime) -> Story:
    """Who Emil is, and how his case goes until the foster family; the rest is set going by `begin`."""
    rng, concern = Random("Emil"), read_concern(_FILE)
    return Story(
        number=0,
        rng=rng,
        district="nord",
        received=_on_the_day(now, _CLUB, time(13, 10)),
        child=_emil(),
        concern=concern,
        notifier=_notifier("club", "dagtilbud", "havnen@kommune.example"),
        track="raad",
        steering=steering(rng, "raad", concern, 10) | {"F05.spor": "B", "F31r.raadResultat": "daekket"},
        people={"modtagelse_nord": "simon", "familiegruppe_nord": "lars", "ppr_nord": "peter"},
        pace=0.8,
    )


def begin(walk: Walk) -> UUID:
    """The club writes; the school writes four months later; then what happened lately, up to today."""
    now = walk.world.now
    case_id = notify(walk, said=_said("club"))
    walk.later(_on_the_day(now, _SCHOOL, time(9, 40)), partial(_school_writes, walk))
    walk.later(_on_the_day(now, _CONSENT, time(14, 5)), partial(_parents_consent, walk))
    walk.later(_on_the_day(now, _TALK, time(15, 10)), partial(_lars_talks, walk))
    asked_on = add_working_days(day_of(now), -2)
    walk.later(_local(asked_on, time(10, 12)), partial(_ppr_is_asked, walk))
    received = _yesterday(now)
    walk.later(received, partial(_school_writes_again, walk))
    walk.later(max(received + 2 * _REGISTERED, now - _TAKEN), partial(_mette_takes_it, walk))
    walk.later(max(received + 3 * _REGISTERED, now - _WRITTEN), partial(_mette_writes, walk))
    return case_id


def _school_writes(walk: Walk) -> None:
    """This time the assessment ends with a foster family."""
    further = steering(walk.story.rng, "undersoegelse", walk.story.concern, 11)
    placed = placement(walk.story.rng, without_consent=False)
    walk.story.steering |= {**further, **placed, "F11g.godkendt": True, "F20.opfoelgningUdfald": "fortsaet"}
    notify(walk, _notifier("school", "skole", "ditte@kommune.example"), said=_said("school"))


def _parents_consent(walk: Walk) -> None:
    lars = walk.world.staff.named("lars")
    for parent in walk.story.child.parents:
        give_consent(
            lars,
            case_id=walk.case_id,
            person_name=parent.name,
            data_classes=_MAY_SEE_SCHOOL,
            shared_with="Skole og PPR",
            purpose=_told()["handoff"]["consent"],
            valid_until=day_of(clock.now()) + timedelta(days=181),
        )


def _lars_talks(walk: Walk) -> None:
    add_note(walk.world.staff.named("lars"), case_id=walk.case_id, text=_told()["handoff"]["note"])


def _ppr_is_asked(walk: Walk) -> None:
    """Peter has not answered yet."""
    told = _told()["handoff"]
    walk.hushed.add(
        offer_handoff(
            walk.world.staff.named("lars"),
            case_id=walk.case_id,
            to_unit_id="ppr_nord",
            subject=told["subject"],
            purpose=told["purpose"],
            wanted_answer=told["wanted"],
            data_classes=_MAY_SEE_SCHOOL,
            legal_basis="fvl28",
            child_informed_on=day_of(clock.now()),
        )
    )


def _school_writes_again(walk: Walk) -> None:
    """Nadia takes it down and registers it; the assessment waits for Mette, who has never been on the case."""
    walk.story.people |= {"F01": "nadia", "F02": "mette", "F03": "mette"}
    walk.story.moments["F01"] = clock.now() + _REGISTERED
    walk.story.delays |= {"F02": _NEVER, "F03": _NEVER}
    ditte = _notifier("yesterday", "skole", "ditte@kommune.example")
    notify(walk, ditte, said=_said("yesterday"), told_to=walk.world.staff.named("nadia"))


def _mette_takes_it(walk: Walk) -> None:
    """Karin lets her look at the case: whoever assesses anew must know what was notified before."""
    mette, karin = walk.world.staff.named("mette"), walk.world.staff.named("karin")
    if mette.id:
        add_team_member(karin, case_id=walk.case_id, employee_id=mette.id, role="reassessor")
    for task in _assessments(walk):
        claim_user_task(mette, task_id=task.id)


def _mette_writes(walk: Walk) -> None:
    for task in _assessments(walk):
        begun = {**_told()["draft"], "sikkerhedsSkala": 5, "akutBehov": False}
        save_draft(walk.world.staff.named("mette"), task_id=task.id, answers=begun, draft_version=0)


def _assessments(walk: Walk) -> list[Any]:
    return [task for task in standing(walk.case_id).tasks if form_of_task(task) == "F02"]


def _yesterday(now: datetime) -> datetime:
    """Under 24 hours ago, so that it is due today or tonight."""
    moments = [now - timedelta(hours=hours) for hours in _HOURS]
    by_day = [at for at in moments if _FROM <= at.astimezone(TIME_ZONE).time() <= _TO]
    return next(filter(is_open, by_day), by_day[0] if by_day else moments[0])


def _on_the_day(now: datetime, days: int, at: time) -> datetime:
    """At that time of a working day, about `days` ago."""
    return _local(add_working_days(day_of(now) - timedelta(days=days), 1), at)


def _local(day: date, at: time) -> datetime:
    return datetime.combine(day, at, TIME_ZONE).astimezone(UTC)


def _emil() -> Child:
    told = _told()["child"]
    mother = Parent(told["mother"], "mor", has_custody=True, contact="99 99 14 03")
    father = Parent(told["father"], "far", has_custody=True, contact="99 99 20 14", may_know_address=False)
    return Child(
        name=told["name"],
        is_girl=False,
        birth_date=_BORN,
        cpr=_CPR,
        has_protected_address=True,
        parents=(mother, father),
    )


def _notifier(key: str, kind: str, contact: str) -> Notifier:
    return Notifier(kind, _told()[key]["name"], contact, is_professional=True)


def _said(key: str) -> dict[str, Any]:
    told = _told()[key]
    words = {name: told[name] for name in ("bekymring", "barnetsOrd")}
    return {**words, "tegn": ["ingen"], "erUnderretning": True, "foraeldreInformeret": "nej"}


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
