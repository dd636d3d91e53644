"""What happens beside the processes: notes, colleagues who join, a unit that is asked, a consent, a second notification.

Each does its part at its moment, if the case then is as it needs it; otherwise nothing happens.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from casework import clock
from casework.calendar import age_on, day_of
from casework.database import read
from casework.demo import long_ways
from casework.demo.chance import likely
from casework.demo.intake import notify
from casework.demo.notifiers import notifier_of
from casework.demo.standing import standing
from casework.model import SYSTEM, Case
from casework.model.case_facts import facts_at
from casework.operations.add_note import add_note
from casework.operations.add_team_member import add_team_member
from casework.operations.correct_fact import correct_fact
from casework.operations.give_consent import give_consent
from casework.operations.offer_handoff import offer_handoff
from casework.operations.receive_message import receive_message
from casework.operations.withdraw_consent import withdraw_consent

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random
    from uuid import UUID

    from casework.demo.walk import Walk
    from casework.model import Actor

#: How often, and between which working hours after the notification.
_CHANCES = {
    "note": (0.35, 20.0, 200.0),
    "second_notification": (0.10, 60.0, 500.0),
    "ask_ppr": (0.3, 40.0, 400.0),
    "team_member": (0.10, 30.0, 200.0),
    "change_of_mind": (0.05, 60.0, 200.0),
    "family_moves": (0.03, 150.0, 600.0),
    "complaint": (0.03, 200.0, 700.0),
    "protected_address": (0.02, 20.0, 100.0),
}
#: The same of children who are placed, and of the young; it happens only while it can.
_CHANCES_OF_LONG_WAYS = {
    "breakdown": (0.2, 900.0, 1600.0),
    "move_of_placement": (0.2, 900.0, 1600.0),
    "regret": (0.5, 3600.0, 6000.0),
}
_SCHOOL_AGE, _OF_AGE = 6, 18
_HALF_A_YEAR = timedelta(days=182)


def draw(rng: Random, track: str) -> list[tuple[float, str]]:
    """What happens beside one story: working hours after the notification, and which of `ASIDES`."""
    chances = {**_CHANCES, **_CHANCES_OF_LONG_WAYS} if track in long_ways.AGES else _CHANCES
    happens = [(rng.uniform(least, most), name) for name, (share, least, most) in chances.items() if likely(rng, share)]
    wants_all = track not in ("overgreb", "aere")
    return [one for one in happens if wants_all or one[1] in ("note", "second_notification")]


def note(walk: Walk) -> None:
    """The responsible caseworker writes something down."""
    if by := _responsible(walk):
        add_note(by, case_id=walk.case_id, text=walk.pen.say("note"))


def second_notification(walk: Walk) -> None:
    """Somebody else is worried about the same child: never merged with what runs."""
    story = walk.story
    if story.child.cpr and standing(walk.case_id).is_open:
        kind = story.rng.choice(story.concern.notifiers)
        notify(walk, notifier_of(story.rng, kind, story.child, story.district))


def ask_ppr(walk: Walk) -> None:
    """Educational psychology is asked to take a part over, with consent or because the law allows it."""
    by, story = _responsible(walk), walk.story
    if by is None or story.age < _SCHOOL_AGE:
        return
    consent = _consent(walk, by) if likely(story.rng, 0.6) else None
    offer_handoff(
        by,
        case_id=walk.case_id,
        to_unit_id=f"ppr_{story.district}",
        subject=walk.pen.say("subject"),
        purpose=walk.pen.say("purpose"),
        wanted_answer=walk.pen.say("wanted"),
        data_classes=["skole", "netvaerk"],
        consent_id=consent,
        legal_basis=None if consent else "fvl28",
        child_informed_on=day_of(clock.now()),
    )


def change_of_mind(walk: Walk) -> None:
    """A consent is given, and some days later withdrawn."""
    by = _responsible(walk)
    if by is None:
        return
    consent = _consent(walk, by)

    def withdraw() -> None:
        if reader := _responsible(walk):
            withdraw_consent(reader, consent_id=consent, reason=walk.pen.say("withdrawal"))

    walk.later(walk.after_hours(15, 60), withdraw)


def team_member(walk: Walk) -> None:
    """A colleague of the special team takes part."""
    if by := _responsible(walk):
        colleague = walk.someone_of("specialgruppen")
        if colleague.id:
            add_team_member(by, case_id=walk.case_id, employee_id=colleague.id, role="participant")


def family_moves(walk: Walk) -> None:
    """The register says that the family has moved."""
    if standing(walk.case_id).is_open:
        receive_message(SYSTEM, case_id=walk.case_id, name="Flytning", payload={})


def complaint(walk: Walk) -> None:
    """A complaint comes in, over the digital post."""
    receive_message(SYSTEM, case_id=walk.case_id, name="KlageModtaget", payload={"kanal": "digital"})


def protected_address(walk: Walk) -> None:
    """A fact of the case changes."""
    if by := _responsible(walk):
        correct_fact(by, case_id=walk.case_id, name="beskyttetAdresse", value=True, reason=walk.pen.say("protected"))


def breakdown(walk: Walk) -> None:
    """The place cannot keep the child."""
    if _facts(walk).get("erAnbragt"):
        receive_message(SYSTEM, case_id=walk.case_id, name="Sammenbrud", payload={})


def move_of_placement(walk: Walk) -> None:
    """Another place would be better."""
    if _facts(walk).get("erAnbragt"):
        receive_message(SYSTEM, case_id=walk.case_id, name="FlytningForeslaaet", payload={})


def regret(walk: Walk) -> None:
    """A young person who said no to support asks for it after all."""
    born = _facts(walk).get("foedselsdato")
    if born and age_on(born, day_of(clock.now())) >= _OF_AGE:
        receive_message(SYSTEM, case_id=walk.case_id, name="UngFortryder", payload={})


ASIDES: dict[str, Callable[[Walk], None]] = {
    "note": note,
    "second_notification": second_notification,
    "ask_ppr": ask_ppr,
    "team_member": team_member,
    "change_of_mind": change_of_mind,
    "family_moves": family_moves,
    "complaint": complaint,
    "protected_address": protected_address,
    "breakdown": breakdown,
    "move_of_placement": move_of_placement,
    "regret": regret,
}


def _facts(walk: Walk) -> dict[str, Any]:
    with read() as session:
        return facts_at(session.get_one(Case, walk.case_id).facts, clock.now())


def _responsible(walk: Walk) -> Actor | None:
    """Who answers for the case; None when it is closed or nobody does yet."""
    stands = standing(walk.case_id)
    if not stands.is_open or stands.responsible_employee_id is None:
        return None
    return walk.world.staff.by_id(stands.responsible_employee_id)


def _consent(walk: Walk, by: Actor) -> UUID:
    parent = walk.story.child.parents[0]
    return give_consent(
        by,
        case_id=walk.case_id,
        person_name=parent.name,
        data_classes=["skole", "netvaerk"],
        shared_with="Skole og PPR",
        purpose=walk.pen.say("consent"),
        valid_until=day_of(clock.now()) + _HALF_A_YEAR,
    )
