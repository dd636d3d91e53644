"""How a notification reaches the municipality: from a system of school or health visitors, or told to somebody."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from casework import clock
from casework.calendar import day_of
from casework.config import settings
from casework.demo.chance import likely
from casework.demo.office_hours import is_open
from casework.demo.people_in_forms import about_child, about_notifier
from casework.demo.tracks import ENQUIRIES
from casework.forms import Context, Form, parse
from casework.operations.receive_notification import receive_notification
from casework.scenarios.fill_in import fill_in

if TYPE_CHECKING:
    from uuid import UUID

    from casework.demo.story import Notifier
    from casework.demo.walk import Walk
    from casework.model import Actor

_FORM = "F01"
#: Notifiers whose own system writes to us, mostly.
_SYSTEMS = {"skole": "school", "dagtilbud": "school", "trivselsforum": "school", "sundhedsplejerske": "health"}
_WRITES = 0.6
_CHANNELS = {"politi": "politi", "anden_kommune": "digital", "laege": "digital"}
#: How long it takes to take down what is told.
_TELLING = timedelta(minutes=12)
#: Out of hours somebody of the intake has an ear open as often as this; else it is the duty's.
_STILL_THERE = 0.5


def notify(
    walk: Walk, notifier: Notifier | None = None, *, said: dict[str, Any] | None = None, told_to: Actor | None = None
) -> UUID:
    """Receive the story's notification now, or another one about the same child; gives the case's id.

    `said` are answers of form F01 in the notifier's own words; `told_to` takes them down.
    """
    received, who = clock.now(), notifier or walk.story.notifier
    system = None if told_to else _system(walk, who)
    sender = walk.world.systems[system] if system else told_to or _on_duty(walk)
    own_words = said or _enquiry(walk)
    answers = _answers(walk, who, sender, own_words, is_written=system is not None)
    if system is None:
        clock.move_to(min(received + _TELLING, walk.world.now))
    taken_in = receive_notification(sender, answers=answers, received_at=received, district=walk.story.district)
    walk.remember(taken_in.instance_id, f"{_FORM} begun", answers)
    return taken_in.case_id


def _enquiry(walk: Walk) -> dict[str, Any]:
    """Who asks for help says it in another voice than who is worried about a child."""
    if walk.story.track not in ENQUIRIES:
        return {}
    asked = walk.pen.wording.text(_FORM, "henvendelse")
    return {"bekymring": asked} if asked else {}


def _system(walk: Walk, notifier: Notifier) -> str | None:
    system = _SYSTEMS.get(notifier.kind)
    return system if system and likely(walk.story.rng, _WRITES) else None


def _on_duty(walk: Walk) -> Actor:
    is_there = is_open(clock.now()) or likely(walk.story.rng, _STILL_THERE)
    return walk.someone_of(f"modtagelse_{walk.story.district}" if is_there else "doegnvagt")


def _answers(
    walk: Walk, notifier: Notifier, sender: Actor, said: dict[str, Any], *, is_written: bool
) -> dict[str, Any]:
    now = clock.now()
    known = {
        "modtagetTid": now.isoformat(),
        "kendskabsDato": day_of(now).isoformat(),
        "kanal": "digital" if is_written else _CHANNELS.get(notifier.kind, "telefon"),
        **about_child(walk.story.child),
        **about_notifier(notifier),
        **said,
    }
    answers = fill_in(_form(), known, Context(now=now), walk.pen.writer(_FORM, sender, now))
    return {name: answer for name, answer in answers.items() if answer not in (None, "", [])}


@cache
def _form() -> Form:
    return parse((settings().forms / f"{_FORM}.form").read_bytes())
